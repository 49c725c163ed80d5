/** The HTTP edge: signs requests, waits for answers, and repeats events that got none. */

import { createHmac, randomUUID } from "node:crypto";
import { app } from "./app.ts";
import type { Delivery, Http, Loose, Posted } from "./types.ts";

/** How often an event is repeated. */
const retries = 3;
const form = "application/x-www-form-urlencoded";

type Edge = Parameters<Http["send"]>[0];

/** Creates an HTTP edge that waits `patience` milliseconds for each answer and uses Slack's clock. */
export function createHttp(
  patience: number,
  now: () => Temporal.Instant,
): Http & { bot(): string | undefined; resolve(url: string): string } {
  const deliveries: Delivery[] = [];
  let bot: { readonly origin: string; readonly name: string } | undefined;
  const send = async (body: string, how: Posted): Promise<Response> => {
    if (!bot) throw new Error("Send something over HTTP: it must be aimed at the bot");
    const signal = AbortSignal.timeout(patience);
    return await fetch(`${bot.origin}/slack/events`, { method: "POST", body, headers: headersOf(body, how, now()), signal });
  };
  const post = async (body: string, how: Posted = {}): Promise<number> => {
    const response = await send(body, how);
    await response.arrayBuffer();
    return response.status;
  };
  const deliver = async (type: Edge, payload: Loose, again: Posted): Promise<Pick<Delivery, "status"> & { readonly isFinal: boolean }> => {
    try {
      const response = await send(bodyOf(type, payload), { ...again, contentType: type === "events_api" ? "application/json" : form });
      await response.arrayBuffer();
      return { status: response.status, isFinal: response.ok || response.headers.get("x-slack-no-retry") === "1" };
    } catch (error) {
      return { status: error instanceof Error && error.name === "TimeoutError" ? "late" : "unreachable", isFinal: false };
    }
  };
  return {
    signingSecret: app.signingSecret,
    deliveries,
    post,
    bot: () => bot?.name,
    /** Maps a URL of the bot to this machine. The bot's host name is known only here. */
    resolve: (url) => (bot && new URL(url).origin === bot.name ? url.replace(bot.name, bot.origin) : url),
    async aim(origin, name = origin) {
      const before = bot;
      bot = { origin: new URL(origin).origin, name: new URL(name).origin };
      const challenge = randomUUID();
      const response = await send(JSON.stringify({ token: app.verification, challenge, type: "url_verification" }), {});
      const echo = await response.text();
      if (response.status === 200 && echo.includes(challenge)) return;
      bot = before;
      throw new Error(`Aim at "${origin}": it must answer Slack's challenge, and answered ${response.status} ${echo}`);
    },
    async send(type, payload, retry = 0) {
      let reason: string | undefined = retry > 0 ? "http_timeout" : undefined;
      for (let turn = retry; turn <= (type === "events_api" ? retries : retry); turn += 1) {
        const headers = reason ? { "x-slack-retry-num": String(turn), "x-slack-retry-reason": reason } : {};
        const { status, isFinal } = await deliver(type, payload as Loose, { headers });
        deliveries.push({ what: nameOf(payload as Loose), retry: turn, status });
        if (isFinal) return;
        reason = status === "late" ? "http_timeout" : status === "unreachable" ? "connection_failed" : "http_error";
      }
    },
  };
}

/** The headers of a signed request. */
function headersOf(body: string, how: Posted, at: Temporal.Instant): Record<string, string> {
  const { secret = app.signingSecret, signed: words = body, contentType = "application/json" } = how;
  const timestamp = how.timestamp === undefined ? String(Math.floor(at.epochMilliseconds / 1000)) : how.timestamp;
  const signed = `v0=${createHmac("sha256", secret)
    .update(`v0:${timestamp ?? ""}:${words}`)
    .digest("hex")}`;
  const signature = how.signature === undefined ? signed : how.signature;
  return {
    "content-type": contentType,
    ...(timestamp === null ? {} : { "x-slack-request-timestamp": timestamp }),
    ...(signature === null ? {} : { "x-slack-signature": signature }),
    ...how.headers,
  };
}

function bodyOf(type: Edge, payload: Loose): string {
  switch (type) {
    case "events_api":
      return JSON.stringify(payload);
    case "slash_commands":
      return new URLSearchParams(Object.entries(payload).map(([key, value]) => [key, String(value)])).toString();
    case "interactive":
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  }
}

function nameOf({ command, event, type }: Loose): string {
  return String(command ?? (event as Loose | undefined)?.["type"] ?? type);
}
