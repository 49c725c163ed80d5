import { beforeAll, describe, expect, test } from "vitest";
import {
  doubledKeys,
  forgottenClosings,
  lateSessions,
  lostEnds,
  noQuietHours,
  skippedWeeks,
  slowClock,
  staleSettings,
  twoCalls,
} from "./broken.ts";
import { checks } from "./checks.ts";
import type { Faults } from "./machine.ts";
import { live, type WorldOptions } from "./world.ts";
import { fewWeeks, patience } from "./year.ts";

const broken: readonly (readonly [fault: string, parts: () => Faults, findings: readonly RegExp[]])[] = [
  ["keys that double", doubledKeys, [/^I3 .*a second row for weekly of/]],
  ["weeks that are passed over", skippedWeeks, [/^I3 .*were left out/]],
  ["ends that are not kept", lostEnds, [/^I4 .*was taken, and is unknown/]],
  ["a clock that is behind", slowClock, [/^I6 .*at no time that was asked for/, /^I8 .*was due 2\d min before/]],
  ["sessions that come late", lateSessions, [/^I7 .*must say "Strength: /]],
  ["settings that are stale", staleSettings, [/^I11 .*after stop/, /^I12 .*during a pause/, /^I6 .*at no time that was asked for/]],
  ["quiet hours that nobody knows of", noQuietHours, [/^I12 .*in quiet hours/]],
  ["messages that are handed over twice", twoCalls, [/^I3 .*came a second time/, /^I4 .*took it 2 times/]],
  ["closed messages that are tried on", forgottenClosings, [/^I12 .*had not reached them before/]],
];

/** People who make use of what is going to be broken, and few of them: the weeks pass once for each fault. */
const someWeeks: WorldOptions = {
  ...fewWeeks,
  people: { first: 0, until: 110, habits: ["stopper", "pauser", "hermit", "planner", "fiddler"] },
  until: "2027-01-10",
};

async function findingsOf(faults: Faults): Promise<readonly string[]> {
  const chronicle = await live({ ...someWeeks, faults });
  return checks.flatMap(([, check]) => check(chronicle));
}

describe("a fault in the running system", () => {
  let whole: readonly string[] = [];
  beforeAll(async () => {
    whole = await findingsOf({});
  }, patience);

  test.each(broken)("%s: is found", { timeout: patience }, async (_, parts, patterns) => {
    const findings = await findingsOf(parts());
    for (const pattern of patterns) {
      expect(findings.filter((one) => pattern.test(one))).not.toEqual([]);
      expect(whole.filter((one) => pattern.test(one))).toEqual([]);
    }
  });
});
