/** Direct messages: what the coach says unasked, and answers that have no other way to their person. */

import type { Reply } from "#core/model/reply.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { barredFor, classify, type Failure, resultOf } from "./errors.ts";
import { lookFor, postAll } from "./find-sent.ts";
import { absentFor, type Tokens } from "./http/bot-tokens.ts";
import { type Bot, idOf, type Someone, someoneOf } from "./ids.ts";
import type { People } from "./profiles.ts";
import type { Desk } from "./render/attachments.ts";

/** What mail is sent with. */
export type MailOptions = Desk & {
  readonly clock: Clock;
  readonly tokens: Tokens;
  readonly people: People;
};

/** Sends direct messages. */
export type Mail = {
  /** Says `reply` to the person behind the account `id`. Where a try of `key` since `since` may have arrived, it is looked for first. */
  send(id: string, reply: Reply, key: string, since?: Temporal.Instant): Promise<SendResult>;
};

/** How many channels are known by heart. */
const mostChannels = 5000;

/** Mail over `options`. */
export function createMail(options: MailOptions): Mail {
  const channels = createChannels(options);
  const waits = createWaits(options.clock);
  const heed = createHeed(options, waits);
  const judge = async (error: unknown, caller: Caller, doing: string): Promise<SendResult> => await heed(classify(error), caller, doing);
  const deliver = async (bot: Bot, someone: Someone, reply: Reply, { key, since }: Try): Promise<SendResult> => {
    let doing = "users.info";
    try {
      if ((await options.people.ask(bot, someone)).isGone) return { kind: "closed" };
      doing = "conversations.open";
      const channel = await channels.open(bot, someone);
      doing = "conversations.history";
      const arrived = since ? await lookFor(options, bot, channel, { key, since }) : new Set<number>();
      if (arrived === "beyond") return { kind: "refused", code: "too-much-since" };
      doing = channel;
      const shown = await postAll(options, { bot, channel, key, arrived }, reply);
      if (shown.kind === "shown") return { kind: "sent" };
      if (shown.kind === "astray") channels.lose(someone);
      return await heed(shown, bot, doing);
    } catch (error) {
      // Nothing was said yet, so nothing is in doubt.
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
      const barred = waits.left([bot.token]);
      if (barred) return { kind: "later", after: barred };
      const wasKnown = channels.known(someone) !== "";
      const result = await deliver(bot, someone, reply, { key, since });
      // Of a channel that was known from before it is no news that it is gone: it is opened anew, once.
      return wasKnown && channels.known(someone) === "" ? await deliver(bot, someone, reply, { key, since }) : result;
    },
  };
}

type Heed = (failure: Failure, caller: Caller, doing: string) => Promise<SendResult>;

/** What a failure means to the outbox. What Slack wants to be left alone is; a token that it refuses is looked at. */
function createHeed({ tokens, log }: MailOptions, waits: ReturnType<typeof createWaits>): Heed {
  return async (failure, { home, token }, doing) => {
    if (failure.kind === "barred") {
      waits.hold(token ?? `${home} ${doing}`, barredFor);
      await tokens.check(home);
    }
    if (failure.kind === "unheard") log.warn("slack-unheard");
    if (failure.kind === "wait") waits.hold(`${home} ${doing}`, failure.after);
    return resultOf(failure);
  };
}

/** Who calls: a bot, or nobody yet whose token is known. */
type Caller = { readonly home: string; readonly token?: string };

type Try = { readonly key: string; readonly since: Temporal.Instant | undefined };

/** How long each place is to be left alone: one that is full holds up no other. */
function createWaits(clock: Clock) {
  const until = new Map<string, Temporal.Instant>();
  return {
    hold: (place: string, duration: Temporal.Duration): void => void until.set(place, clock.now().add(duration)),
    /** The longest that is left at one of `places`. */
    left(places: readonly string[]): Temporal.Duration | undefined {
      const now = clock.now();
      for (const [place, end] of until) if (Temporal.Instant.compare(end, now) <= 0) until.delete(place);
      const left = places.flatMap((place) => until.get(place)?.since(now) ?? []);
      return left.toSorted(Temporal.Duration.compare).at(-1);
    },
  };
}

/** The channels between the bot and people, the latest used last. */
function createChannels({ client }: MailOptions) {
  const known = new Map<string, string>();
  const ask = async ({ token }: Bot, { user }: Someone): Promise<string> => {
    const { channel } = await client.conversations.open({ token, users: user });
    if (channel?.id) return channel.id;
    throw new Error("Open a channel: Slack must name it");
  };
  return {
    known: (someone: Someone): string => known.get(idOf(someone)) ?? "",
    lose: (someone: Someone): void => void known.delete(idOf(someone)),
    async open(bot: Bot, someone: Someone): Promise<string> {
      const id = idOf(someone);
      const found = known.get(id) ?? (await ask(bot, someone));
      known.delete(id);
      known.set(id, found);
      for (const oldest of known.keys()) if (known.size > mostChannels) known.delete(oldest);
      return found;
    },
  };
}
