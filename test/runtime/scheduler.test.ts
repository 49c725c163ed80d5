import { spawnSync } from "node:child_process";
import { getTasks } from "node-cron";
import { describe, expect, test, vi } from "vitest";
import { createClock } from "#src/runtime/clock.ts";
import { createMachine, day, hour, lasting, minute, pass, second, startMachine, turnClock } from "./machine.ts";
import { root } from "../support/project.ts";

describe("the scheduler", () => {
  test("ticks at second 0 of each minute", async () => {
    const { ticks, lines } = startMachine();
    await pass(7 * second);
    expect(ticks).toEqual([]);
    await pass(3 * minute);
    expect(ticks).toEqual(["25 11:00:00", "25 11:01:00", "25 11:02:00"]);
    await pass(day);
    expect(ticks).toHaveLength(3 + 24 * 60);
    expect(lines).toEqual([]);
  });

  test("started twice is started once", async () => {
    const { scheduler, ticks } = startMachine();
    scheduler.start();
    await pass(2 * minute);
    expect(ticks).toEqual(["25 11:00:00", "25 11:01:00"]);
  });

  test("drops the minutes that begin during a tick, and says so for each", async () => {
    const { ticks, lines, most } = startMachine({ work: lasting(3.5 * minute) });
    await pass(5 * minute);
    expect(ticks).toEqual(["25 11:00:00", "25 11:04:00"]);
    expect(lines).toEqual(Array.from({ length: 3 }, () => ({ level: "info", event: "tick-dropped" })));
    expect(most()).toBe(1);
  });

  test("goes on after a clock that could not be read", async () => {
    let isBroken = false;
    const clock = createClock();
    const now = (): Temporal.Instant => {
      if (isBroken) throw new RangeError("canary");
      return clock.now();
    };
    const { ticks, lines } = startMachine({ clock: { now } });
    await pass(6 * second);
    isBroken = true;
    await pass(3 * second);
    isBroken = false;
    await pass(minute);
    expect(ticks).toEqual(["25 11:01:00"]);
    expect(lines).toEqual([expect.objectContaining({ level: "error", event: "cron-failed", error: "RangeError" })]);
    expect(JSON.stringify(lines)).not.toContain("canary");
  });
});

describe("a tick by hand", () => {
  test("comes at once, and is done when run() is", async () => {
    const { scheduler, ticks } = createMachine({ work: lasting(second) });
    let isDone = false;
    void scheduler.run().then(() => (isDone = true));
    await pass(999);
    expect([ticks, isDone]).toEqual([["25 10:59:52"], false]);
    await pass(1);
    expect(isDone).toBe(true);
  });

  test("waits for the one under way, and those that wait share one", async () => {
    const { scheduler, ticks, most, lines } = startMachine({ work: lasting(20 * second) });
    await pass(10 * second);
    const done: string[] = [];
    for (const name of ["a", "b", "c"]) void scheduler.run().then(() => done.push(name));
    await pass(37 * second);
    expect(done).toEqual([]);
    await pass(second);
    expect(done).toEqual(["a", "b", "c"]);
    expect(ticks).toEqual(["25 11:00:00", "25 11:00:20"]);
    await pass(20 * second);
    expect(ticks.slice(2)).toEqual(["25 11:01:00"]);
    expect(most()).toBe(1);
    expect(lines).toEqual([]);
  });

  test("asked for while another one waits and begins gets one of its own", async () => {
    const { scheduler, ticks, most } = createMachine({ work: lasting(10 * second) });
    void scheduler.run();
    void scheduler.run();
    await pass(15 * second);
    let isDone = false;
    void scheduler.run().then(() => (isDone = true));
    await pass(14 * second);
    expect(isDone).toBe(false);
    await pass(second);
    expect([isDone, ticks.length, most()]).toEqual([true, 3, 1]);
  });

  test("keeps the minute that begins meanwhile from ticking", async () => {
    const { scheduler, ticks, most, lines } = startMachine({ work: lasting(20 * second) });
    void scheduler.run();
    await pass(70 * second);
    expect(ticks).toEqual(["25 10:59:52", "25 11:01:00"]);
    expect(lines).toEqual([{ level: "info", event: "tick-dropped" }]);
    expect(most()).toBe(1);
  });

  describe.each([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])("%i steps from the end of another one", (steps) => {
    /** Two ticks are wanted, and the first is under way until it is ended. */
    async function startTicks() {
      let end = (): void => undefined;
      const work = async (): Promise<void> => {
        await new Promise<void>((resolve) => {
          end = resolve;
        });
      };
      const machine = startMachine({ work });
      void machine.scheduler.run();
      void machine.scheduler.run();
      await pass(1);
      return { ...machine, end: () => end() };
    }

    async function takeSteps(): Promise<void> {
      for (let step = 0; step < steps; step += 1) await Promise.resolve();
    }

    test("never runs into the next", async () => {
      const { scheduler, ticks, most, end } = await startTicks();
      end();
      await takeSteps();
      void scheduler.run();
      await pass(1);
      end();
      await pass(1);
      expect(most()).toBe(1);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
    });

    test("is not run into by a minute that begins", async () => {
      const { ticks, most, end } = await startTicks();
      end();
      await takeSteps();
      vi.advanceTimersByTime(8 * second);
      await pass(1);
      end();
      await pass(1);
      expect(most()).toBe(1);
      expect(ticks).toHaveLength(2);
    });
  });

  test("asked for by a tick comes after it", async () => {
    const asked: Promise<void>[] = [];
    const { scheduler, ticks, most } = createMachine({
      async work() {
        if (ticks.length === 1) asked.push(scheduler.run());
        await lasting(second)();
      },
    });
    void scheduler.run();
    await pass(2 * second);
    await Promise.all(asked);
    expect([ticks.length, most()]).toEqual([2, 1]);
  });
});

