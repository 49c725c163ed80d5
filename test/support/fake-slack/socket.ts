/** The Socket Mode edge: greets, sends envelopes, and records acknowledgements. */

import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { Socket } from "./types.ts";

/** Creates the edge on `server`, at /link. */
export function createSocket(server: Server): Socket & { heal(): void; close(): void } {
  const edge = new WebSocketServer({ server, path: "/link" });
  const open = new Set<WebSocket>();
  const greeted: WebSocket[] = [];
  const acknowledged: string[] = [];
  const waiting = new Map<string, { readonly line: WebSocket; readonly done: () => void }>();
  let isGreeting = true;
  let heard: (() => void)[] = [];
  edge.on("connection", (line) => {
    line.on("error", () => undefined);
    line.on("close", () => {
      open.delete(line);
      for (const one of waiting.values()) if (one.line === line) one.done();
    });
    line.on("message", (data: Buffer) => {
      const { envelope_id: id } = JSON.parse(data.toString()) as { readonly envelope_id: string };
      acknowledged.push(id);
      waiting.get(id)?.done();
    });
    if (!isGreeting) return;
    open.add(line);
    greeted.push(line);
    line.send(JSON.stringify({ type: "hello", num_connections: open.size, debug_info: {}, connection_info: { app_id: "A1" } }));
    for (const hear of heard) hear();
    heard = [];
  });
  const ready = async (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    heard.push(resolve);
    if (open.size === 0) await promise;
  };
  return {
    greeted: () => greeted.length,
    ready,
    acknowledged,
    refresh() {
      for (const line of open) {
        // Nothing more is sent on a connection that is to be replaced.
        open.delete(line);
        line.send(JSON.stringify({ type: "disconnect", reason: "refresh_requested", debug_info: {} }));
      }
    },
    break() {
      for (const line of open) {
        open.delete(line);
        line.terminate();
      }
    },
    deafen() {
      for (const line of open) {
        open.delete(line);
        line.pause();
      }
    },
    withhold: () => void (isGreeting = false),
    heal: () => void (isGreeting = true),
    async send(type, payload, retry = 0) {
      const [line] = open;
      if (!line) return;
      const id = randomUUID();
      const { promise: taken, resolve: done } = Promise.withResolvers<void>();
      waiting.set(id, { line, done });
      const again = retry > 0 ? { retry_attempt: retry, retry_reason: "timeout" } : {};
      line.send(JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: type !== "events_api", ...again }));
      await taken;
      waiting.delete(id);
    },
    close() {
      for (const line of edge.clients) line.terminate();
      edge.close();
    },
  };
}
