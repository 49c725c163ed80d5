/** What is wrong with a run that has come to its end. */

import type { Account } from "#core/model/user.ts";
import type { DirectMessage } from "#core/model/outbox-message.ts";
import { createCoach } from "#src/app/coach.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import type { Store } from "#src/ports/store.ts";
import Database from "better-sqlite3";
import { homeZone, logTo, platform } from "./process.ts";
import { type Line, linesIn } from "./mailbox.ts";
import { type Expected, hear, type Person } from "./people.ts";
import type { Run } from "./run.ts";

/** How many deliveries are on their way at a time, and so in doubt after one kill. */
const lanes = 8;
/** Of one person. */
const many = 100;

/** A sentence for each thing that is wrong; none where nothing was lost, nothing came twice, and what is in doubt is said to be. */
export async function faultsIn(run: Run): Promise<readonly string[]> {
  const { store } = openSqlite({ path: run.path });
  const lines = linesIn(run.mailbox);
  const found: string[] = [];
  const all: DirectMessage[] = [];
  try {
    for (const person of run.people) {
      const { deliveries, faults } = await faultsOf(person, store, { ...run, lines });
      all.push(...deliveries);
      found.push(...faults);
    }
  } finally {
    await store.close();
  }
  return [...integrityFaults(run.path), ...found, ...doubtFaults(all, run), ...arrivalFaults(all, lines)];
}

function integrityFaults(path: string): readonly string[] {
  const client = new Database(path, { readonly: true });
  const found = String(client.pragma("integrity_check", { simple: true }));
  client.close();
  return found === "ok" ? [] : [found];
}

async function faultsOf(
  person: Person,
  store: Store,
  run: Run & { readonly lines: readonly Line[] },
): Promise<{ readonly deliveries: readonly DirectMessage[]; readonly faults: readonly string[] }> {
  const account: Account = { platform, id: person.name, name: person.name };
  const { user } = (await store.findUser(account)) ?? {};
  if (!user) return { deliveries: [], faults: [`${person.name} is gone`] };
  const deliveries = await store.deliveries(user.id, many);
  const prompts = await store.prompts(user.id);
  const stale = prompts.filter(({ dueAt }) => Temporal.Instant.compare(dueAt, run.at()) <= 0);
  const kinds = prompts.map(({ kind }) => kind).toSorted();
  const faults = [
    ...stale.map(({ kind }) => `the ${kind} prompt has not moved on`),
    ...(kinds.join() === person.prompts.toSorted().join() ? [] : [`the prompts are ${kinds.join()}`]),
    ...endFaults(deliveries, person.ends, run.lines),
    ...scheduleFaults(deliveries, await scheduleOf(person, store, run)),
  ];
  return { deliveries, faults: faults.map((fault) => `${person.name}: ${fault}`) };
}

async function scheduleOf({ name }: Person, store: Store, run: Run): Promise<string> {
  const [clock, log] = [{ now: run.at }, logTo(() => undefined)];
  return await hear(
    createCoach({ store, clock, log, freshId: () => crypto.randomUUID(), timeZone: homeZone, jitter: 0 }),
    name,
    "/schedule",
  );
}

/** Each has the end that it must have, or one in doubt in place of "sent". */
function endFaults(deliveries: readonly DirectMessage[], ends: readonly Expected[], lines: readonly Line[]): readonly string[] {
  return [
    ...deliveries.filter(({ kind }) => !ends.some((end) => end.kind === kind)).map(({ key }) => `"${key}" was not wanted`),
    ...ends.flatMap(({ kind, end, why, words }) => {
      const [delivery, ...others] = deliveries.filter((one) => one.kind === kind);
      if (!delivery || others.length > 0) return [`${others.length + 1} ${kind} deliveries`];
      const isAsExpected = delivery.state === end && delivery.reason === why;
      const isInDoubt = end === "sent" && delivery.state === "unknown" && delivery.reason === "in-doubt";
      const strange = lines.filter(({ key, words: said }) => key === delivery.key && words !== undefined && !said.includes(words));
      return [
        ...(isAsExpected || isInDoubt ? [] : [`"${delivery.key}" ended as ${delivery.state} (${delivery.reason})`]),
        ...(delivery.nextAt || !delivery.endedAt ? [`"${delivery.key}" has not ended`] : []),
        ...strange.map(({ words: said }) => `"${delivery.key}" said "${said}"`),
      ];
    }),
  ];
}

/** `/schedule` tells of everything that is in doubt, and of nothing else. */
function scheduleFaults(deliveries: readonly DirectMessage[], schedule: string): readonly string[] {
  const told = schedule.match(/unknown, as the line broke while it was on its way: it may have come or not, and is not sent twice/gu) ?? [];
  const inDoubt = deliveries.filter(({ state }) => state === "unknown");
  return [
    ...(told.length === inDoubt.length ? [] : [`/schedule tells of ${told.length} in doubt, and ${inDoubt.length} are`]),
    ...(schedule.includes("waiting") ? ["/schedule tells of something that waits"] : []),
  ];
}

/** Where the platform can tell, nothing is in doubt. Elsewhere exactly that is which was on its way at a kill. */
function doubtFaults(all: readonly DirectMessage[], { variant, crashes }: Run): readonly string[] {
  const canTell = Temporal.Duration.from(variant.recognisesFor).sign > 0;
  const wrecked = new Set(crashes.flatMap(({ inDoubt }) => inDoubt));
  const unknown = new Set<string>(all.filter(({ state }) => state === "unknown").map(({ key }) => key));
  return [
    ...[...unknown].filter((key) => canTell || !wrecked.has(key)).map((key) => `"${key}" is unknown`),
    ...[...wrecked].filter((key) => !canTell && !unknown.has(key)).map((key) => `"${key}" was in doubt, and is not unknown`),
    ...newlyInDoubt(crashes).flatMap((count) => (count > lanes ? [`one kill left ${count} in doubt`] : [])),
  ];
}

/** How many each kill left in doubt that were not so before. */
function newlyInDoubt(crashes: Run["crashes"]): readonly number[] {
  return crashes.map(({ inDoubt }, index) => inDoubt.filter((key) => !crashes[index - 1]?.inDoubt.includes(key)).length);
}

/** What was sent arrived once, what is in doubt once at most, and nothing else did. */
function arrivalFaults(all: readonly DirectMessage[], lines: readonly Line[]): readonly string[] {
  const counts = Map.groupBy(lines, ({ key }) => key);
  const states = new Map<string, DirectMessage["state"]>(all.map(({ key, state }) => [key, state]));
  return [
    ...all.filter(({ key, state }) => state === "sent" && !counts.has(key)).map(({ key }) => `"${key}" was lost`),
    ...[...counts].filter(([, { length }]) => length > 1).map(([key, { length }]) => `"${key}" came ${length} times`),
    ...[...counts.keys()]
      .filter((key) => !["sent", "unknown"].includes(states.get(key) ?? ""))
      .map((key) => `"${key}" came, and is ${states.get(key)}`),
  ];
}
