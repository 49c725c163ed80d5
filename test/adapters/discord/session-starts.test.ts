/** What is made of the session starts that Discord tells of, whatever it tells. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestPause, pauseFor } from "../../../adapters/discord/session-starts.ts";
import { scaled } from "../../support/counts.ts";
import { anySpoiled, type Json, spoiledOf } from "../../support/malformed.ts";

const firstWait = 5000;
const told = (limit: Json): Json => ({ url: "wss://gateway.discord.gg", shards: 1, session_start_limit: limit });
const some = told({ total: 1000, remaining: 1000, reset_after: 14_400_000, max_concurrency: 1 });
const none = told({ total: 1000, remaining: 0, reset_after: 60_000, max_concurrency: 1 });

/** `name` of `value`; undefined where it has none. */
function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  const field: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return field;
}

describe("a session", () => {
  test.each([
    [50, 60_000, undefined],
    [49, 60_000, 60_000],
    [0, 0, firstWait],
    [0, -1, firstWait],
    [-1, 7000.5, 7000.5],
    [0, 14_400_000, longestPause],
    [0, Infinity, longestPause],
  ])("with %i starts left, and more after %i ms, waits %s ms", (remaining, reset_after, pause) => {
    expect(pauseFor(told({ remaining, reset_after }), firstWait)).toBe(pause);
  });

  test("waits the longest time where a number that it needs is missing or of another type", () => {
    for (const limit of [{ remaining: 0 }, { remaining: 0, reset_after: "60000" }, { reset_after: 60_000 }, { remaining: "1000" }, null])
      expect([limit, pauseFor(told(limit), firstWait)]).toEqual([limit, longestPause]);
    for (const answer of [undefined, null, "no", [], {}]) expect(pauseFor(answer, firstWait)).toBe(longestPause);
  });

  test("is started only on a number of starts, and else waits a number of milliseconds, whatever Discord says", () => {
    const check = (answer: Json | undefined): void => {
      const limit = fieldOf(answer, "session_start_limit");
      const [remaining, resetAfter] = [fieldOf(limit, "remaining"), fieldOf(limit, "reset_after")];
      const pause = pauseFor(answer, firstWait);
      const isFree = typeof remaining === "number" && remaining >= 50;
      const least = typeof remaining === "number" && typeof resetAfter === "number" ? firstWait : longestPause;
      const isRight = isFree ? pause === undefined : pause !== undefined && pause >= least && pause <= longestPause;
      expect([answer, pause, isRight]).toEqual([answer, pause, true]);
    };
    for (const answer of [some, none].flatMap((payload) => spoiledOf(payload))) check(answer);
    fc.assert(fc.property(anySpoiled([some, none]), check), { numRuns: scaled(2000) });
  });
});