describe("a tick that fails", () => {
  /** Its lines look like places in code. */
  const unkind = "canary\n    at canary (file:///a.ts:1:1)\n    at canary";

  const failures: readonly (readonly [what: string, work: () => Promise<void>, line: object])[] = [
    [
      "with an error",
      async () => await Promise.reject(Object.assign(new RangeError(unkind), { code: "SQLITE_IOERR" })),
      { error: "RangeError", code: "SQLITE_IOERR", where: expect.stringContaining("scheduler.test.ts") },
    ],
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- Libraries do.
    ["with something else", async () => await Promise.reject("canary"), { error: "Error", code: "" }],
    [
      "before it has begun",
      () => {
        throw new TypeError("canary");
      },
      { error: "TypeError", code: "", where: expect.stringContaining("scheduler.test.ts") },
    ],
  ];

  test.each(failures)("%s leaves a line without what the error said, and the next minute ticks", async (_, work, line) => {
    const { ticks, lines, scheduler } = startMachine({ work });
    await pass(10 * second);
    expect(lines).toEqual([expect.objectContaining({ level: "error", event: "tick-failed", ...line })]);
    expect(JSON.stringify(lines)).not.toContain("canary");
    await pass(minute);
    expect(ticks).toEqual(["25 11:00:00", "25 11:01:00"]);
    await scheduler.run();
    expect(lines).toHaveLength(3);
  });
});

describe("the end", () => {
  test("waits for the tick under way, and nothing ticks afterwards", async () => {
    const { scheduler, ticks } = startMachine({ work: lasting(20 * second) });
    await pass(10 * second);
    let isDone = false;
    void scheduler.stop().then(() => (isDone = true));
    await pass(17 * second);
    expect(isDone).toBe(false);
    await pass(second);
    expect(isDone).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
    scheduler.start();
    await scheduler.run();
    await pass(hour);
    expect(ticks).toEqual(["25 11:00:00"]);
  });

  test("lets those who wait for another tick go without it", async () => {
    const { scheduler, ticks } = startMachine({ work: lasting(20 * second) });
    await pass(10 * second);
    const done: string[] = [];
    void scheduler.run().then(() => done.push("run"));
    void scheduler.stop().then(() => done.push("stop"));
    await pass(18 * second);
    expect(done.toSorted()).toEqual(["run", "stop"]);
    await pass(hour);
    expect(ticks).toHaveLength(1);
  });

  test("may come twice, after a failure, and before the start", async () => {
    const { scheduler, ticks, lines } = createMachine({ work: async () => await Promise.reject(new Error("broken")) });
    const run = scheduler.run();
    await scheduler.stop();
    await scheduler.stop();
    await run;
    scheduler.start();
    await pass(hour);
    expect([ticks.length, lines.length, vi.getTimerCount()]).toEqual([1, 1, 0]);
  });

  test("comes after a rearming, too, and leaves nothing with node-cron", async () => {
    const kept = getTasks().size;
    const { scheduler, ticks } = startMachine();
    await pass(30 * second);
    turnClock(-hour);
    await pass(2 * minute);
    await scheduler.stop();
    const before = ticks.length;
    expect([vi.getTimerCount(), getTasks().size]).toEqual([0, kept]);
    await pass(3 * hour);
    expect(ticks).toHaveLength(before);
  });
});

test("a process with a running scheduler may end", () => {
  const program = `
    import { createClock } from "#src/runtime/clock.ts";
    import { createScheduler } from "#src/runtime/scheduler.ts";
    import { createLog } from "#src/runtime/log.ts";
    const log = createLog("info", (line) => process.stderr.write(line));
    const tick = async () => {};
    const scheduler = createScheduler({ tick, clock: createClock(), log, monotonic: () => performance.now() });
    scheduler.start();
    await scheduler.run();
    process.stdout.write("ticked");
  `;
  const run = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: root,
    encoding: "utf8",
    timeout: 10 * second,
  });
  expect([run.stdout, run.stderr, run.status]).toEqual(["ticked", "", 0]);
});
