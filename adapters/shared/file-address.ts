/** The allow-list of addresses for files that users send. */

import { BlockList, isIPv6 } from "node:net";

/** The hosts that serve a platform's files. */
export type FileHosts = {
  /** Host names in lower case. Only https on its default port is allowed. */
  readonly hosts: readonly string[];
  /** The API's address if the operator set one. Its scheme, host and port are allowed as given, including http and localhost. */
  readonly apiUrl: string | undefined;
};

/** The allow-list of a platform. */
export type AllowList = {
  /** Parses `text`, as a redirect of `from` if given; undefined if the address is not allowed. */
  find(text: string, from?: URL): URL | undefined;
  /** Whether the address is at the operator's own API and not at a host of the platform. */
  isOwn(address: URL): boolean;
};

/** In characters. The longest address of either platform has about 500. */
const longestAddress = 4096;

/** Creates the allow-list of a platform. */
export function createAllowList({ hosts, apiUrl }: FileHosts): AllowList {
  const own = apiUrl === undefined ? undefined : URL.parse(apiUrl)?.origin;
  const origins = new Set([...hosts.map((host) => `https://${host}`), ...(own === undefined ? [] : [own])]);
  return {
    find(text, from) {
      // The URL parser drops tabs and line ends, and reads a backslash as a slash.
      if (text.length > longestAddress || /[\0-\u0020\u007F\\]/u.test(text)) return undefined;
      const whole = from ? resolve(text, from) : text;
      const origin = writtenOrigin(whole);
      const address = URL.parse(whole);
      // The written origin must equal the parsed one: no user info, no other spelling of a host.
      return origin !== undefined && origins.has(origin) && address?.origin === origin ? address : undefined;
    },
    isOwn: ({ origin }) => origin === own,
  };
}

/** Resolves a redirect, which may be a path or lack the scheme. */
function resolve(text: string, from: URL): string {
  if (/^[a-z][a-z\d+.-]*:/iu.test(text)) return text;
  return text.startsWith("//") ? from.protocol + text : (URL.parse(text, from)?.href ?? "");
}

/** The scheme and authority as written, without the default port. */
function writtenOrigin(text: string): string | undefined {
  const written = /^https?:\/\/[^/?#]+/iu.exec(text)?.[0].toLowerCase();
  return written?.replace(/^(https:.*):443$|^(http:.*):80$/u, "$1$2");
}

/** Private ranges. `BlockList` also matches IPv4 addresses written as IPv6. */
const notPublic = createBlockList(
  ["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"],
  ["192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ["::/96", "64:ff9b:1::/48", "100::/64", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8"],
);

function createBlockList(...ranges: readonly (readonly string[])[]): BlockList {
  const list = new BlockList();
  for (const range of ranges.flat()) {
    const [net = "", prefix] = range.split("/");
    list.addSubnet(net, Number(prefix), isIPv6(net) ? "ipv6" : "ipv4");
  }
  return list;
}

/** Whether an IP address is in a private or special range, which serves no platform's files (IANA's special-purpose registries). */
export function isPrivate(address: string): boolean {
  return notPublic.check(address, isIPv6(address) ? "ipv6" : "ipv4");
}
