/** Direct messages: what the coach says unasked, and answers that only one person may read. */

import { REST, RESTEvents, Routes } from "discord.js";
import { placeOf } from "#core/place.ts";
import type { Reply } from "#core/reply.ts";
import type { Clock, SendResult } from "#src/ports.ts";
import { classify, type Failure } from "./failure.ts";
import { type Desk, type Letter, postAll, writeLetters } from "./letter.ts";

/** What mail is sent with. */
export type MailOptions = Desk & {
  readonly token: string;
  /** Of the REST API, without its version; Discord's own when undefined. */
  readonly apiUrl: string | undefined;
  readonly clock: Clock;
};

/** Sends direct messages. */
export type Mail = {
  /** Says `reply` to the person behind the account `id`. The same `key` is the same message, for as long as Discord knows it. */
  send(id: string, reply: Reply, key: string): Promise<SendResult>;
  /** Ends the timers that it holds. */
  close(): void;
};

/** Half of what Discord allows: answers come first, and nobody's limit is to be tried out. */
const perSecond = 25;
/** A wait that is longer is the outbox's to wait. */
const shortWait = 2000;
/** Requests that Discord refuses, in ten minutes: it bars addresses at 10,000. */
const mostRefused = 2000;
/** When a token that was refused may be tried again: somebody has to put in another one. */
const barredFor = Temporal.Duration.from({ hours: 1 });
/** When something may be sent again after Discord wanted less of it. */
const hushedFor = Temporal.Duration.from({ hours: 6 });
/** A channel that stays astray for so long does not come back. */
const astrayFor = Temporal.Duration.from({ hours: 1 });
/** How many channels are known by heart. */
const mostChannels = 5000;

/** Mail over `options`. */
export function createMail(options: MailOptions): Mail {
  const { log, token } = options;
  const rest = createRest(options);
  const brake = createBrake(options);
  const channels = createChannels(rest, options.clock);
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) => {
    if (count >= mostRefused) brake.stop(Temporal.Duration.from({ milliseconds: Math.ceil(remainingTime) }), "discord-refusals");
  });
  const judge = (error: unknown, id: string): SendResult => {
    const failure = classify(error);
    if (failure.kind === "astray" && channels.lose(id)) return { kind: "closed" };
    if (failure.kind === "barred") brake.stop(barredFor, "discord-token-refused");
    if (failure.kind === "hush") brake.stop(hushedFor, "discord-hushed");
    if (failure.kind === "unheard") log.warn("discord-unheard", placeOf(error));
    return resultOf(failure);
  };
  const post = async (id: string, letters: readonly Letter[], key: string): Promise<SendResult> => {
    const opened = await channels.open(id).catch((error: unknown) => unopened(judge(error, id)));
    if (typeof opened !== "string") return opened;
    try {
      await postAll(rest, opened, letters, { key });
      channels.find(id);
      return { kind: "sent" };
    } catch (error) {
      return judge(error, id);
    }
  };
  return {
    async send(id, reply, key) {
      const after = brake.left();
      if (after) return { kind: "later", after };
      // The SDK forgets its token after one 401, which may have been a false one.
      rest.setToken(token);
      const letters = await writeLetters(reply, options);
      const wasKnown = channels.isKnown(id);
      const result = await post(id, letters, key);
      // Of a channel that was known from before it is no news that it is gone: it is opened anew, once.
      return wasKnown && !channels.isKnown(id) ? await post(id, letters, key) : result;
    },
    close() {
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
    },
  };
}

/** Holds back all that is to be sent, for a time. */
function createBrake({ clock, log }: Pick<MailOptions, "clock" | "log">) {
  let until = clock.now();
  return {
    stop(duration: Temporal.Duration, event: string): void {
      until = clock.now().add(duration);
      log.error(event, { minutes: Math.ceil(duration.total("minutes")) });
    },
    /** How long nothing goes out yet; undefined when all does. */
    left(): Temporal.Duration | undefined {
      const left = clock.now().until(until);
      return left.sign > 0 ? left : undefined;
    },
  };
}

/** Of its own, so that nobody's answer waits behind what is sent unasked. */
function createRest({ token, apiUrl }: MailOptions): REST {
  return new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    // The outbox tries again, and keeps count.
    retries: 0,
    timeout: 8000,
    globalRequestsPerSecond: perSecond,
    rejectOnRateLimit: ({ timeToReset }) => timeToReset > shortWait,
    invalidRequestWarningInterval: 100,
  }).setToken(token);
}

/** What a failure means to the outbox. */
function resultOf(failure: Failure): SendResult {
  switch (failure.kind) {
    case "wait":
      return { kind: "later", after: failure.after };
    case "barred":
      return { kind: "later", after: barredFor };
    case "hush":
      return { kind: "later", after: hushedFor };
    case "unsent":
    case "astray":
      return { kind: "later" };
    case "done":
      return { kind: "sent" };
    case "unheard":
      return { kind: "unknown" };
    case "closed":
    case "refused":
      return failure;
    case "over":
      return { kind: "refused", code: "over" };
  }
}

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
