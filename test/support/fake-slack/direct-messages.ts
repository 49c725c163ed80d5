/** Outbox messages over Slack: real store, real outbox, real SDK, and a clock that tests set. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { PlatformName, MessageId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { travelTo } from "#src/runtime/time-travel.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { idOf } from "../../../adapters/slack/ids.ts";
import { createSlack } from "../../../adapters/slack/index.ts";
import { temporaryFolder } from "../program.ts";
import { openSlack } from "./server.ts";
import type { Loose, Person, Seen, Slack } from "./types.ts";

/** A coach that sends. Its clock starts on a Wednesday noon in Berlin, a year before the machine's clock, which is Slack's. */
export type DirectMessageRun = {
  readonly slack: Slack;
  readonly logged: readonly { readonly event: string; readonly fields: LogFields }[];
  now(): Temporal.Instant;
  /** New people, Ann and Bo first. Each logs 20 minutes of strength, and then says `words`. */
  meet(count: number, ...words: readonly string[]): Promise<readonly Person[]>;
  /** The words of the answer to `text`. */
  hear(person: Person, text: string): Promise<string>;
  /** Connects the coach to Slack's events. */
  listen(): Promise<void>;
  /** Advances the clock. Nothing runs in between. */
  turn(duration: Temporal.DurationLike): void;
  /** Runs what is due now. */
  run(): Promise<void>;
  /** The same, but the process is killed after each message and stores no outcome. A new process starts. */
  runAndDie(): Promise<void>;
  /** Advances the clock, and runs everything at its due time. */
  pass(duration: Temporal.DurationLike): Promise<void>;
  /** Outbox messages of somebody, newest first, as "weekly suppressed closed". */
  endsOf(person: Person): Promise<readonly string[]>;
  /** How often the bot called each of `methods`. */
  asked(...methods: readonly string[]): readonly number[];
  /** Ends all faults, advances three days, and returns a sentence for each violation. */
  finish(): Promise<readonly string[]>;
};

/** Options: the deadline of a call in milliseconds, and a wrapper of Slack's address. */
export type DirectMessageRunOptions = { readonly deadline?: number; readonly through?: (slack: Slack) => Promise<string> };

const timeZone = "Europe/Berlin" as TimeZone;
const platform = "slack" as PlatformName;
/** More messages than anybody receives, and more than a page of the bot's own. */
const wholeHistory = 100;

/** The messages of the bot on somebody's screen. */
export function directMessagesOf({ screen, dm }: Person): readonly Seen[] {
  return screen(dm).filter(({ isFromBot }) => isFromBot);
}

/** Opens a Slack and a coach that sends over it. Both are closed after the test. */
export async function openDirectMessages({ deadline, through }: DirectMessageRunOptions = {}): Promise<DirectMessageRun> {
  const clock = createClock();
  const slack = await openSlack();
  onTestFinished(slack.close);
  const apiUrl = (await through?.(slack)) ?? slack.apiUrl;
  const logged: { event: string; fields: LogFields }[] = [];
  // Failed calls are also logged. Those lines have tests of their own.
  const note = (event: string, fields: LogFields = {}): void => void (event !== "slack-call-failed" && logged.push({ event, fields }));
  const path = join(temporaryFolder(), "coach.db");
  const start = (): ProcessRun => begin({ slack, apiUrl, deadline, path, clock, log: { info: note, warn: note, error: note } });
  let current = start();
  onTestFinished(() => {
    slack.heal();
    return current.end();
  });
  const people: Person[] = [];
  const pass: DirectMessageRun["pass"] = async (duration) =>
    void (await travelTo(clock.later(duration), { clock, store: current.store, run: current.run }));
  const deliveriesOf = async (person: Person): Promise<readonly DirectMessage[]> =>
    await findDeliveries(current.store, accountOf(slack, person));
  return {
    slack,
    logged,
    pass,
    now: clock.now,
    async meet(count, ...words) {
      const met = Array.from({ length: count }, (_, index) => slack.person(nameOf(people.length + index)));
      people.push(...met);
      for (const person of met) for (const text of ["20 strength", ...words]) await current.hear(person, text);
      return met;
    },
    hear: async (person, text) => await current.hear(person, text),
    listen: async () => await current.listen(),
    turn: (duration) => void clock.turnTo(clock.later(duration)),
    run: async () => await current.run(),
    async runAndDie() {
      current.forget();
      await current.run();
      await current.end();
      current = start();
    },
    endsOf: async (person) => (await deliveriesOf(person)).map(({ kind, state, reason }) => [kind, state, reason ?? ""].join(" ").trim()),
    asked: (...methods) => methods.map((method) => slack.calls(method).filter(({ body }) => Number(body["limit"]) !== wholeHistory).length),
    async finish() {
      slack.heal();
      await pass({ days: 3 });
      const checks = people.map(async (person) => checkOf(await deliveriesOf(person), await marksIn(slack, person)));
      return [...slack.problems, ...(await Promise.all(checks)).flat()];
    },
  };
}

