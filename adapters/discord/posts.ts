/** Channels: what the coach says to a group, and what stands there, which is edited. */

import { Routes } from "discord.js";
import type { Address } from "#core/brand.ts";
import type { Reply } from "#core/reply.ts";
import type { EditResult, SendResult } from "#src/ports.ts";
import { type Bulk, resultOf } from "./bulk.ts";
import { isShut } from "./failure.ts";
import { channelIn } from "./inbound.ts";
import { type Desk, postAll, writeCard } from "./letter.ts";

/** Posts to channels. */
export type Posts = {
  /** Says `reply` in the channel. The same `key` is the same message, for as long as Discord knows it. */
  send(address: Address, reply: Reply, key: string): Promise<SendResult>;
  /** Gives `message` there the words and the picture of `reply`. */
  edit(address: Address, message: string, reply: Reply): Promise<EditResult>;
};

/** What posts are sent with. */
export type PostsOptions = Desk & { readonly bulk: Bulk };

/** Posts over `options`. */
export function createPosts(options: PostsOptions): Posts {
  const { bulk } = options;
  return {
    async send(address, reply, key) {
      const after = bulk.ready();
      if (after) return { kind: "later", after };
      try {
        const [message] = await postAll(bulk.rest, channelIn(address), [await writeCard(reply, options)], { key });
        return message === undefined ? { kind: "sent" } : { kind: "sent", message };
      } catch (error) {
        const failure = bulk.judge(error);
        return isShut(failure) ? { kind: "closed" } : resultOf(failure);
      }
    },
    async edit(address, message, reply) {
      const after = bulk.ready();
      if (after) return { kind: "later", after };
      try {
        const { body, files } = await writeCard(reply, options);
        // What is not named here goes, so that a picture does not outlive its words.
        const attachments = body.attachments ?? [];
        await bulk.rest.patch(Routes.channelMessage(channelIn(address), message), { body: { ...body, attachments }, files });
        return { kind: "edited" };
      } catch (error) {
        return editResult(bulk.judge(error));
      }
    },
  };
}

/** What was not heard is done once more: to edit twice does no harm. */
function editResult(failure: ReturnType<Bulk["judge"]>): EditResult {
  if (isShut(failure) || failure.kind === "done") return { kind: "gone", code: failure.kind };
  const result = resultOf(failure);
  switch (result.kind) {
    case "later":
      return result;
    case "refused":
      return { kind: "gone", code: result.code };
    case "closed":
      return { kind: "gone", code: "closed" };
    case "sent":
    case "unknown":
      return { kind: "later" };
  }
}
