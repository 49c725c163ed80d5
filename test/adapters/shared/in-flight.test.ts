import { describe, expect, test } from "vitest";
import { createInFlight } from "../../../adapters/shared/in-flight.ts";

/** Work that lasts until it is ended. */
function aJob() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isBegun = false;
  return {
    run: async () => {
      isBegun = true;
      await promise;
    },
    isBegun: () => isBegun,
    end: resolve,
  };
}

describe("work", () => {
  test("begins no more than may be under way, and says once that it is full", async () => {
    let full = 0;
    const work = createInFlight({ most: 4, onFull: () => void (full += 1) });
    const jobs = Array.from({ length: 6 }, aJob);
    expect(jobs.map(({ run }) => work.add(run))).toEqual([true, true, true, true, false, false]);
    expect(jobs.map(({ isBegun }) => isBegun())).toEqual([true, true, true, true, false, false]);
    expect(full).toBe(1);
    const drained = work.drain(60_000);
    for (const { end } of jobs) end();
    await drained;
    expect(Array.from({ length: 5 }, () => work.add(aJob().run))).toEqual([true, true, true, true, false]);
    expect(full).toBe(2);
  });

  test("is not said to be full again before half of it was done", async () => {
    let full = 0;
    const work = createInFlight({ most: 4, onFull: () => void (full += 1) });
    const jobs = Array.from({ length: 5 }, aJob);
    for (const { run } of jobs) work.add(run);
    jobs[0]?.end();
    await Promise.resolve().then(() => undefined);
    await new Promise(setImmediate);
    expect([work.add(aJob().run), work.add(aJob().run)]).toEqual([true, false]);
    expect(full).toBe(1);
  });

  test("is waited for no longer than a stop has time", async () => {
    const work = createInFlight();
    work.add(aJob().run);
    await work.drain(1);
    expect(work.add(aJob().run)).toBe(true);
  });
});
