import { describe, expect, test } from "vitest";
import { day, hour, minute, pass, second, startMachine, turnClock } from "./machine.ts";

describe("a machine that stood still", () => {
  test("for five seconds ticks late, and the next time at second 0", async () => {
    const { ticks, lines, freeze } = startMachine();
    await pass(minute + 6 * second);
    freeze(5 * second);
    await pass(2 * second);
    expect(ticks).toEqual(["25 11:00:00", "25 11:01:05"]);
    await pass(minute);
    expect(ticks.slice(2)).toEqual(["25 11:02:00"]);
    expect(lines).toEqual([]);
  });

  test.each([100 * second, hour, 3 * day])("for %i ms ticks within seconds, and then at second 0", async (milliseconds) => {
    const { ticks, lines, freeze } = startMachine();
    await pass(10 * second);
    freeze(milliseconds);
    await pass(5 * second);
    expect(ticks).toHaveLength(2);
    await pass(2 * minute);
    expect(ticks.slice(-2)).toEqual([expect.stringMatching(/:00$/u), expect.stringMatching(/:00$/u)]);
    expect(lines).toEqual([expect.objectContaining({ level: "warn", event: "scheduler-rearmed" })]);
  });
});

describe("a clock set", () => {
  test.each([-hour, -23 * hour])("back by %i ms is noticed by the silence", async (jump) => {
    const { ticks, lines } = startMachine();
    await pass(30 * second);
    turnClock(jump);
    await pass(67 * second);
    expect(ticks).toHaveLength(1);
    await pass(6 * second);
    expect(ticks).toHaveLength(2);
    expect(lines).toEqual([{ level: "warn", event: "scheduler-rearmed", seconds: expect.closeTo(92, -1) }]);
    await pass(2 * minute);
    expect(ticks.slice(2)).toEqual([expect.stringMatching(/:00$/u), expect.stringMatching(/:00$/u)]);
    expect(lines).toHaveLength(1);
  });

  test.each([3 * hour, 23 * hour])("forward by %i ms goes on within the minute", async (jump) => {
    const { ticks, lines } = startMachine();
    await pass(30 * second);
    turnClock(jump);
    await pass(38 * second);
    expect(ticks).toHaveLength(2);
    await pass(2 * minute);
    expect(ticks).toHaveLength(4);
    expect(lines).toEqual([]);
  });

  test("back by three days ticks at once, and is told once", async () => {
    const { ticks, lines } = startMachine();
    await pass(30 * second);
    turnClock(-3 * day);
    await pass(5 * second);
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^22 11:00:2/u)]);
    await pass(2 * minute);
    expect(ticks.slice(2)).toEqual(["22 11:01:00", "22 11:02:00"]);
    expect(lines).toEqual([{ level: "error", event: "clock-jumped", hours: -72 }]);
  });
});

describe("a clock set forward by more than a day", () => {
  // The first is seen by what looks after node-cron, the second by the tick itself.
  test.each([5 * second, minute + 7 * second])("holds the tick of the next minute, %i ms after the start", async (moment) => {
    const { ticks, lines } = startMachine();
    await pass(moment);
    const before = ticks.length;
    turnClock(25 * hour);
    await pass(9 * minute);
    expect(ticks).toHaveLength(before);
    expect(lines).toEqual([{ level: "error", event: "clock-jumped", hours: 25 }]);
  });
});

describe("a clock set forward by three days", () => {
  const told = { level: "error", event: "clock-jumped", hours: 72 };

  async function setForward() {
    const machine = startMachine();
    await pass(30 * second);
    turnClock(3 * day);
    return machine;
  }

  test("holds the ticks for ten minutes, and is then believed", async () => {
    const { ticks, lines } = await setForward();
    await pass(10 * minute);
    expect(ticks).toEqual(["25 11:00:00"]);
    expect(lines).toEqual([told]);
    await pass(10 * second);
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^28 11:10:[23]/u)]);
    await pass(2 * minute);
    expect(ticks.slice(2)).toEqual(["28 11:11:00", "28 11:12:00"]);
    expect(lines).toEqual([told, { level: "info", event: "clock-trusted", hoursAhead: 72 }]);
  });

  test.each([0, -30 * second, 50 * second, -2 * hour])("and back, but for %i ms, ticks at once", async (rest) => {
    const { ticks, lines } = await setForward();
    await pass(8 * minute);
    expect(ticks).toHaveLength(1);
    turnClock(-3 * day + rest);
    await pass(5 * second);
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^25 /u)]);
    expect(lines.slice(1)).toEqual([expect.objectContaining({ level: "info", event: "clock-trusted" })]);
    await pass(2 * minute);
    expect(ticks.slice(2)).toEqual([expect.stringMatching(/^25 .*:00$/u), expect.stringMatching(/^25 .*:00$/u)]);
    expect(lines).toHaveLength(2);
  });

  test("and back by less than that stays held for the ten minutes", async () => {
    const { ticks, lines } = await setForward();
    await pass(5 * minute);
    turnClock(-2 * day);
    await pass(5 * minute);
    expect(ticks).toHaveLength(1);
    expect(lines).toEqual([told, { level: "error", event: "clock-jumped", hours: -48 }]);
    await pass(10 * second);
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^26 11:10:/u)]);
  });

  test("and once more by two is held for ten minutes from then", async () => {
    const { ticks, lines } = await setForward();
    await pass(5 * minute);
    turnClock(2 * day);
    await pass(10 * minute);
    expect(ticks).toHaveLength(1);
    expect(lines).toEqual([told, { level: "error", event: "clock-jumped", hours: 48 }]);
    await pass(10 * second);
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^30 /u)]);
    expect(lines.slice(2)).toEqual([{ level: "info", event: "clock-trusted", hoursAhead: 120 }]);
  });

  test("and twice put right in two steps ticks after the second", async () => {
    const { ticks } = await setForward();
    await pass(minute);
    turnClock(-2 * day);
    await pass(minute);
    expect(ticks).toHaveLength(1);
    turnClock(-day);
    await pass(5 * second);
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^25 11:02:/u)]);
  });

  test("ticks when it is asked to", async () => {
    const { ticks, scheduler } = await setForward();
    await pass(minute);
    await scheduler.run();
    expect(ticks.slice(1)).toEqual([expect.stringMatching(/^28 /u)]);
    await pass(5 * minute);
    expect(ticks).toHaveLength(2);
  });

  test("can be stopped", async () => {
    const { ticks, scheduler } = await setForward();
    await pass(minute);
    await scheduler.stop();
    await pass(20 * minute);
    expect(ticks).toHaveLength(1);
  });
});

// node-cron walks through every minute that was left out, 60 µs or more each.
test("a clock that was most of a year behind does not stop the machine when it is set", { timeout: 5 * second }, async () => {
  const { ticks, lines } = startMachine();
  await pass(30 * second);
  turnClock(300 * day);
  await pass(12 * minute);
  expect(ticks.length).toBeGreaterThan(2);
  expect(lines).toHaveLength(2);
});
