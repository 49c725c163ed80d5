/** Channels: what the coach says to a group, and what stands there, which is edited or removed. */

import { Routes } from "discord.js";
import type { Address } from "#core/lib/ids.ts";
import { type Form, showWithFallback } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import type { EditResult, RemoveResult, SendResult, Unchanged } from "#src/ports/adapter.ts";
import { type Failure, messageGoneCode, isChannelClosed } from "./errors.ts";
import { channelIn } from "./inbound.ts";
import { type RenderContext, type MessageWithFiles, postAll, renderCardMessage, renderPlainMessage } from "./render/attachments.ts";
import { contextFor, logFallback } from "./render/fallback.ts";
import { type RestThrottle, resultOf } from "./rest-throttle.ts";

/** Posts to channels. */
export type ChannelPosts = {
  /** Says `reply` in the channel. The same `key` is the same message, for as long as Discord knows it. */
  send(address: Address, reply: Reply, key: string): Promise<SendResult>;
  /** Gives `message` there the words and the picture of `reply`. */
  edit(address: Address, message: string, reply: Reply): Promise<EditResult>;
  /** Takes `message` away. */
  remove(address: Address, message: string): Promise<RemoveResult>;
};

/** What posts are sent with. */
export type ChannelPostsOptions = RenderContext & { readonly throttle: RestThrottle };

/** Posts over `options`. */
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
        // What is not named here goes, so that a picture does not outlive its words.
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

/** It is there, under the platform's id of it. */
type Made = { readonly kind: "made"; readonly message: string | undefined };

/** What was not heard is done once more: to edit or to remove twice does no harm. */
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
