/** A fake bot: receives Slack's requests, and answers as a test wants. */

import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Loose, Slack } from "./types.ts";

/** A received request. */
export type Heard = { readonly headers: IncomingHttpHeaders; readonly text: string; readonly body: Loose };

/** An answer; undefined means that none is ever sent. */
export type Answer = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | undefined;

/** A fake bot. */
export type Listener = { readonly origin: string; readonly heard: readonly Heard[]; close(): Promise<void> };

/** Opens a bot that gives `answers` in order, and then 200. `slack` is aimed at it. */
export async function openListener(slack: Slack, ...answers: readonly Answer[]): Promise<Listener> {
  const heard: Heard[] = [];
  const hear = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const body = read(text, request.headers["content-type"] ?? "");
    if (body["type"] === "url_verification") return void response.end(JSON.stringify({ challenge: body["challenge"] }));
    heard.push({ headers: request.headers, text, body });
    const answer: Answer = heard.length > answers.length ? { status: 200 } : answers[heard.length - 1];
    if (answer) response.writeHead(answer.status, answer.headers ?? {}).end();
  };
  const server = createServer((request, response) => void hear(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  onTestFinished(close);
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await slack.http.aim(origin);
  return { origin, heard, close };
}

/** Parses by content type: JSON, a form, or JSON in a form. */
function read(text: string, type: string): Loose {
  if (type === "application/json") return JSON.parse(text) as Loose;
  const form = Object.fromEntries(new URLSearchParams(text));
  const { payload } = form;
  return payload === undefined ? form : (JSON.parse(payload) as Loose);
}
