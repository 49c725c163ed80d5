/** A proxy between a bot and the fake Slack: breaks answers off, and lets a test control the Socket Mode connections. */

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Slack } from "./types.ts";

/** How an answer breaks: half of it is sent, then the connection drops or hangs. The call itself was done. */
export type Half = "half-then-drop" | "half-then-hang";

/** A relay. */
export type Relay = {
  /** The bot's address of the Web API. */
  readonly apiUrl: string;
  /** Breaks the next answer to `method`. */
  break(method: string, how: Half): void;
  /** Waits for the connection with that number, from 1. */
  line(number: number): Promise<Line>;
  /** How many connections were opened. */
  lines(): number;
  close(): Promise<void>;
};

/** A connection that the bot opened and Slack greeted. */
export type Line = {
  /** Sends `text`. */
  send(text: string): void;
  /** Sends `text`, and closes the connection in the same packet. */
  sendAndClose(text: string): void;
  /** Ignores all input from now on. */
  deafen(): void;
  /** Drops the connection. */
  cut(): void;
  /** The ids of envelopes acknowledged on it. */
  readonly acknowledged: readonly string[];
};

/** Opens a relay for `slack`. It passes only what the bot calls. */
export async function openRelay(slack: Slack): Promise<Relay> {
  const lines = createLines();
  const broken = new Map<string, Half>();
  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = request.url?.split("/").at(-1) ?? "";
    const { status, headers, text } = await pass(slack, method, request, response);
    const body = method === "apps.connections.open" ? text.replace(/ws:\/\/[^/]+\//u, `ws://${originOf(server.address())}/`) : text;
    const how = broken.get(method);
    broken.delete(method);
    response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
    if (how === undefined) return void response.end(body);
    response.write(body.slice(0, body.length / 2), () => (how === "half-then-drop" ? response.destroy() : undefined));
  };
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => lines.take(request, socket, head));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    apiUrl: `http://${originOf(server.address())}/api/`,
    break: (method, how) => void broken.set(method, how),
    line: lines.find,
    lines: lines.count,
    async close() {
      lines.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function originOf(address: AddressInfo | string | null): string {
  return `127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
}

type Passed = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string };

async function pass({ apiUrl }: Slack, method: string, request: IncomingMessage, response: ServerResponse): Promise<Passed> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  const kept = ["authorization", "content-type"].flatMap((name) => (request.headers[name] ? [[name, String(request.headers[name])]] : []));
  const passed = await fetch(apiUrl + method, {
    method: "POST",
    headers: Object.fromEntries(kept) as Readonly<Record<string, string>>,
    body: Buffer.concat(parts),
    signal: gone.signal,
  });
  const wait = passed.headers.get("retry-after");
  const headers = { "content-type": "application/json", ...(wait === null ? {} : { "retry-after": wait }) };
  return { status: passed.status, headers, text: await passed.text() };
}

function createLines() {
  const edge = new WebSocketServer({ noServer: true });
  const opened: Line[] = [];
  const waiting = new Map<number, (line: Line) => void>();
  const greet = (socket: Duplex) => (line: WebSocket) => {
    const held = hold(line, socket);
    line.send(JSON.stringify({ type: "hello", num_connections: 1, debug_info: {}, connection_info: { app_id: "A1" } }));
    opened.push(held);
    waiting.get(opened.length)?.(held);
  };
  return {
    take: (request: IncomingMessage, socket: Duplex, head: Buffer): void => edge.handleUpgrade(request, socket, head, greet(socket)),
    count: (): number => opened.length,
    async find(number: number): Promise<Line> {
      const { promise, resolve } = Promise.withResolvers<Line>();
      waiting.set(number, resolve);
      return opened[number - 1] ?? (await promise);
    },
    close(): void {
      for (const line of edge.clients) line.terminate();
      edge.close();
    },
  };
}

function hold(line: WebSocket, socket: Duplex): Line {
  const acknowledged: string[] = [];
  let isDeaf = false;
  line.on("error", () => undefined);
  line.on("message", (data: Buffer) => {
    if (!isDeaf) acknowledged.push((JSON.parse(data.toString()) as { readonly envelope_id: string }).envelope_id);
  });
  return {
    send: (text) => line.send(text),
    sendAndClose(text) {
      socket.cork();
      line.send(text);
      line.close(1000);
      socket.uncork();
    },
    deafen: () => void (isDeaf = true),
    cut: () => line.terminate(),
    acknowledged,
  };
}
