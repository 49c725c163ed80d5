/** Whatever the order of linking, logging, undoing and parting: each session is there exactly once, with whom it belongs. */

import fc from "fast-check";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { temporaryFolder } from "../support/program.ts";
import { twoPlatforms, type Where } from "../support/two-platforms.ts";

const accounts: readonly Where[] = [
  { on: "discord", name: "ann" },
  { on: "slack", name: "ann" },
  { on: "slack", name: "bo" },
];

type Step =
  | { readonly kind: "log"; readonly by: number; readonly isTwin: boolean }
  | { readonly kind: "undo" | "unlink"; readonly by: number }
  | { readonly kind: "link"; readonly by: number; readonly with: number };

const by = fc.nat(accounts.length - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("log" as const), by, isTwin: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("undo" as const), by }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("link" as const), by, with: by }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("unlink" as const), by }) },
);

/** A session that somebody logged: by which account, and whether it is there now. */
type Bout = { readonly by: number; readonly minutes: number; isThere: boolean };

async function live(store: Store, steps: readonly Step[]): Promise<void> {
  const { say, linkUp } = twoPlatforms(store);
  const loggedMinutes: Bout[] = [];
  const last = new Map<string, Bout>();
  const userOf = async (account: number): Promise<string | undefined> => {
    const { on = "", name = "" } = accounts[account] ?? {};
    return (await store.findUser({ platform: on as PlatformName, id: name, name }))?.user.id;
  };
  const forgetActs = async (...ids: readonly (string | undefined)[]): Promise<void> => {
    for (const id of ids) last.delete(id ?? "");
    for (const account of accounts.keys()) if (ids.includes(await userOf(account))) last.delete((await userOf(account)) ?? "");
  };
  const log = async (account: number, minutes: number): Promise<void> => {
    const bout = { by: account, minutes, isThere: true };
    await say(`${minutes} strength`, accounts[account]);
    loggedMinutes.push(bout);
    last.set((await userOf(account)) ?? "", bout);
  };
  const take = async (one: Step, index: number, before: readonly (string | undefined)[]): Promise<void> => {
    const where = accounts[one.by] ?? {};
    // A twin is what anybody may have logged as well; all others differ.
    if (one.kind === "log") return await log(one.by, one.isTwin ? 5 : 10 + index);
    if (one.kind === "link") {
      // Whoever makes a code did that last.
      last.delete(before[one.by] ?? "");
      const isLinked = (await linkUp(where, accounts[one.with] ?? {})).includes("are one.");
      return isLinked ? await forgetActs(before[one.by], before[one.with]) : undefined;
    }
    const answer = await say(`/${one.kind}`, where);
    if (answer.includes("Parted.")) await forgetActs(...before.filter((id) => id === before[one.by]));
    const bout = one.kind === "undo" ? last.get(before[one.by] ?? "none") : undefined;
    if (bout) bout.isThere = !bout.isThere;
  };
  for (const [index, one] of steps.entries()) {
    await take(one, index, await Promise.all(accounts.keys().map(userOf)));
    await check(store, loggedMinutes, await Promise.all(accounts.keys().map(userOf)));
  }
}

async function check(store: Store, loggedMinutes: readonly Bout[], users: readonly (string | undefined)[]): Promise<void> {
  const all: string[] = [];
  for (const id of new Set(users.filter((user) => user !== undefined))) {
    const theirs = await store.userData(id as Parameters<Store["userData"]>[0]);
    const visible = (theirs?.sessions ?? []).map(({ minutes }) => minutes as number);
    all.push(...[theirs, ...(theirs?.detached ?? [])].flatMap((heap) => heap?.sessions ?? []).map((session) => session.id));
    const meant = loggedMinutes.filter((bout) => bout.isThere && users[bout.by] === id);
    const others = meant.filter(({ minutes }) => minutes !== 5).map(({ minutes }) => minutes);
    expect(visible.filter((minutes) => minutes !== 5).toSorted((a, b) => a - b)).toEqual(others.toSorted((a, b) => a - b));
    // Of twins as many are seen as one account has logged at most: no more than there are, and no fewer than any has.
    const twins = visible.filter((minutes) => minutes === 5).length;
    const each = accounts.keys().map((account) => meant.filter((bout) => bout.minutes === 5 && bout.by === account).length);
    expect(twins).toBeLessThanOrEqual(meant.filter(({ minutes }) => minutes === 5).length);
    expect(twins).toBeGreaterThanOrEqual(Math.max(0, ...each));
  }
  expect(new Set(all).size).toBe(all.length);
  expect(all).toHaveLength(loggedMinutes.filter(({ isThere }) => isThere).length);
}

test("in the in-memory store", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => live(createMemoryStore(), steps)),
    { numRuns: 300 },
  );
});

test("in a SQLite file", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db"), synchronous: "NORMAL" });
      await live(store, steps);
      await store.close();
    }),
    { numRuns: 40 },
  );
});
