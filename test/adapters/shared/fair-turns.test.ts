/** Connections on which far more arrives than one turn of the event loop can take. */

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { type Shard, guardPackets } from "../../../adapters/discord/packet-checks.ts";

const count = 1500;
const size = 1000;
/** Node reads no more at once. */
const chunk = 65_536;

/** Both ends of a connection on this machine. */
async function aLine(): Promise<readonly [near: WebSocket, far: WebSocket]> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => {
    server.close();
  });
  await once(server, "listening");
  const connected = once(server, "connection");
  const near = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  onTestFinished(() => near.terminate());
  const [[far]] = (await Promise.all([connected, once(near, "open")])) as [[WebSocket], unknown];
  return [near, far];
}

/** A shard that takes a fifth of a millisecond for each packet, and keeps their numbers. */
function aShard(connection: WebSocket): Shard & { readonly heard: number[] } {
  const heard: number[] = [];
  return {
    connection,
    heard,
    unpackMessage: async (data) => JSON.parse(String(data)) as unknown,
    async onMessage(packet) {
      for (const began = performance.now(); performance.now() - began < 0.2;);
      heard.push((packet as { readonly s: number }).s);
    },
  };
}

test("a flood on one connection of Discord's leaves turns to others, is heard in order, and nothing of it is lost", async () => {
  const [near, far] = await aLine();
  const shard = aShard(near);
  guardPackets(shard, { log: { info() {}, warn() {}, error() {} }, onBroken() {} });
  near.on("message", (data, isBinary) => void shard.onMessage(data, isBinary));
  for (let s = 0; s < count; s += 1) far.send(JSON.stringify({ op: 0, s, t: "MESSAGE_CREATE", d: { content: "x".repeat(size) } }));
  let most = 0;
  for (let before = 0; shard.heard.length < count; before = shard.heard.length) {
    await new Promise(setImmediate);
    most = Math.max(most, shard.heard.length - before);
  }
  expect(shard.heard).toEqual(Array.from({ length: count }, (_, s) => s));
  // What was read already when it was told to wait, and one chunk more.
  expect(most).toBeLessThan((4 * chunk) / size);
});
