/** Slack channels: manager rights, the right to post, posts to a group, and edits of live messages. */

import type { WebClient } from "@slack/web-api";
import type { Address } from "#core/lib/ids.ts";
import type { PostPermission } from "#core/model/group.ts";
import type { Reply } from "#core/model/reply.ts";
import { sayTrying } from "#core/voice/trouble.ts";
import type { EditResult, RemoveResult, SendResult, Unchanged } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import { contextFor } from "../shared/pictures.ts";
import { classify, type Failure, resultOf } from "./errors.ts";
import { absentFor, type BotTokens } from "./http/bot-tokens.ts";
import { type Bot, channelIn, type Someone } from "./ids.ts";
import type { RenderContext } from "./render/attachments.ts";
import { messagesOf, partsOf, showForms } from "./render/fallback.ts";
import { type Message, renderReply } from "./render/index.ts";

/** Whether somebody may manage the channel at an address, according to Slack now. Throws if Slack does not answer. */
export type MayManage = (bot: Bot, someone: Someone, address: Address) => Promise<boolean>;

/** Asks Slack, since events carry no rights. Workspace admins and the creator of the channel may manage it. */
export function createMayManage(client: WebClient): MayManage {
  return async ({ token, home }, someone, address) => {
    const { channel } = channelIn(address);
    // Members of another workspace manage nothing here. Nobody manages a direct conversation.
    if (someone.home !== home || !/^[CG]/.test(channel)) return false;
    const { user } = await client.users.info({ token, user: someone.user });
    if (user?.deleted === true) return false;
    if (user?.is_admin === true || user?.is_owner === true || user?.is_primary_owner === true) return true;
    return (await creatorOf(client, token, channel)) === someone.user;
  };
}

/** The creator of the channel; undefined if the bot may not see it. */
async function creatorOf(client: WebClient, token: string, channel: string): Promise<string | undefined> {
  try {
    const { channel: found } = await client.conversations.info({ token, channel });
    return found?.creator;
  } catch (error) {
    const { kind } = classify(error);
    if (kind === "refused" || kind === "unknown-code" || kind === "channel-gone") return undefined;
    throw error;
  }
}

/** Whether the bot may post in the channel at an address, according to Slack now. Never rejects. */
export type MayPost = (bot: Bot, someone: Someone, address: Address) => Promise<PostPermission>;

/** Asks Slack. If Slack does not tell, it posts an ephemeral message to the asker, and the error shows what is missing. */
export function createMayPost({ client, log }: Pick<RenderContext, "client" | "log">): MayPost {
  const tryOut = async ({ token }: Bot, { user }: Someone, channel: string): Promise<PostPermission> => {
    const { text } = renderReply({ blocks: [sayTrying()] }, new Map())[0] ?? { text: "" };
    await client.chat.postEphemeral({ token, channel, user, text });
    return "allowed";
  };
  return async (bot, someone, address) => {
    const { channel } = channelIn(address);
    const judge = (error: unknown): PostPermission => {
      const failure = classify(error);
      log.warn("slack-may-post-unknown", describeError(error));
      if (failure.kind === "channel-gone") return "not-invited";
      return failure.kind === "closed" ? "no-rights" : "unknown";
    };
    try {
      const { channel: found } = await client.conversations.info({ token: bot.token, channel });
      if (found?.is_archived === true || found?.is_read_only === true) return "no-rights";
      if (typeof found?.is_member === "boolean") return found.is_member ? "allowed" : "not-invited";
      return await tryOut(bot, someone, channel);
    } catch (error) {
      const failure = classify(error);
      if (failure.kind !== "refused" && failure.kind !== "unknown-code") return judge(error);
      return await tryOut(bot, someone, channel).catch(judge);
    }
  };
}

/** What sending posts needs. */
export type ChannelPostsOptions = RenderContext & { readonly tokens: BotTokens };