/** A run on the morning of weekly feedback. */
export type Monday = DirectMessageRun & { readonly people: readonly Person[]; readonly ann: Person };

/** Monday 08:00, when weekly feedback is due for all `count` people. */
export async function monday(count = 1, options: DirectMessageRunOptions = {}): Promise<Monday> {
  const setup = await openDirectMessages(options);
  const people = await setup.meet(count, "/settings nudges off");
  setup.turn({ days: 4, hours: 20 });
  return { ...setup, people, ann: setup.slack.person("ann") };
}

/** The events logged, in order. */
export function eventsOf({ logged }: DirectMessageRun): readonly string[] {
  return logged.map(({ event }) => event);
}

function nameOf(place: number): string {
  return ["ann", "bo"][place] ?? `person ${place}`;
}

function accountOf({ teamId }: Slack, { id }: Person) {
  return { platform, id: idOf({ home: teamId, user: id }), name: id };
}

function createClock() {
  let now = Temporal.Instant.from("2025-11-26T11:00:00Z");
  return {
    now: () => now,
    later: (duration: Temporal.DurationLike) => now.toZonedDateTimeISO(timeZone).add(duration).toInstant(),
    turnTo(instant: Temporal.Instant): boolean {
      now = instant;
      return true;
    },
  };
}

async function findDeliveries(store: Store, account: ReturnType<typeof accountOf>): Promise<readonly DirectMessage[]> {
  const found = await store.findUser(account);
  return found ? await store.deliveries(found.user.id, 100) : [];
}

type Ground = Pick<Parameters<typeof createSlack>[0], "apiUrl" | "deadline" | "clock" | "log"> & {
  readonly slack: Slack;
  readonly path: string;
};

/** One process of the coach. */
type ProcessRun = {
  readonly store: Store;
  hear(person: Person, text: string): Promise<string>;
  listen(): Promise<void>;
  run(): Promise<void>;
  /** From now on, no outcome is stored. */
  forget(): void;
  end(): Promise<void>;
};

let sources = 0;

function begin({ slack, apiUrl, deadline, path, clock, log }: Ground): ProcessRun {
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
  const { botToken, appToken } = slack;
  const adapter = createSlack({ botToken, appToken, apiUrl, deadline, prefix: "", clock, log, renderPng, tell: () => undefined });
  const outbox = createOutbox({ ...deps, adapters: new Map([[platform, adapter]]), random: () => 0.5 });
  return {
    store,
    async hear(person, text) {
      const account = accountOf(slack, person);
      const surface = { platform, address: account.id, reach: "direct" } as const;
      const reply = await coach.handle({ source: freshId() as MessageId, account, surface, text });
      return plainText(reply ?? { blocks: [] });
    },
    listen: async () => await adapter.start(coach),
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

/** The marks of the bot's messages in somebody's direct conversation. */
async function marksIn({ apiUrl, botToken }: Slack, { dm: channel }: Person): Promise<readonly string[]> {
  const headers = { authorization: `Bearer ${botToken}`, "content-type": "application/json" };
  const body = JSON.stringify({ channel, limit: wholeHistory, include_all_metadata: true });
  const response = await fetch(`${apiUrl}conversations.history`, { method: "POST", headers, body });
  const { messages } = (await response.json()) as { readonly messages: readonly Loose[] };
  return messages.flatMap(({ metadata }) => {
    const { event_payload: payload } = (metadata ?? {}) as { readonly event_payload?: Loose };
    return payload?.["part"] === 0 ? [String(payload["key"])] : [];
  });
}

const ends = new Set<DirectMessage["state"]>(["sent", "expired", "suppressed", "parked", "unknown"]);

/** A sentence for each violation in one person's messages. */
function checkOf(deliveries: readonly DirectMessage[], marks: readonly string[]): readonly string[] {
  const markOf = ({ key }: DirectMessage): string => createHash("sha256").update(key).digest("base64url");
  const known = new Set(deliveries.map(markOf));
  const wrong = deliveries.flatMap((delivery) => {
    const { key, state, nextAt, endedAt } = delivery;
    const count = marks.filter((mark) => mark === markOf(delivery)).length;
    const isRight = state === "sent" ? count === 1 : count === 0 || (state === "unknown" && count === 1);
    return [
      ...(ends.has(state) && endedAt && !nextAt ? [] : [`"${key}" has not ended: it is ${state}`]),
      ...(isRight ? [] : [`"${key}" is ${state}, and is seen ${count} times`]),
    ];
  });
  return [...wrong, ...marks.filter((mark) => !known.has(mark)).map((mark) => `a message marked ${mark} belongs to no delivery`)];
}
