import { beforeAll, describe, expect, test } from "vitest";
import { checks } from "./checks.ts";
import type { Chronicle } from "./chronicle.ts";
import { checkTimes } from "./right-time.ts";
import { live } from "./world.ts";
import { fewWeeks, patience, seed } from "./year.ts";

describe(`a crowd of which nobody is jitter, with the seed "${seed}"`, () => {
  const lives: Chronicle[] = [];
  beforeAll(async () => {
    for (const _ of [1, 2]) lives.push(await live({ ...fewWeeks, seed, jitter: 0 }));
  }, patience);

  test.each(checks)("%s", (_, check) => {
    const findings = lives.flatMap(check);
    expect([findings.length, findings.slice(0, 20)]).toEqual([0, []]);
  });

  test("comes in the very minute that was asked for", () => {
    const [counts] = lives.map((one) => checkTimes(one).counts);
    expect(counts?.get("plain")).toBeGreaterThan(500);
  });

  test("lives the same life again for the same seed", () => {
    const [one, other] = lives.map(({ stories }) => stories.map(({ journal, attempts, rows }) => ({ journal, attempts, rows })));
    expect(other).toEqual(one);
  });
});
