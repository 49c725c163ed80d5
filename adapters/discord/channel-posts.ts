/** Channel messages: posts to a group, and edits and removals of live messages. */

import { Routes } from "discord.js";
import type { Address } from "#core/lib/ids.ts";
import { type Form, showWithFallback } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import type { EditResult, RemoveResult, SendResult, Unchanged } from "#src/ports/adapter.ts";
import { contextFor } from "../shared/pictures.ts";
import { type Failure, messageGoneCode, isChannelClosed } from "./errors.ts";
import { channelIn } from "./inbound.ts";
import { type RenderContext, type MessageWithFiles, postAll, renderCardMessage, renderPlainMessage } from "./render/attachments.ts";
import { logFallback } from "./render/fallback.ts";
import { type RestThrottle, resultOf } from "./rest-throttle.ts";

/** Sends, edits and removes channel messages. */
export type ChannelPosts = {
  /** Sends `reply` to the channel. The same `key` is the same message, for as long as Discord recognises it. */
  send(address: Address, reply: Reply, key: string): Promise<SendResult>;
  /** Replaces the words and the picture of `message` by those of `reply`. */
  edit(address: Address, message: string, reply: Reply): Promise<EditResult>;
  /** Deletes `message`. */
  remove(address: Address, message: string): Promise<RemoveResult>;
};

/** Dependencies of channel posts. */
export type ChannelPostsOptions = RenderContext & { readonly throttle: RestThrottle };

/** Creates the sender of channel messages. */
export function createChannelPosts(options: ChannelPostsOptions): ChannelPosts {
  const { throttle, log } = options;
  const make = async (
    address: Address,
    reply: Reply,
    put: (rendered: MessageWithFiles) => Promise<string | undefined>,
  ): Promise<Made | Failure> => {
    const context = contextFor<RenderContext>(options, address);
    const attempt = async (form: Form): Promise<Made | Failure> => {
      const rendered = form.kind === "plain" ? renderPlainMessage(form.reply) : await renderCardMessage(form.reply, context);
      return await put(rendered).then((message) => ({ kind: "made", message }) as const, throttle.judge);
    };
    return await showWithFallback(reply, attempt, logFallback(log));
  };
  return {
    async send(address, reply, key) {
      const after = throttle.ready();
      if (after) return { kind: "later", after };
      const made = await make(
        address,
        reply,
        async (rendered) => (await postAll(throttle.rest, channelIn(address), [rendered], { key }))[0],
      );
      if (made.kind === "made") return made.message === undefined ? { kind: "sent" } : { kind: "sent", message: made.message };
      return isChannelClosed(made) ? { kind: "closed" } : resultOf(made);
    },
    async edit(address, message, reply) {
      const after = throttle.ready();
      if (after) return { kind: "later", after };
      const made = await make(address, reply, async ({ body, files }) => {
        // Discord removes attachments that are not listed, so an old picture goes with its words.
        const attachments = body.attachments ?? [];
        await throttle.rest.patch(Routes.channelMessage(channelIn(address), message), { body: { ...body, attachments }, files });
        return message;
      });
      return made.kind === "made" ? { kind: "edited" } : unchangedBy(made);
    },
    async remove(address, message) {
      const after = throttle.ready();
      if (after) return { kind: "later", after };
      const removing = throttle.rest.delete(Routes.channelMessage(channelIn(address), message));
      return await removing.then(
        () => ({ kind: "removed" }) as const,
        (error: unknown) => unchangedBy(throttle.judge(error)),
      );
    },
  };
}

/** The message was posted or edited; `message` is Discord's id. */
type Made = { readonly kind: "made"; readonly message: string | undefined };

/** Maps a failure. An ambiguous one is retried: editing or deleting twice does no harm. */
function unchangedBy(failure: Failure): Unchanged {
  const code = messageGoneCode(failure);
  if (code !== undefined) return { kind: "gone", code };
  if (failure.kind === "channel-gone") return { kind: "refused", code: failure.code };
  const result = resultOf(failure);
  switch (result.kind) {
    case "later":
    case "refused":
      return result;
    case "closed":
      return { kind: "refused", code: "closed" };
    case "sent":
    case "unknown":
      return { kind: "later" };
  }
}
