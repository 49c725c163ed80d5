/** Messages in the conversation between the bot and a person: each is marked, so that one that may have arrived is found again. */

import { createHash } from "node:crypto";
import { placeOf } from "#core/place.ts";
import type { Reply } from "#core/reply.ts";
import type { SendResult } from "#src/ports.ts";
import { type Desk, shareFiles, uploadAll, withPictures } from "./letter.ts";
import type { Bot } from "./place.ts";
import { type Message, renderReply } from "./render.ts";

/** By how much Slack's clock may be behind ours. */
const skew = Temporal.Duration.from({ minutes: 5 });
/** Messages of a page, which is the most that an app outside of Slack's directory gets at once; and pages that are looked through. */
const inPage = 15;
const mostPages = 4;

/** By which a message is known again in the history; made of all of `key`, and tells nothing of it. */
function markOf(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

const eventType = "sweetspot_message";
/** What is looked for, and since when it may stand there. */
export type Search = { readonly key: string; readonly since: Temporal.Instant };

/** Which parts of what is said under `key` stand in the channel; "beyond" where more was said since than is looked through. */
export async function lookFor(
  { client }: Desk,
  { token }: Bot,
  channel: string,
  { key, since }: Search,
): Promise<ReadonlySet<number> | "beyond"> {
  const oldest = String(since.subtract(skew).epochMilliseconds / 1000);
  const parts = new Set<number>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const asked = { token, channel, oldest, limit: inPage, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const { messages = [], response_metadata: more } = await client.conversations.history(asked);
    for (const part of messages.flatMap(({ metadata }) => partOf(metadata, key))) parts.add(part);
    cursor = more?.next_cursor;
    if (!cursor) return parts;
  }
  return parts.size > 0 ? parts : "beyond";
}

type Marked = { readonly event_type?: string | undefined; readonly event_payload?: object | undefined };

/** Which part of what is said under `key` a message is, if it is one. */
function partOf(metadata: Marked | undefined, key: string): readonly number[] {
  const payload: Readonly<Record<string, unknown>> = { ...metadata?.event_payload };
  return metadata?.event_type === eventType && payload["key"] === markOf(key) ? [Number(payload["part"])] : [];
}

/** Where something is posted, under which key, and which parts of it stand there. */
export type Posting = { readonly bot: Bot; readonly channel: string; readonly key: string; readonly arrived: ReadonlySet<number> };

/** Posts what is not there yet of `reply`. Throws where nothing stands there afterwards. */
export async function postAll(options: Desk, { bot, channel, key, arrived }: Posting, reply: Reply): Promise<SendResult> {
  const spelled = options.spell(reply);
  const isThere = arrived.size > 0 && renderReply(spelled, new Map()).length <= arrived.size;
  if (isThere) return { kind: "sent" };
  const messages = renderReply(spelled, await uploadAll(spelled, bot, options));
  // Before the words, by which it is known that all of it is there: files that come twice do no harm, and missing ones do.
  if (arrived.size === 0) await shareFiles(spelled, bot, channel, options);
  const stands = new Set(arrived);
  try {
    for (const [part, message] of [...messages.entries()].filter(([place]) => !arrived.has(place))) {
      await post(options, { bot, channel }, message, { key: markOf(key), part });
      stands.add(part);
    }
    return { kind: "sent" };
  } catch (error) {
    if (stands.size === 0) throw error;
    // Some of it stands there: it is found by what marks it, and the rest follows.
    options.log.warn("slack-part-failed", placeOf(error));
    return { kind: "unknown" };
  }
}

async function post(
  desk: Desk,
  { bot: { token }, channel }: Pick<Posting, "bot" | "channel">,
  { text, blocks }: Message,
  payload: { readonly key: string; readonly part: number },
): Promise<void> {
  const metadata = { event_type: eventType, event_payload: payload };
  const message = { token, channel, text, unfurl_links: false, unfurl_media: false, metadata };
  await withPictures(blocks, (shown) => desk.client.chat.postMessage({ ...message, blocks: shown }), desk);
}
