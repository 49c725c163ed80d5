/** Messages in the conversation between the bot and a person: each is marked, so that one that may have arrived is found again. */

import { createHash } from "node:crypto";
import type { Form } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import { contextFor, filesOf, messagesOf, partsOf, showForms, type Shown } from "./render/fallback.ts";
import type { RenderContext } from "./render/attachments.ts";
import type { Bot } from "./ids.ts";
import { type Message, renderReply } from "./render/index.ts";

/** By how much Slack's clock may be behind ours. */
const skew = Temporal.Duration.from({ minutes: 5 });
/** Messages of a page, which is the most that an app outside of Slack's directory gets at once; and pages that are looked through. */
const inPage = 15;
const maxPages = 4;

/** By which a message is known again in the history; made of all of `key`, and tells nothing of it. */
function hashKey(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}

const eventType = "sweetspot_message";
/** What is looked for, and since when it may stand there; in a thread where it was said in one. */
export type Search = { readonly key: string; readonly since: Temporal.Instant; readonly thread?: string | undefined };

/** Which parts of what is said under `key` stand in the channel; "beyond" where more was said since than is looked through. */
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

/** Which part of what is said under `key` a message is, if it is one. */
function partOf(metadata: Marked | undefined, key: string): readonly number[] {
  const payload: Readonly<Record<string, unknown>> = { ...metadata?.event_payload };
  return metadata?.event_type === eventType && payload["key"] === hashKey(key) ? [Number(payload["part"])] : [];
}

/** Where something is posted, under which key, and which parts of it stand there. */
export type PostTarget = {
  readonly bot: Bot;
  readonly channel: string;
  readonly key: string;
  readonly arrived: ReadonlySet<number>;
  readonly thread?: string | undefined;
};

/** Posts what is not there yet of `reply`, in the richest form that Slack takes. What stands there in part is in doubt: the rest follows. */
export async function postAll(options: RenderContext, posting: PostTarget, reply: Reply): Promise<Shown> {
  const { arrived, bot, channel } = posting;
  const isThere = arrived.size > 0 && renderReply(options.rewriteCommands(reply), new Map()).length <= arrived.size;
  if (isThere) return { kind: "shown" };
  const context = contextFor<RenderContext>(options, `${bot.home} ${channel}`);
  const stands = new Set(arrived);
  const shown = await showForms<Shown>(reply, options.log, async (form: Form) => {
    // Before the words, by which it is known that all of it is there: files that come twice do no harm, and missing ones do.
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
