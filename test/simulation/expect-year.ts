/** What is expected of any simulated year. */

import { beforeAll, describe, expect, test } from "vitest";
import { changesLivedThrough, checks } from "./checks.ts";
import type { Chronicle } from "./chronicle.ts";
import { checkTimes, type Timing } from "./right-time.ts";
import { live, type WorldOptions } from "./world.ts";
import { patience } from "./year.ts";

/** A small crowd meets these only. */
const common: readonly Timing[] = ["quiet", "late"];
const exceptions: readonly Timing[] = ["quiet", "skipped", "twice", "changed", "one-a-day", "late"];

/** Lives through a year once, and holds every checker against it. */
export function expectYear(options: WorldOptions): void {
  const { people, seed } = options;
  const isCrowd = people.until - people.first >= 400;
  describe(`people ${people.first} to ${people.until - 1} of the year with the seed "${seed}"`, () => {
    let year: Chronicle | undefined;
    const lived = (): Chronicle => {
      if (!year) throw new Error("Check a year: it must have been lived through");
      return year;
    };
    beforeAll(async () => {
      year = await live(options);
    }, patience);

    test.each(checks)("%s", (_, check) => {
      const findings = check(lived());
      expect([findings.length, findings.slice(0, 20)]).toEqual([0, []]);
    });

    test("nothing was logged as wrong but what the platform refused", () => {
      expect(lived().errors.filter((line) => !line.includes("delivery-refused"))).toEqual([]);
    });

    test("nearly all messages come plainly at the asked time, and each exception is met", () => {
      const { counts } = checkTimes(lived());
      const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
      expect((counts.get("plain") ?? 0) / all).toBeGreaterThan(0.85);
      const must = isCrowd ? exceptions : common;
      expect(must.filter((timing) => !counts.has(timing))).toEqual([]);
    });

    test("the clocks changed on somebody nearly everywhere", () => {
      const { met, all } = changesLivedThrough(lived());
      expect(all).toBeGreaterThan(50);
      expect(met / all).toBeGreaterThan(isCrowd ? 0.8 : 0);
    });
  });
}
