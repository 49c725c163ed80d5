/** Direct messages: what the coach says unasked, and answers that only one person may read. */

import { type REST, Routes } from "discord.js";
import type { Reply } from "#core/model/reply.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";
import type { Failure } from "./errors.ts";
import { type Desk, postAll } from "./render/attachments.ts";
import { deskFor, showForms } from "./render/fallback.ts";
import { type Bulk, resultOf } from "./rest-throttle.ts";

/** Sends direct messages. */
export type Mail = {
  /** Says `reply` to the person behind the account `id`. The same `key` is the same message, for as long as Discord knows it. */
  send(id: string, reply: Reply, key: string): Promise<SendResult>;
};

/** A channel that stays astray for so long does not come back. */
const astrayFor = Temporal.Duration.from({ hours: 1 });
/** How many channels are known by heart. */
const mostChannels = 5000;

/** What mail is sent with. */
export type MailOptions = Desk & { readonly bulk: Bulk; readonly clock: Clock };

/** Mail over `options`. */
export function createMail(options: MailOptions): Mail {
  const { bulk } = options;
  const { rest } = bulk;
  const channels = createChannels(rest, options.clock);
  const resultFor = (failure: Failure, id: string): SendResult =>
    failure.kind === "astray" && channels.lose(id) ? { kind: "closed" } : resultOf(failure);
  const post = async (id: string, reply: Reply, { key, desk }: Posting): Promise<SendResult> => {
    const opened = await channels.open(id).catch((error: unknown) => unopened(resultFor(bulk.judge(error), id)));
    if (typeof opened !== "string") return opened;
    const shown = await showForms(reply, desk, (letters) => postAll(rest, opened, letters, { key }), bulk.judge);
    if (shown.kind !== "shown") return resultFor(shown, id);
    channels.find(id);
    return { kind: "sent" };
  };
  return {
    async send(id, reply, key) {
      const after = bulk.ready();
      if (after) return { kind: "later", after };
      const posting = { key, desk: deskFor<Desk>(options, id) };
      const wasKnown = channels.isKnown(id);
      const result = await post(id, reply, posting);
      // Of a channel that was known from before it is no news that it is gone: it is opened anew, once.
      return wasKnown && !channels.isKnown(id) ? await post(id, reply, posting) : result;
    },
  };
}

type Posting = { readonly key: string; readonly desk: Desk };

/** To open a channel twice does no harm, so nothing is in doubt. */
function unopened(result: SendResult): SendResult {
  return result.kind === "unknown" ? { kind: "later" } : result;
}

/** The channels between the bot and people, the latest used last. */
function createChannels(rest: REST, clock: Clock) {
  const known = new Map<string, string>();
  const lost = new Map<string, Temporal.Instant>();
  return {
    isKnown: (id: string): boolean => known.has(id),
    /** It is to be opened anew. True where it was lost before, an hour ago or more, and never found. */
    lose(id: string): boolean {
      const since = lost.get(id) ?? clock.now();
      known.delete(id);
      lost.set(id, since);
      return Temporal.Duration.compare(since.until(clock.now()), astrayFor) >= 0 && lost.delete(id);
    },
    find: (id: string): void => void lost.delete(id),
    async open(id: string): Promise<string> {
      const found = known.get(id) ?? (await ask(rest, id));
      known.delete(id);
      known.set(id, found);
      for (const oldest of known.keys()) if (known.size > mostChannels) known.delete(oldest);
      return found;
    },
  };
}

async function ask(rest: REST, id: string): Promise<string> {
  const channel = await rest.post(Routes.userChannels(), { body: { recipient_id: id } });
  if (typeof channel === "object" && channel !== null && "id" in channel) return String(channel.id);
  throw new Error("Open a channel: Discord must name it");
}
