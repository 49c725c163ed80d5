/** Direct messages: outbox messages, and answers that cannot be shown elsewhere. */

import { createRecent } from "#core/lib/recent.ts";
import type { Reply } from "#core/model/reply.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { authRevokedFor, classify, type Failure, resultOf } from "./errors.ts";
import { findSentParts, postAll } from "./find-sent.ts";
import { absentFor, type BotTokens } from "./http/bot-tokens.ts";
import { type Bot, idOf, type Someone, someoneOf } from "./ids.ts";
import type { Profiles } from "./profiles.ts";
import type { RenderContext } from "./render/attachments.ts";

/** What sending direct messages needs. */
export type DirectMessagesOptions = RenderContext & {
  readonly clock: Clock;
  readonly tokens: BotTokens;
  readonly profiles: Profiles;
};

/** Sends direct messages. */
export type DirectMessages = {
  /** Sends `reply` to the person behind account `id`. If an attempt with `key` since `since` may have arrived, it is searched for first. */
  send(id: string, reply: Reply, key: string, since?: Temporal.Instant): Promise<SendResult>;
};

/** How many channels are cached. */
const maxChannels = 5000;

/** Creates the direct messages. */
export function createDirectMessages(options: DirectMessagesOptions): DirectMessages {
  const channels = createChannels(options);
  const waits = createWaits(options.clock);
  const handleFailure = createFailureHandler(options, waits);
  const judge = async (error: unknown, caller: Caller, doing: string): Promise<SendResult> =>
    await handleFailure(classify(error), caller, doing);
  const deliver = async (bot: Bot, someone: Someone, reply: Reply, { key, since }: Attempt): Promise<SendResult> => {
    let doing = "users.info";
    try {
      if ((await options.profiles.ask(bot, someone)).isGone) return { kind: "closed" };
      doing = "conversations.open";
      const channel = await channels.open(bot, someone);
      doing = "conversations.history";
      const arrived = since ? await findSentParts(options, bot, channel, { key, since }) : new Set<number>();
      if (arrived === "beyond") return { kind: "refused", code: "too-much-since" };
      doing = channel;
      const shown = await postAll(options, { bot, channel, key, arrived }, reply);
      if (shown.kind === "shown") return { kind: "sent" };
      if (shown.kind === "channel-gone") channels.lose(someone);
      return await handleFailure(shown, bot, doing);
    } catch (error) {
      // Nothing was posted yet, so the result is not ambiguous.
      const result = await judge(error, bot, doing);
      return result.kind === "unknown" ? { kind: "later" } : result;
    }
  };
  return {
    async send(id, reply, key, since) {
      const someone = someoneOf(id);
      if (!someone) return { kind: "closed" };
      const doings = ["tokens", "users.info", "conversations.open", channels.known(someone), ...(since ? ["conversations.history"] : [])];
      const after = waits.left(doings.map((doing) => `${someone.home} ${doing}`));
      if (after) return { kind: "later", after };
      const bot = await options.tokens.find(someone.home).catch(async (error: unknown) => await judge(error, someone, "tokens"));
      if (bot === undefined) return { kind: "later", after: absentFor };
      if ("kind" in bot) return bot.kind === "unknown" ? { kind: "later" } : bot;
      const revokedFor = waits.left([bot.token]);
      if (revokedFor) return { kind: "later", after: revokedFor };
      const wasKnown = channels.known(someone) !== "";
      const result = await deliver(bot, someone, reply, { key, since });
      // A cached channel may be gone: it is reopened once.
      return wasKnown && channels.known(someone) === "" ? await deliver(bot, someone, reply, { key, since }) : result;
    },
  };
}

type HandleFailure = (failure: Failure, caller: Caller, doing: string) => Promise<SendResult>;

/** Maps a failure to an outbox result. Rate limits are remembered; a refused token is checked. */
function createFailureHandler({ tokens, log }: DirectMessagesOptions, waits: ReturnType<typeof createWaits>): HandleFailure {
  return async (failure, { home, token }, doing) => {
    if (failure.kind === "auth-revoked") {
      waits.hold(token ?? `${home} ${doing}`, authRevokedFor);
      await tokens.check(home);
    }
    if (failure.kind === "ambiguous") log.warn("slack-ambiguous");
    if (failure.kind === "wait") waits.hold(`${home} ${doing}`, failure.after);
    return resultOf(failure);
  };
}

/** The caller: a bot, or a home whose token is not yet known. */
type Caller = { readonly home: string; readonly token?: string };

type Attempt = { readonly key: string; readonly since: Temporal.Instant | undefined };

/** Remembers how long each place is rate limited. A full place does not delay the others. */
function createWaits(clock: Clock) {
  const until = new Map<string, Temporal.Instant>();
  return {
    hold: (place: string, duration: Temporal.Duration): void => void until.set(place, clock.now().add(duration)),
    /** The longest wait left among `places`. */
    left(places: readonly string[]): Temporal.Duration | undefined {
      const now = clock.now();
      for (const [place, end] of until) if (Temporal.Instant.compare(end, now) <= 0) until.delete(place);
      const left = places.flatMap((place) => until.get(place)?.since(now) ?? []);
      return left.toSorted(Temporal.Duration.compare).at(-1);
    },
  };
}

/** Cache of the channels between the bot and people, least recently used first. */
function createChannels({ client }: DirectMessagesOptions) {
  const known = createRecent<string>(maxChannels);
  const ask = async ({ token }: Bot, { user }: Someone): Promise<string> => {
    const { channel } = await client.conversations.open({ token, users: user });
    if (channel?.id) return channel.id;
    throw new Error("Open a channel: Slack must name it");
  };
  return {
    known: (someone: Someone): string => known.get(idOf(someone)) ?? "",
    lose: (someone: Someone): void => known.delete(idOf(someone)),
    async open(bot: Bot, someone: Someone): Promise<string> {
      const id = idOf(someone);
      const found = known.get(id) ?? (await ask(bot, someone));
      known.set(id, found);
      return found;
    },
  };
}
