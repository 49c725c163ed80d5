/** Lives that end anywhere, a platform that answers anything, and clocks that are set: nothing is lost, nothing comes twice, and everything ends. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { type Fault, faulty } from "./faults.ts";
import { platform } from "./process.ts";
import { crashPoints } from "./crash-points.ts";
import { type Answer, answers, createDeliverySetup, failing, type DeliverySetup } from "./setup.ts";

const people = ["ann", "ben", "cleo"] as const;

/** Something that happens to the setup. */
type Step = { readonly said: string; readonly happens: (setup: DeliverySetup) => Promise<unknown> | void };

const step = (said: string, happens: Step["happens"]): Step => ({ said, happens });

const words = [
  "20 strength",
  "30 walk yesterday",
  "/undo",
  "/stop",
  "/resume",
  "/pause 3d",
  "/settings feedback thursday 18:00",
  "/settings feedback monday 08:00",
  "/settings quiet hours 20:00-09:00",
  "/settings quiet hours off",
  "/plan 3x15 mon wed fri",
  "/settings training nudges on",
] as const;

/** A platform that forgets does so by its own clock: where ours is set back, or a process stands still for long, nobody can tell. */
const steps = (canForget: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.integer({ min: 1, max: 4000 }).map((minutes) => step(`pass ${minutes}`, (setup) => setup.pass({ minutes }))),
    },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 90 }).map((hours) => step(`skip ${hours}`, (setup) => setup.skip({ hours }))) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...people), fc.constantFrom(...words))
        .map(([name, text]) => step(`${name}: ${text}`, (setup) => setup.hear(name, text))),
    },
    {
      weight: 4,
      arbitrary: fc
        .array(fc.constantFrom<Answer[]>(...answers), { minLength: 1, maxLength: 5 })
        .map((next) => step(`answer ${next.join()}`, (setup) => setup.answer(...next))),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...crashPoints),
          fc.integer({ min: 1, max: 3 }),
          fc.constantFrom(...(canForget ? [] : ["stand" as const]), "die" as const),
        )
        .map(([crashPoint, passage, how]) => step(`${how} at ${crashPoint} ${passage}`, (setup) => setup.stopAt(crashPoint, passage, how))),
    },
    { weight: 2, arbitrary: fc.constant(step("go on", (setup) => setup.goOn())) },
    { weight: 2, arbitrary: fc.constantFrom(...failing).map((what) => step(`fail at ${what}`, (setup) => setup.failAt(what))) },
    {
      weight: 1,
      arbitrary: fc
        .integer({ min: canForget ? 1 : -7200, max: 7200 })
        .map((seconds) => step(`set the clock by ${seconds}`, (setup) => setup.setClock({ seconds }))),
    },
  );

const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const stores = {
  memory: { open: createMemoryStore, runs: 150 },
  sqlite: { open: () => openSqlite({ path: join(folder, `${(files += 1)}.db`), synchronous: "NORMAL" }).store, runs: 10 },
} as const;

/** For how long a key is known again, and whether one is forgotten that was known. */
const platforms: readonly (readonly [name: string, recognisesFor: Temporal.DurationLike, canForget: boolean])[] = [
  ["never", { seconds: 0 }, false],
  ["for three minutes", { minutes: 3 }, true],
  ["for a long time", { hours: 10_000 }, false],
];

/** What must hold of every history, over the stores that `open` gives. */
function property(open: () => Store, recognisesFor: Temporal.DurationLike, canForget: boolean): fc.IAsyncProperty<[Step[]]> {
  return fc.asyncProperty(fc.array(steps(canForget), { minLength: 3, maxLength: 25 }), async (history) => {
    const store = open();
    const setup = createDeliverySetup(store, Temporal.Duration.from(recognisesFor));
    const said = history.map((step) => step.said);
    for (const name of people) await setup.hear(name, "20 strength");
    for (const { happens } of history) await happens(setup);
    // From here on all goes well.
    await setup.goOn();
    setup.answer();
    await setup.pass({ hours: 24 * 5 });
    const faults = await faultsIn(setup, store, said);
    await store.close();
    if (faults.length > 0) throw new Error(`${faults.join("\n")}\nafter\n${said.join("\n")}`);
  });
}

