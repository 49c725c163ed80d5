/** Outbox messages over Discord, without a gateway: real store, real outbox, real SDK, and a clock that tests set. */

import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { travelTo } from "#src/runtime/time-travel.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { nonceOf } from "../../../adapters/discord/render/attachments.ts";
import { temporaryFolder } from "../program.ts";
import { openDiscord } from "./server.ts";
import type { Discord, Person, RequestSeen, Seen } from "./types.ts";

/** A coach that only sends. Its clock is Discord's too, and starts on a Wednesday noon in Berlin. */
export type DirectMessageRun = {
  readonly discord: Discord;
  readonly logged: readonly { readonly event: string; readonly fields: LogFields }[];
  now(): Temporal.Instant;
  /** New people. Each logs 20 minutes of strength, and then says `words`. */
  meet(count: number, ...words: readonly string[]): Promise<readonly Person[]>;
  /** The words of the answer to `text`. */
  hear(person: Person, text: string): Promise<string>;
  /** Advances the clock. Nothing runs in between. */
  turn(duration: Temporal.DurationLike): void;
  /** Runs what is due now. */
  run(): Promise<void>;
  /** The same, but the process is killed after each message and stores no outcome. A new process starts. */
  runAndDie(): Promise<void>;
  /** Advances the clock, and runs everything at its due time. */
  pass(duration: Temporal.DurationLike): Promise<void>;
  /** Outbox messages of somebody, newest first. */
  deliveriesOf(person: Person): Promise<readonly DirectMessage[]>;
  /** The same as text, such as "weekly suppressed closed". */
  endsOf(person: Person): Promise<readonly string[]>;
  /** Requests that open a channel, and requests that post a message. */
  opened(): readonly RequestSeen[];
  posted(): readonly RequestSeen[];
  /** Ends all faults, advances three days, and returns a sentence for each violation. */
  finish(): Promise<readonly string[]>;
};

/** Requests that open a channel. */
export const opening = { method: "POST", path: /^\/users\/@me\/channels$/u };
/** Requests that post a message. */
export const posting = { method: "POST", path: /^\/channels\/\d+\/messages$/u };

const timeZone = "Europe/Berlin" as TimeZone;
const platform = "discord" as PlatformName;
/** Exactly the window that the adapter assumes. */
const nonceWindow = Temporal.Duration.from({ minutes: 2 });

/** The messages of the bot on somebody's screen. */
export function directMessagesOf({ screen, dm }: Person): readonly Seen[] {
  return screen(dm).filter(({ isFromBot }) => isFromBot);
}

/** Opens a Discord and a coach that sends over it. Both are closed after the test. */
export async function openDirectMessages(): Promise<DirectMessageRun> {
  const clock = createClock();
  const discord = await openDiscord({ now: clock.now, nonceWindow });
  onTestFinished(discord.close);
  const logged: { event: string; fields: LogFields }[] = [];
  // Failed requests are also logged. Those lines have tests of their own.
  const note = (event: string, fields: LogFields = {}): void => void (event !== "discord-request-failed" && logged.push({ event, fields }));
  const path = join(temporaryFolder(), "coach.db");
  const start = (): Life => begin({ discord, path, clock, log: { info: note, warn: note, error: note } });
  let current = start();
  onTestFinished(() => current.end());
  const people: Person[] = [];
  const pass: DirectMessageRun["pass"] = async (duration) =>
    void (await travelTo(clock.later(duration), { clock, store: current.store, run: current.run }));
  const looks = createLooks(discord, () => current.store);
  return {
    discord,
    logged,
    pass,
    ...looks,
    now: clock.now,
    async meet(count, ...words) {
      const met = Array.from({ length: count }, (_, index) => discord.person(`person ${people.length + index}`));
      people.push(...met);
      for (const person of met) for (const text of ["20 strength", ...words]) await current.hear(person, text);
      return met;
    },
    hear: async (person, text) => await current.hear(person, text),
    turn: (duration) => void clock.turnTo(clock.later(duration)),
    run: async () => await current.run(),
    async runAndDie() {
      current.forget();
      await current.run();
      await current.end();
      current = start();
    },
    async finish() {
      discord.heal();
      await pass({ days: 3 });
      const checks = people.map(async (person) => ({ mail: directMessagesOf(person), deliveries: await looks.deliveriesOf(person) }));
      return [...discord.problems, ...faultsOf(await Promise.all(checks), looks.posted())];
    },
  };
}

/** A run on the morning of weekly feedback. */
export type Monday = DirectMessageRun & { readonly people: readonly Person[]; readonly ann: Person };

/** Monday 08:00, when weekly feedback is due for all `count` people. */
export async function monday(count = 1): Promise<Monday> {
  const setup = await openDirectMessages();
  const people = await setup.meet(count, "/settings nudges off");
  setup.turn({ days: 4, hours: 20 });
  return { ...setup, people, ann: setup.discord.person("person 0") };
}

/** The events logged, in order. */
export function eventsOf({ logged }: DirectMessageRun): readonly string[] {
  return logged.map(({ event }) => event);
}

/** The number of messages on the screen of each of `people`. */
export function readings(people: readonly Person[]): readonly number[] {
  return people.map((person) => directMessagesOf(person).length);
}

/** One message for each of `people`. */
export function once(people: readonly Person[]): readonly number[] {
  return people.map(() => 1);
}

