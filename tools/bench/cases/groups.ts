/** Boards and round-ups for groups of 5, 50 and 500 members: how their cost grows, and how many statements they take. */

import { join } from "node:path";
import type { ActivityId, Address, GroupId, Minutes, PlatformName, SessionId, MessageId, UserId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import { type Group, defaultRoundUp } from "#core/model/group.ts";
import { createUser } from "#core/model/user.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { connectSqlite, createSqliteStore } from "#src/store/sqlite/open.ts";
import { type Contender, microsecondsOf, ratioOf, runPaired, type Spread } from "../support/measure.ts";
import type { Findings, Run } from "../support/run.ts";
import { atMost, type Line } from "../support/table.ts";

const sizes = [5, 50, 500] as const;
const platform = "bench" as PlatformName;
const timeZone = "Europe/Berlin" as TimeZone;
const monday = Temporal.Instant.from("2026-11-30T08:00:00Z");
const week = Temporal.PlainDate.from("2026-11-23");
/** Sessions of each member: three a week, in the six weeks of the board and half a year before. */
const sessionsEach = 96;
const boards = 20;

type Measure = "board" | "round-up";
type Kind = `${number} members`;

/** Measures boards and round-ups. */
export async function benchGroups({ folder, isQuick, say }: Run): Promise<Findings> {
  say("groups of 5, 50 and 500 members");
  let statements = 0;
  const { client } = connectSqlite({ path: join(folder, "groups.db"), trace: () => (statements += 1) });
  const store = createSqliteStore(client);
  for (const size of sizes) await fill(store, size);
  const counts = new Map<string, number>();
  const counted = async (name: string, work: () => Promise<unknown>): Promise<void> => {
    const before = statements;
    await work();
    counts.set(name, statements - before);
  };
  const contenders = sizes.map((size): Contender<Measure> => {
    const group = aGroupOf(store, size);
    return {
      name: nameOf(size),
      async run(round) {
        await counted(`board ${size}`, () => group.board(`count ${round}`));
        const board = await microsecondsOf(boards, (index) => group.board(`${round} ${index}`));
        await group.prepare(round);
        let took = 0;
        await counted(`round-up ${size}`, async () => (took = (await microsecondsOf(1, group.roundUp)).typical));
        return { board: board.typical, "round-up": took };
      },
    };
  });
  const costs = await runPaired(contenders, { warmUp: 3, timed: isQuick ? 7 : 25 });
  await store.close();
  const growth = (measure: Measure, size: number, from: number): Line => ({
    name: `A ${measure}, for each of ${size} members`,
    against: `each of ${from}`,
    figure: eachOf(ratioOf(costs, measure, nameOf(size), nameOf(from)), size / from),
    unit: "×",
    target: atMost(tie),
  });
  const count = (measure: Measure): Line => ({
    name: `Statements of a ${measure} of a group of 500`,
    against: "of 5",
    figure: always((counts.get(`${measure} 500`) ?? Number.NaN) - (counts.get(`${measure} 5`) ?? Number.NaN)),
    unit: " more",
    target: atMost(0),
  });
  const lines = (["board", "round-up"] as const).flatMap((measure) => [growth(measure, 50, 5), growth(measure, 500, 50), count(measure)]);
  const said = sizes.map((size) => {
    const median = (measure: Measure): string =>
      `${Math.round(middle(costs.get(nameOf(size))?.map((cost) => cost[measure]) ?? []) / 10) / 100} ms`;
    return `${size} members: ${median("board")} and ${counts.get(`board ${size}`)} statements a board, ${median("round-up")} and ${counts.get(`round-up ${size}`)} a round-up`;
  });
  return { lines, notes: [`Groups, each member with ${sessionsEach} sessions. ${said.join("; ")}.`] };
}

/** The most that a member may cost in a larger group, as a ratio. Differences below a quarter count as ties. */
const tie = 1.25;

function eachOf({ median, low, high }: Spread, members: number): Spread {
  return { median: median / members, low: low / members, high: high / members };
}

function nameOf(size: number): Kind {
  return `${size} members`;
}

function always(value: number): Spread {
  return { median: value, low: value, high: value };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function groupOf(size: number): Group {
  const createdAt = monday.subtract({ hours: 24 * 365 });
  return {
    id: `group-${size}` as GroupId,
    name: `Crew of ${size}`,
    createdAt,
    timeZone,
    firstDay: 1,
    roundUp: defaultRoundUp,
    checkIn: undefined,
  };
}

async function fill(store: Store, size: number): Promise<void> {
  const group = groupOf(size);
  await store.commit([{ kind: "group-saved", group }]);
  for (let index = 0; index < size; index += 1) {
    const user = createUser(`${size}-${index}` as UserId, timeZone, group.createdAt);
    const account = { platform, id: user.id, name: `Member ${index}` };
    const sessions = Array.from({ length: sessionsEach }, (_, session): Change => {
      const day = week.add({ days: 6 }).subtract({ days: 2 * session + (index % 2) });
      const loggedAt = day.toZonedDateTime("UTC").toInstant();
      return {
        kind: "session-logged",
        session: {
          id: `${size}-${index}-${session}` as SessionId,
          userId: user.id,
          activity: "strength" as ActivityId,
          intensity: "moderate",
          minutes: (5 + ((index + session) % 30)) as Minutes,
          shares: { strength: 1, aerobic: 0 },
          day,
          loggedAt,
        },
      };
    });
    const member = {
      groupId: group.id,
      userId: user.id,
      name: account.name,
      share: "status",
      joinedAt: group.createdAt,
      restsOn: undefined,
    } as const;
    await store.commit([
      { kind: "user-saved", user },
      { kind: "account-linked", account, userId: user.id },
      { kind: "member-joined", member },
      ...sessions,
    ]);
  }
}

/** One group of `size` members, with a board on demand and a round-up. */
function aGroupOf(store: Store, size: number) {
  const group = groupOf(size);
  const clock = { now: () => monday };
  const log = { info: () => undefined, warn: fail, error: fail };
  let ids = 0;
  const coach = createCoach({ store, clock, log, freshId: () => `id-${(ids += 1)}`, timeZone, jitter: 0 });
  let posted = 0;
  const adapter: Adapter = {
    async start() {},
    async send() {
      posted += 1;
      return { kind: "sent", message: String(posted) };
    },
    edit: async () => fail("edit"),
    remove: async () => fail("remove"),
    recognisesFor: Temporal.Duration.from({ seconds: 0 }),
    ended: Promise.resolve(),
    async stop() {},
  };
  const outbox = createOutbox({ store, clock, log, adapters: new Map([[platform, adapter]]), random: () => 0.5 });
  const account = { platform, id: `${size}-0`, name: "Member 0" };
  const surface = { platform, address: account.id as Address, reach: "direct" } as const;
  const placeIn = (round: number) => ({ platform, address: `channel ${size} ${round}` as Address });
  return {
    async board(source: string): Promise<void> {
      const reply = await coach.handle({ source: `${size} ${source}` as MessageId, account, surface, text: "/group board" });
      if (!reply?.blocks.some(({ kind }) => kind === "facts")) fail("board");
    },
    /** Uses a new channel each round, so that earlier posts have no effect. */
    async prepare(round: number): Promise<void> {
      await store.commit([
        { kind: "group-prompt-set", prompt: { groupId: group.id, kind: "round-up", dueAt: monday, weekStart: week } },
        { kind: "channel-freed", channel: placeIn(round - 1) },
        { kind: "channel-bound", channel: { ref: placeIn(round), groupId: group.id, status: "open", boundBy: undefined } },
      ]);
    },
    async roundUp(): Promise<void> {
      const before = posted;
      await coach.evaluateDuePrompts();
      await outbox.deliver();
      if (posted !== before + 1) fail("round-up");
    },
  };
}

function fail(...why: readonly unknown[]): never {
  throw new Error(`Measure groups: ${JSON.stringify(why)}`);
}
