/** Lanes by themselves, and the watch over those that nobody serves. */

import { expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { createLanes, createLaneMonitor } from "#src/app/outbox/lanes.ts";

const [discord, slack] = ["discord" as PlatformName, "slack" as PlatformName];

test("a lane that is asked while it is under way goes through once more, and once only", async () => {
  let rounds = 0;
  const lanes = createLanes(async () => {
    rounds += 1;
    await Promise.resolve();
    if (rounds === 1) for (let times = 0; times < 3; times += 1) void lanes.run(discord);
  });
  await lanes.run(discord);
  expect(rounds).toBe(2);
});

test("a lane that asks for itself at once goes through twice, one round after the other", async () => {
  let [rounds, inside, most] = [0, 0, 0];
  const lanes = createLanes(async () => {
    inside += 1;
    rounds += 1;
    most = Math.max(most, inside);
    if (rounds === 1) void lanes.run(discord);
    await Promise.resolve();
    inside -= 1;
  });
  await lanes.run(discord);
  expect({ rounds, most }).toEqual({ rounds: 2, most: 1 });
});

test("nothing is idle before a lane has ended that another one passed something on to", async () => {
  const [gate, last] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ended: string[] = [];
  const lanes = createLanes(async (platform) => {
    await (platform === discord ? gate.promise : last.promise);
    if (platform === discord) void lanes.run(slack);
    ended.push(platform);
  });
  void lanes.run(discord);
  const idle = lanes.idle().then(() => ended.push("idle"));
  gate.resolve();
  await expect.poll(() => ended).toContain("discord");
  setImmediate(last.resolve);
  await idle;
  expect(ended).toEqual(["discord", "slack", "idle"]);
});

test("the watch asks the store once a minute, however often it is called", async () => {
  let [now, asked] = [Temporal.Instant.from("2026-11-25T11:00:00Z"), 0];
  const note = (): void => undefined;
  const watch = createLaneMonitor({
    store: {
      async lanes() {
        asked += 1;
        return [];
      },
    },
    clock: { now: () => now },
    log: { info: note, warn: note, error: note },
    adapters: new Map(),
  });
  for (let second = 0; second < 120; second += 1) {
    await watch();
    now = now.add({ seconds: 1 });
  }
  expect(asked).toBe(2);
});
