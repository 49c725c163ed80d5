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
/** How many channels are known by heart. */
const mostChannels = 5000;

/** Mail over `options`. */
export function createMail(options: MailOptions): Mail {
  const { clock, log } = options;
  const rest = createRest(options);
  const channels = createChannels(rest);
  let stoppedUntil: Temporal.Instant | undefined;
  const stopFor = (duration: Temporal.Duration, event: string): void => {
    stoppedUntil = clock.now().add(duration);
    log.error(event, { minutes: Math.ceil(duration.total("minutes")) });
  };
  rest.on(RESTEvents.InvalidRequestWarning, ({ count, remainingTime }) => {
    if (count >= mostRefused) stopFor(Temporal.Duration.from({ milliseconds: Math.ceil(remainingTime) }), "discord-refusals");
  });
  const judge = (error: unknown, id: string): SendResult => {
    const failure = classify(error);
    if (failure.kind === "astray") channels.forget(id);
    if (failure.kind === "barred") stopFor(barredFor, "discord-token-refused");
    if (failure.kind === "unheard") log.warn("discord-unheard", placeOf(error));
    return resultOf(failure);
  };
  const post = async (id: string, letters: readonly Letter[], key: string): Promise<SendResult> => {
    const opened = await channels.open(id).catch((error: unknown) => unopened(judge(error, id)));
    if (typeof opened !== "string") return opened;
    try {
      await postAll(rest, opened, letters, { key });
      return { kind: "sent" };
    } catch (error) {
      return judge(error, id);
    }
  };
  return {
    async send(id, reply, key) {
      const now = clock.now();
      if (stoppedUntil && Temporal.Instant.compare(now, stoppedUntil) < 0) return { kind: "later", after: now.until(stoppedUntil) };
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
function createChannels(rest: REST) {
  const known = new Map<string, string>();
  return {
    isKnown: (id: string): boolean => known.has(id),
    forget: (id: string): void => void known.delete(id),
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
