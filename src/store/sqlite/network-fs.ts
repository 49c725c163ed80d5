/** Detects network file systems, where SQLite's locks and shared memory do not work. */

const networks: ReadonlyMap<number, string> = new Map([
  [0x6969, "NFS"],
  [0x517b, "SMB"],
  [0xff534d42, "CIFS"],
  [0xfe534d42, "SMB2"],
  [0x01021997, "9p"],
  [0x00c36400, "Ceph"],
  [0x5346414f, "AFS"],
  [0x6b414653, "AFS"],
  [0x73757245, "Coda"],
  [0x0bd00bd0, "Lustre"],
  [0x47504653, "GPFS"],
  [0x19830326, "BeeGFS"],
]);

/**
 * The name of the network file system with this `type` of Linux's statfs; undefined for a local one.
 *
 * FUSE counts as local, as most FUSE mounts are. Sources of the numbers: `linux/magic.h`, and the file systems that it leaves out.
 */
export function networkFileSystem(type: number): string | undefined {
  return networks.get(type >>> 0);
}