function createClock() {
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  return {
    now: () => now,
    later: (duration: Temporal.DurationLike) => now.toZonedDateTimeISO(timeZone).add(duration).toInstant(),
    turnTo(instant: Temporal.Instant): boolean {
      now = instant;
      return true;
    },
  };
}

/** Queries of outbox messages and requests. */
function createLooks(discord: Discord, store: () => Store): Pick<DirectMessageRun, "deliveriesOf" | "endsOf" | "opened" | "posted"> {
  const asked = ({ method, path }: typeof opening): readonly RequestSeen[] =>
    discord.requests.filter((request) => request.method === method && path.test(request.path));
  const deliveriesOf: DirectMessageRun["deliveriesOf"] = async ({ id, name }) => {
    const found = await store().findUser({ platform, id, name });
    return found ? await store().deliveries(found.user.id, 100) : [];
  };
  return {
    deliveriesOf,
    endsOf: async (person) => (await deliveriesOf(person)).map(({ kind, state, reason }) => [kind, state, reason ?? ""].join(" ").trim()),
    opened: () => asked(opening),
    posted: () => asked(posting),
  };
}

type Ground = Pick<Parameters<typeof createDiscord>[0], "clock" | "log"> & { readonly discord: Discord; readonly path: string };

/** One process of the coach. */
type Life = {
  readonly store: Store;
  hear(person: Person, text: string): Promise<string>;
  run(): Promise<void>;
  /** From now on, no outcome is stored. */
  forget(): void;
  end(): Promise<void>;
};

let sources = 0;

function begin({ discord, path, clock, log }: Ground): Life {
  const { store } = openSqlite({ path });
  let isDying = false;
  const mortal: Store = {
    ...store,
    commit: async (changes) => (isDying && changes[0]?.kind === "delivery-ended" ? "done" : await store.commit(changes)),
  };
  const freshId = (): string => `id-${String((sources += 1)).padStart(6, "0")}`;
  const deps = { store: mortal, clock, log, freshId, timeZone, jitter: 0 };
  const coach = createCoach(deps);
  const renderPng = async (): Promise<Uint8Array> => new Uint8Array([137, 80, 78, 71]);
  const { token, apiUrl } = discord;
  const adapter = createDiscord({ token, apiUrl, clock, log, renderPng, tell: () => undefined });
  const outbox = createOutbox({ ...deps, adapters: new Map([[platform, adapter]]), random: () => 0.5 });
  return {
    store,
    async hear({ id, name }, text) {
      const surface = { platform, address: id as Address, reach: "direct" } as const;
      const reply = await coach.handle({ source: freshId() as MessageId, account: { platform, id, name }, surface, text });
      return plainText(reply ?? { blocks: [] });
    },
    async run() {
      await coach.evaluateDuePrompts();
      await outbox.deliver();
    },
    forget: () => void (isDying = true),
    async end() {
      await adapter.stop();
      await store.close();
    },
  };
}

/** A person's screen, and their outbox messages. */
type Check = { readonly mail: readonly Seen[]; readonly deliveries: readonly DirectMessage[] };

const ends = new Set<DirectMessage["state"]>(["sent", "expired", "suppressed", "parked", "unknown"]);

/** A sentence for each violation. `posted` are all posts to Discord. */
function faultsOf(checks: readonly Check[], posted: readonly RequestSeen[]): readonly string[] {
  return [...checks.flatMap((check) => [...endFaults(check), ...twiceFaults(check), ...strangeFaults(check)]), ...nonceFaults(posted)];
}

function endFaults({ mail, deliveries }: Check): readonly string[] {
  return deliveries.flatMap(({ key, state, nextAt, endedAt }) => {
    const count = mail.filter(({ nonce }) => nonce === nonceOf(key)).length;
    const isRight = state === "sent" ? count === 1 : count === 0 || (state === "unknown" && count === 1);
    return [
      ...(ends.has(state) && endedAt && !nextAt ? [] : [`"${key}" has not ended: it is ${state}`]),
      ...(isRight ? [] : [`"${key}" is ${state}, and is seen ${count} times`]),
    ];
  });
}

/** Violations of the rule: one message of a kind a week, or a day. */
function twiceFaults({ deliveries }: Check): readonly string[] {
  const periods = Map.groupBy(deliveries, ({ userId, kind, localDate: on }) => `${userId} ${kind} ${on.toString()}`);
  return [...periods].filter(([, { length }]) => length > 1).map(([period, { length }]) => `${period} has ${length} deliveries`);
}

function strangeFaults({ mail, deliveries }: Check): readonly string[] {
  const known = new Set<string | undefined>(deliveries.map(({ key }) => nonceOf(key)));
  return mail.filter(({ nonce }) => !known.has(nonce)).map(({ nonce }) => `a message with the nonce ${nonce} belongs to no delivery`);
}

/** Violations of Discord's nonce rules: at most 25 characters, and unique across all channels. */
function nonceFaults(posted: readonly RequestSeen[]): readonly string[] {
  const channels = Map.groupBy(posted, ({ body }) => (body as { readonly nonce: string }).nonce);
  return [...channels].flatMap(([nonce, requests]) => [
    ...(/^[a-z0-9]{1,25}$/u.test(nonce) ? [] : [`the nonce ${nonce} is none that Discord takes`]),
    ...(new Set(requests.map(({ path }) => path)).size === 1 ? [] : [`the nonce ${nonce} is used in several channels`]),
  ]);
}
