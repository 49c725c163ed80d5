/** Boards are those of their own group and of nobody else, whatever happens in which order. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Share, shares } from "#core/model/group.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { join } from "node:path";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { useFolders } from "../store/folder.ts";

const folder = useFolders();
const people = ["ann", "ben", "cy", "dan"] as const;
const channels = ["east", "west"] as const;
const manager = { name: "root", isManager: true };

type Step = {
  readonly who: (typeof people)[number];
  readonly channel: (typeof channels)[number];
  readonly act: "join" | "leave" | Share | "log" | "pause" | "rest";
  readonly minutes: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom(...people),
  channel: fc.constantFrom(...channels),
  act: fc.constantFrom("join", "join", "leave", ...shares, "log", "log", "pause", "rest"),
  minutes: fc.integer({ min: 10, max: 150 }),
});

/** Who is in which channel's group, and what they share there. */
type Truth = Map<string, Share>;

function follow(truth: Truth, { who, channel, act }: Step): void {
  const key = `${channel} ${who}`;
  if (act === "join") truth.set(key, truth.get(key) ?? "status");
  if (act === "leave") truth.delete(key);
  const share = shares.find((one) => one === act);
  if (share && truth.has(key)) truth.set(key, share);
}

async function say(coach: TestCoach, { who, channel, act, minutes }: Step): Promise<void> {
  const from = { name: who, in: channel };
  if (act === "log") await coach.hear(`${minutes} strength`, from);
  else if (act === "pause") await coach.hear("/pause 2w", from);
  // Whoever is in one group alone means that one, wherever they speak: the channel is named so that none else is meant.
  else
    await coach.hear(
      act === "join" ? "/group join" : `/group ${shares.some((one) => one === act) ? `share ${channel} ${act}` : `${act} ${channel}`}`,
      from,
    );
}

function rowsOf(board: string): ReadonlyMap<string, string> {
  return new Map(
    board.split("\n").flatMap((line) => (/^\w+: /.test(line) ? [[line.split(": ")[0] ?? "", line.split(": ")[1] ?? ""] as const] : [])),
  );
}

async function check(coach: TestCoach, truth: Truth): Promise<void> {
  for (const channel of channels) {
    const rows = rowsOf(await coach.hear("/group board", { name: "root", in: channel }));
    const expected = people.filter((name) => truth.has(`${channel} ${name}`));
    expect([...rows.keys()]).toEqual([...expected, "root"].toSorted());
    for (const name of expected) {
      const row = rows.get(name) ?? "";
      const share = truth.get(`${channel} ${name}`);
      expect(row === "member").toBe(share === "membership");
      expect(/\d+ min/.test(row)).toBe(share === "minutes");
    }
  }
}

async function live(coach: TestCoach, steps: readonly Step[]): Promise<void> {
  const truth: Truth = new Map();
  for (const channel of channels) await coach.hear(`/group create ${channel}`, { ...manager, in: channel });
  for (const one of steps) {
    await say(coach, one);
    follow(truth, one);
    await check(coach, truth);
  }
}

test("boards of two groups never mix, on either store", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      await live(createTestCoach({ store: createMemoryStore() }), steps);
      const { store } = openSqlite({ path: join(folder(), "sweetspot.db"), synchronous: "NORMAL" });
      await live(createTestCoach({ store }), steps);
      await store.close();
    }),
    { numRuns: 40 },
  );
});