/** Sends, edits and removes posts in channels. */
export type ChannelPosts = {
  /** Posts `reply` in the channel. A post that may have arrived `since` then cannot be searched for, and is not sent again. */
  send(address: Address, reply: Reply, since: Temporal.Instant | undefined): Promise<SendResult>;
  edit(address: Address, message: string, reply: Reply): Promise<EditResult>;
  remove(address: Address, message: string): Promise<RemoveResult>;
};

const quiet = { unfurl_links: false, unfurl_media: false } as const;

/** Creates the channel posts. */
export function createChannelPosts(options: ChannelPostsOptions): ChannelPosts {
  const { client, log, tokens } = options;
  const handleFailure = async (failure: Failure, home: string): Promise<Failure> => {
    if (failure.kind === "auth-revoked") await tokens.check(home);
    return failure;
  };
  const make = async (address: Address, reply: Reply, put: Put): Promise<Made | Failure | undefined> => {
    const { home, channel } = channelIn(address);
    try {
      const bot = await tokens.find(home);
      if (!bot) return undefined;
      const context = contextFor<RenderContext>(options, address);
      const made = await showForms<Made>(reply, log, async (form) => {
        const [message] = await messagesOf(form, bot, context);
        if (!message) throw new Error("Draw a post: there must be one");
        return { kind: "made", message: await put(message, { token: bot.token, channel, ...quiet }) };
      });
      return made.kind === "made" ? made : await handleFailure(made, home);
    } catch (error) {
      return await handleFailure(classify(error), home);
    }
  };
  return {
    async send(address, reply, since) {
      if (since) return { kind: "refused", code: "cannot-look" };
      const made = await make(address, reply, async (message, where) => {
        const { ts } = await client.chat.postMessage({ ...where, ...partsOf(message) });
        return ts;
      });
      if (!made) return { kind: "later", after: absentFor };
      if (made.kind !== "made") return resultOf(made);
      return made.message === undefined ? { kind: "sent" } : { kind: "sent", message: made.message };
    },
    async edit(address, message, reply) {
      const made = await make(address, reply, async ({ text, blocks }, where) => {
        // Slack keeps the old blocks if none are given.
        await client.chat.update({ ...where, ts: message, text, blocks: [...blocks] });
        return message;
      });
      if (!made) return { kind: "later", after: absentFor };
      return made.kind === "made" ? { kind: "edited" } : unchangedBy(made);
    },
    remove: async (address, message) => await removeMessage(options, handleFailure, { address, message }),
  };
}

type LiveMessage = { readonly address: Address; readonly message: string };

async function removeMessage(
  { client, tokens }: ChannelPostsOptions,
  handleFailure: (failure: Failure, home: string) => Promise<Failure>,
  { address, message }: LiveMessage,
): Promise<RemoveResult> {
  const { home, channel } = channelIn(address);
  try {
    const bot = await tokens.find(home);
    if (!bot) return { kind: "later", after: absentFor };
    await client.chat.delete({ token: bot.token, channel, ts: message });
    return { kind: "removed" };
  } catch (error) {
    return unchangedBy(await handleFailure(classify(error), home));
  }
}

/** The post exists, under Slack's id. */
type Made = { readonly kind: "made"; readonly message: string | undefined };
type Where = { readonly token: string; readonly channel: string } & typeof quiet;
type Put = (message: Message, where: Where) => Promise<string | undefined>;

/**
 * What a failed edit or removal means. An ambiguous one is retried, since repeating it is harmless. Slack also says `channel_not_found`
 * about a private channel that removed the bot; the message is still there.
 */
function unchangedBy(failure: Failure): Unchanged {
  if (failure.kind === "unknown-code" && failure.code === "message_not_found") return { kind: "gone", code: failure.code };
  const result = resultOf(failure);
  switch (result.kind) {
    case "later":
      return result;
    case "unknown":
    case "sent":
      return { kind: "later" };
    case "closed":
      return { kind: "refused", code: failure.kind };
    case "refused":
      return { kind: "refused", code: result.code };
  }
}
