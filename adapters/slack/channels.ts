/** Channels: who may manage them, what the coach says there to a group, and what stands there, which is edited. */

import type { WebClient } from "@slack/web-api";
import type { Address } from "#core/brand.ts";
import type { Reply } from "#core/reply.ts";
import type { EditResult, SendResult } from "#src/ports.ts";
import { classify, type Failure, resultOf } from "./failure.ts";
import { type Desk, uploadAll, withPictures } from "./letter.ts";
import { type Bot, channelIn, type Someone } from "./place.ts";
import { type Message, renderReply } from "./render.ts";
import { absentFor, type Tokens } from "./tokens.ts";

/** Whether somebody may manage the channel at an address, as Slack has it now. Throws where Slack does not answer. */
export type MayManage = (bot: Bot, someone: Someone, address: Address) => Promise<boolean>;

/** Asks Slack, which says nothing of rights with what arrives: who looks after the workspace may, and who made the channel. */
export function createRights(client: WebClient): MayManage {
  return async ({ token, home }, someone, address) => {
    const { channel } = channelIn(address);
    // Whoever is from another workspace manages nothing here, and a conversation between people is nobody's to manage.
    if (someone.home !== home || !/^[CG]/.test(channel)) return false;
    const { user } = await client.users.info({ token, user: someone.user });
    if (user?.deleted === true) return false;
    if (user?.is_admin === true || user?.is_owner === true || user?.is_primary_owner === true) return true;
    return (await creatorOf(client, token, channel)) === someone.user;
  };
}

/** Who made the channel; undefined where the bot may not know. */
async function creatorOf(client: WebClient, token: string, channel: string): Promise<string | undefined> {
  try {
    const { channel: found } = await client.conversations.info({ token, channel });
    return found?.creator;
  } catch (error) {
    const { kind } = classify(error);
    if (kind === "refused" || kind === "strange" || kind === "astray") return undefined;
    throw error;
  }
}

/** What posts are sent with. */
export type PostsOptions = Desk & { readonly tokens: Tokens };

/** Posts to channels. */
export type Posts = {
  /** Says `reply` in the channel. What may have arrived `since` then cannot be looked for there, and is not said again. */
  send(address: Address, reply: Reply, since: Temporal.Instant | undefined): Promise<SendResult>;
  edit(address: Address, message: string, reply: Reply): Promise<EditResult>;
};

const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** Posts over `options`. */
export function createPosts(options: PostsOptions): Posts {
  const { client, tokens } = options;
  const judge = async (error: unknown, home: string): Promise<Failure> => {
    const failure = classify(error);
    if (failure.kind === "barred") await tokens.check(home);
    return failure;
  };
  const draw = async (bot: Bot, reply: Reply): Promise<Message> => {
    const spelled = options.spell(reply);
    const [message] = renderReply(spelled, await uploadAll(spelled, bot, options));
    if (!message) throw new Error("Draw a post: there must be one");
    return message;
  };
  return {
    async send(address, reply, since) {
      const { home, channel } = channelIn(address);
      if (since) return { kind: "refused", code: "cannot-look" };
      try {
        const bot = await tokens.find(home);
        if (!bot) return { kind: "later", after: absentFor };
        const { text, blocks } = await draw(bot, reply);
        const message = { token: bot.token, channel, text, ...quiet };
        const { ts } = await withPictures(blocks, (shown) => client.chat.postMessage({ ...message, blocks: shown }), options);
        return ts === undefined ? { kind: "sent" } : { kind: "sent", message: ts };
      } catch (error) {
        return resultOf(await judge(error, home));
      }
    },
    async edit(address, message, reply) {
      const { home, channel } = channelIn(address);
      try {
        const bot = await tokens.find(home);
        if (!bot) return { kind: "later", after: absentFor };
        const { text, blocks } = await draw(bot, reply);
        const anew = { token: bot.token, channel, ts: message, text, ...quiet };
        await withPictures(blocks, (shown) => client.chat.update({ ...anew, blocks: shown }), options);
        return { kind: "edited" };
      } catch (error) {
        return editResult(await judge(error, home));
      }
    },
  };
}

/** What was not heard is done once more: to edit twice does no harm. */
function editResult(failure: Failure): EditResult {
  const result = resultOf(failure);
  switch (result.kind) {
    case "later":
      return result;
    case "unknown":
    case "sent":
      return { kind: "later" };
    case "closed":
      return { kind: "gone", code: failure.kind };
    case "refused":
      return { kind: "gone", code: result.code };
  }
}