describe.each(Object.entries(stores))("over %s", { timeout: 180_000 }, (_, { open, runs }) => {
  test.each(platforms)("nothing is lost, comes twice or stays, where a key is known again %s", async (...[, recognisesFor, canForget]) => {
    await fc.assert(property(open, recognisesFor, canForget), { numRuns: runs });
  });
});

test.each<readonly [fault: Fault, recognisesFor: Temporal.DurationLike, found: RegExp]>([
  ["unmarked", { seconds: 0 }, /came/u],
  ["unsettled", { seconds: 0 }, /is unknown without a reason/u],
  ["forgetful", { seconds: 0 }, /came/u],
  ["hasty", { hours: 10_000 }, /was lost/u],
  ["dumb", { seconds: 0 }, /has no feedback localDate/u],
  ["unfenced", { seconds: 0 }, /came 2 times/u],
])("a store that is %s would be found out", async (fault, recognisesFor, found) => {
  const open = (): Store => faulty(createMemoryStore(), fault);
  const { errorInstance } = await fc.check(property(open, recognisesFor, false), { numRuns: 300, endOnFailure: true, seed: 1 });
  expect(String(errorInstance)).toMatch(found);
});

async function faultsIn(setup: DeliverySetup, store: Store, said: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of people) {
    const { user, isActive } = (await store.findUser({ platform, id: name, name })) ?? {};
    if (!user) return [`${name} is gone`];
    const deliveries = await store.deliveries(user.id, 1000);
    const weekly = (await store.prompts(user.id)).find(({ kind }) => kind === "weekly");
    found.push(...deliveries.flatMap((delivery) => endFaults(delivery, setup)));
    if (isActive && (!weekly || Temporal.Instant.compare(weekly.dueAt, setup.now()) <= 0)) found.push(`${name} waits for nothing`);
    // Who has stopped, or taken back what they logged, is left alone for a while.
    const isSteady = !said.some((words) => words === `${name}: /stop` || words === `${name}: /undo`);
    if (weekly && isSteady) found.push(...weekFaults(name, deliveries, weekly.localDate));
  }
  const arrivals = setup.arrivals.filter(({ key }) => !setup.held.has(key));
  const days = Map.groupBy(arrivals, ({ to, day }) => `${to} localDate ${day}`);
  return [...found, ...[...days].flatMap(([day, { length }]) => (length > 1 ? [`${length} messages for ${day}`] : []))];
}

function endFaults({ key, state, dueAt, nextAt }: DirectMessage, { arrivals, doubts, now }: DeliverySetup): readonly string[] {
  const count = arrivals.filter((one) => one.key === key).length;
  const isOld = Temporal.Instant.compare(dueAt, now().subtract({ hours: 72 })) < 0;
  return [
    ...(nextAt && isOld ? [`"${key}" has not ended`] : []),
    ...(count > 1 ? [`"${key}" came ${count} times`] : []),
    ...(state === "sent" && count === 0 ? [`"${key}" was lost`] : []),
    ...(state === "unknown" && !doubts.has(key) ? [`"${key}" is unknown without a reason`] : []),
    ...(["expired", "suppressed", "parked"].includes(state) && count > 0 ? [`"${key}" came, and is ${state}`] : []),
  ];
}

/** Every week before `next` has its feedback, whatever became of it, once. Three weeks without a log cannot be over in these. */
function weekFaults(name: string, deliveries: readonly DirectMessage[], next: Temporal.PlainDate): readonly string[] {
  const told = deliveries.filter(({ kind }) => kind === "weekly").map(({ localDate }) => localDate.toString());
  const weeks = ["2026-11-23", "2026-11-30", "2026-12-07"].filter((week) => Temporal.PlainDate.compare(week, next) < 0);
  return weeks.filter((week) => told.filter((one) => one === week).length !== 1).map((week) => `${name} has no feedback localDate ${week}`);
}
