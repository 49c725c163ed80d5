/** Direct messages: outbox messages, and answers that only one user may read. */

import { type REST, Routes } from "discord.js";
import { createRecent } from "#core/lib/recent.ts";
import type { Reply } from "#core/model/reply.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { contextFor } from "../shared/pictures.ts";
import type { Failure } from "./errors.ts";
import { type RenderContext, postAll } from "./render/attachments.ts";
import { showForms } from "./render/fallback.ts";
import { type RestThrottle, resultOf } from "./rest-throttle.ts";

/** Sends direct messages. */
export type DirectMessages = {
  /** Sends `reply` to the account `id`. The same `key` is the same message, for as long as Discord recognises it. */
  send(id: string, reply: Reply, key: string): Promise<SendResult>;
};

/** A DM channel that is gone for this long counts as closed. */
const maxChannelGoneFor = Temporal.Duration.from({ hours: 1 });
/** How many channel ids are cached. */
const maxChannels = 5000;

/** Dependencies of direct messages. */
export type DirectMessagesOptions = RenderContext & { readonly throttle: RestThrottle; readonly clock: Clock };

/** Creates the sender of direct messages. */
export function createDirectMessages(options: DirectMessagesOptions): DirectMessages {
  const { throttle } = options;
  const { rest } = throttle;
  const channels = createChannels(rest, options.clock);
  const resultFor = (failure: Failure, id: string): SendResult =>
    failure.kind === "channel-gone" && channels.lose(id) ? { kind: "closed" } : resultOf(failure);
  const post = async (id: string, reply: Reply, { key, context }: SendOptions): Promise<SendResult> => {
    const opened = await channels.open(id).catch((error: unknown) => unopened(resultFor(throttle.judge(error), id)));
    if (typeof opened !== "string") return opened;
    const shown = await showForms(reply, context, (messages) => postAll(rest, opened, messages, { key }), throttle.judge);
    if (shown.kind !== "shown") return resultFor(shown, id);
    channels.find(id);
    return { kind: "sent" };
  };
  return {
    async send(id, reply, key) {
      const after = throttle.ready();
      if (after) return { kind: "later", after };
      const posting = { key, context: contextFor<RenderContext>(options, id) };
      const wasKnown = channels.isKnown(id);
      const result = await post(id, reply, posting);
      // A cached channel may be gone: it is reopened once.
      return wasKnown && !channels.isKnown(id) ? await post(id, reply, posting) : result;
    },
  };
}

type SendOptions = { readonly key: string; readonly context: RenderContext };

/** Opening a channel is idempotent, so an ambiguous failure can be retried. */
function unopened(result: SendResult): SendResult {
  return result.kind === "unknown" ? { kind: "later" } : result;
}

/** A cache of DM channel ids; the least recently used is evicted first. */
function createChannels(rest: REST, clock: Clock) {
  const known = createRecent<string>(maxChannels);
  const lost = new Map<string, Temporal.Instant>();
  return {
    isKnown: (id: string): boolean => known.has(id),
    /** Forgets the channel, so that it is reopened. True if it was first lost an hour ago or more and never found since. */
    lose(id: string): boolean {
      const since = lost.get(id) ?? clock.now();
      known.delete(id);
      lost.set(id, since);
      return Temporal.Duration.compare(since.until(clock.now()), maxChannelGoneFor) >= 0 && lost.delete(id);
    },
    find: (id: string): void => void lost.delete(id),
    async open(id: string): Promise<string> {
      const found = known.get(id) ?? (await ask(rest, id));
      known.set(id, found);
      return found;
    },
  };
}

async function ask(rest: REST, id: string): Promise<string> {
  const channel = await rest.post(Routes.userChannels(), { body: { recipient_id: id } });
  if (typeof channel === "object" && channel !== null && "id" in channel) return String(channel.id);
  throw new Error("Open a channel: Discord must name it");
}
