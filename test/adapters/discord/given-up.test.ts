/** A connection to Discord that is given up while it opens, and fails afterwards. */

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { expect, onTestFinished, test } from "vitest";
import { createDiscord } from "../../../adapters/discord/index.ts";

/** A gateway that leaves whoever comes waiting at its door: where it is, and who waits there. */
async function openDoor(): Promise<{ readonly origin: string; readonly waiting: Promise<Duplex> }> {
  const { promise: waiting, resolve: hold } = Promise.withResolvers<Duplex>();
  const limit = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ url: `ws://${origin}`, shards: 1, session_start_limit: limit }));
  });
  server.on("upgrade", (_: IncomingMessage, socket: Duplex) => hold(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  const origin = `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  return { origin, waiting };
}

test.each(["by a stop", "as its time is over"])("a line that is given up %s ends nothing else, however it fails then", async (why) => {
  const { origin, waiting } = await openDoor();
  const { promise: isOver, resolve: tell } = Promise.withResolvers<void>();
  const note = (event: string): void => void (event === "discord-waiting" && tell());
  const adapter = createDiscord({
    token: "MTAwMDAwMDAwMDAwMDAwMDAw.GAbCdE.fakeserverfakeserverfakeserver",
    apiUrl: `http://${origin}/api`,
    clock: { now: () => Temporal.Now.instant() },
    log: { info: note, warn: note, error: note },
    renderPng: async () => new Uint8Array(),
    tell: () => undefined,
    patience: { login: 200, firstWait: 60_000, longestWait: 60_000 },
  });
  onTestFinished(adapter.stop);
  void adapter.start({ handle: async () => undefined, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => false });
  const socket = await waiting;
  await (why === "by a stop" ? adapter.stop() : isOver);
  const crash = once(process, "uncaughtException", { signal: AbortSignal.timeout(500) }).catch(() => undefined);
  socket.end("HTTP/1.1 503 Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  expect(await crash).toBeUndefined();
});
