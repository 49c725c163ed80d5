/** Finds messages already sent in a direct conversation: each carries a mark, so that a retry does not post twice. */

import { createHash } from "node:crypto";
import type { Form } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import { contextFor } from "../shared/pictures.ts";
import { filesOf, messagesOf, partsOf, showForms, type Shown } from "./render/fallback.ts";
import type { RenderContext } from "./render/attachments.ts";
import type { Bot } from "./ids.ts";
import { type Message, renderReply } from "./render/index.ts";

/** How far Slack's clock may be behind ours. */
const skew = Temporal.Duration.from({ minutes: 5 });
/** Messages a page, the most for an app outside Slack's directory; and pages searched at most. */
const inPage = 15;
const maxPages = 4;

/** The mark of a message in the history: a hash of the whole key, from which the key cannot be read. */
function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

const eventType = "sweetspot_message";
/** What is searched for, and since when it may exist; `thread` if it was said in one. */
export type Search = { readonly key: string; readonly since: Temporal.Instant; readonly thread?: string | undefined };

/** The parts sent under `key` that exist in the channel; "beyond" if none was found and there are more messages than are searched. */
export async function findSentParts(
  { client }: RenderContext,
  { token }: Bot,
  channel: string,
  { key, since, thread }: Search,
): Promise<ReadonlySet<number> | "beyond"> {
  const oldest = String(since.subtract(skew).epochMilliseconds / 1000);
  const parts = new Set<number>();
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const asked = { token, channel, oldest, limit: inPage, include_all_metadata: true, ...(cursor ? { cursor } : {}) };
    const found = thread === undefined ? client.conversations.history(asked) : client.conversations.replies({ ...asked, ts: thread });
    const { messages = [], response_metadata: more } = await found;
    for (const part of messages.flatMap(({ metadata }) => partOf(metadata, key))) parts.add(part);
    cursor = more?.next_cursor;
    if (!cursor) return parts;
  }
  return parts.size > 0 ? parts : "beyond";
}

type Marked = { readonly event_type?: string | undefined; readonly event_payload?: object | undefined };

/** The index of the part that a message holds, if it was sent under `key`. */
function partOf(metadata: Marked | undefined, key: string): readonly number[] {
  const payload: Readonly<Record<string, unknown>> = { ...metadata?.event_payload };
  return metadata?.event_type === eventType && payload["key"] === hashKey(key) ? [Number(payload["part"])] : [];
}

/** The channel and key of a post, and the parts that already exist. */
export type PostTarget = {
  readonly bot: Bot;
  readonly channel: string;
  readonly key: string;
  readonly arrived: ReadonlySet<number>;
  readonly thread?: string | undefined;
};

/**
 * Posts the missing parts of `reply` in the richest form that Slack accepts. The result is ambiguous if only some parts exist, so that the
 * rest is retried.
 */
export async function postAll(options: RenderContext, posting: PostTarget, reply: Reply): Promise<Shown> {
  const { arrived, bot, channel } = posting;
  const isThere = arrived.size > 0 && renderReply(options.rewriteCommands(reply), new Map()).length <= arrived.size;
  if (isThere) return { kind: "shown" };
  const context = contextFor<RenderContext>(options, `${bot.home} ${channel}`);
  const stands = new Set(arrived);
  const shown = await showForms<Shown>(reply, options.log, async (form: Form) => {
    // Files go first, because the text marks the post as complete. A duplicate file is harmless; a missing one is not.
    const failed = arrived.size === 0 ? await filesOf(form, bot, channel, context) : undefined;
    if (failed) return failed;
    const messages = await messagesOf(form, bot, context);
    for (const [part, message] of [...messages.entries()].filter(([place]) => !stands.has(place))) {
      await post(context, posting, message, part);
      stands.add(part);
    }
    return { kind: "shown" };
  });
  if (shown.kind === "shown" || stands.size === 0) return shown;
  options.log.warn("slack-part-failed", { kind: shown.kind });
  return { kind: "ambiguous" };
}

async function post(
  context: RenderContext,
  { bot: { token }, channel, key, thread }: PostTarget,
  message: Message,
  part: number,
): Promise<void> {
  const metadata = { event_type: eventType, event_payload: { key: hashKey(key), part } };
  const threaded = thread === undefined ? {} : { thread_ts: thread };
  await context.client.chat.postMessage({
    token,
    channel,
    ...partsOf(message),
    ...threaded,
    unfurl_links: false,
    unfurl_media: false,
    metadata,
  });
}
