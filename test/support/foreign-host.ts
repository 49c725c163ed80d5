/** One listener that plays every host but the fake servers on this machine, and addresses that would lead to such hosts. */

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { root } from "./project.ts";

/** The listener. */
export type ForeignHost = {
  readonly port: number;
  /** Variables that redirect a program's connections to this listener, except those to the ports `home`. */
  variables(...home: readonly string[]): Readonly<Record<string, string>>;
  /** How many connections were opened. */
  connections(): number;
  /** All bytes that were received, as Latin-1. */
  heard(): string;
};

/** Opens the listener. It answers each request with an empty 200 and closes when the test ends. */
export async function openForeignHost(): Promise<ForeignHost> {
  let [connections, heard] = [0, ""];
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      heard += bytes.toString("latin1");
      socket.end("HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\ncontent-length: 0\r\n\r\n");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const preload = pathToFileURL(join(root, "test/support/diverted-network.ts")).href;
  return {
    port,
    variables: (...home) => ({ NODE_OPTIONS: `--import=${preload}`, HOME_PORTS: home.join(","), FOREIGN_PORT: String(port) }),
    connections: () => connections,
    heard: () => heard,
  };
}

/** Addresses that match neither `listed`, a host of the platform, nor `own`, the origin of its API. Each is of another kind. */
export function foreignAddresses(listed: string, own: string, port: number): readonly string[] {
  const { host: ownHost, port: ownPort } = new URL(own);
  const path = "/files-pri/T1-F1/runs.csv";
  const lookAlikes = [
    `${listed}.evil.example`,
    `evil${listed}`,
    `evil.${listed}`,
    `${listed}.`,
    `${listed}..`,
    listed.replace(".", "-"),
    listed.replace("s", "\u0455"),
    `xn--${listed}`,
    listed.replace(".", "\u3002"),
    listed.replace(".", "%2e"),
    `${listed}%00.evil.example`,
    `evil.example%23@${listed}`,
    `[${listed}]`,
    `${listed}:8443`,
    `${listed}:80`,
    `${listed}:0`,
    `${listed}:99999`,
    `${listed}:443@evil.example`,
    `user:pass@${listed}`,
    `user@${listed}`,
    `@${listed}`,
    `:@${listed}`,
  ].map((host) => `https://${host}${path}`);
  const numbers = [
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `[::1]:${port}`,
    `[::ffff:127.0.0.1]:${port}`,
    `2130706433:${port}`,
    `0x7f000001:${port}`,
    `0x7f.0.0.1:${port}`,
    `0177.0.0.1:${port}`,
    `127.1:${port}`,
    `0:${port}`,
    `10.0.0.1`,
    `192.168.1.1`,
    `172.16.0.1`,
    `169.254.169.254`,
    `[fd00:ec2::254]`,
    `user@${ownHost}`,
    `${ownHost}.evil.example`,
    `2130706433:${ownPort}`,
    `localhost:${ownPort}`,
  ].flatMap((host) => [`http://${host}${path}`, `https://${host}${path}`]);
  const others = [
    `http://${listed}${path}`,
    `https://evil.example${path}?https://${listed}/`,
    `https://evil.example\\@${listed}${path}`,
    `https:\\\\${listed}${path}`,
    `https://${listed}\\@evil.example${path}`,
    `https://${listed}\t.evil.example${path}`,
    `https://${listed}\n.evil.example${path}`,
    `ht\ttps://${listed}${path}`,
    ` https://${listed}${path}`,
    `https://${listed}${path} `,
    `https:${listed}${path}`,
    `https:/${listed}${path}`,
    `https:///${listed}${path}`,
    `//evil.example${path}`,
    `${listed}${path}`,
    `https://`,
    `https`,
    `file:///etc/passwd`,
    `file://${listed}${path}`,
    `data:text/csv,date,minutes,activity`,
    `ftp://${listed}${path}`,
    `ws://${listed}${path}`,
    `blob:https://${listed}${path}`,
    `javascript:fetch("https://evil.example")`,
    `https://${listed}/${"a".repeat(5000)}`,
  ];
  return [...lookAlikes, ...numbers, ...others];
}
