import type { Minutes, SessionId } from "#core/lib/ids.ts";
import { restNudge, trainingNudge } from "#core/schedule/nudges.ts";
import type { Session } from "#core/model/session.ts";
import type { Weekday } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { describe, expect, test } from "vitest";
import { aSession, aUser } from "../../support/builders.ts";

/** Sessions of strength in the week of Monday 23 November 2026, by weekday. */
function lifted(...days: readonly (readonly [weekday: number, minutes: number])[]): readonly Session[] {
  return days.map(([weekday, minutes], index) =>
    aSession({ id: `session-${index}` as SessionId, minutes: minutes as Minutes, day: on(weekday) }),
  );
}

function on(weekday: number): Temporal.PlainDate {
  return Temporal.PlainDate.from("2026-11-22").add({ days: weekday });
}

function planned(days: readonly Weekday[], minutes = 20, over: Partial<User> = {}): User {
  return aUser({ plan: { days, minutes: minutes as Minutes }, ...over });
}

describe("restNudge in the morning", () => {
  test.each<readonly [name: string, user: User, sessions: readonly Session[], weekday: number, kind: string | undefined]>([
    ["after strength is of rest", aUser(), lifted([2, 25]), 3, "rest"],
    ["two days after is nothing", aUser(), lifted([2, 25]), 4, undefined],
    ["without a log is nothing", aUser(), [], 3, undefined],
    ["after a note with a warning sign is nothing", aUser(), [aSession({ day: on(2), note: "chest pain" })], 3, undefined],
    ["after another note is of rest", aUser(), [aSession({ day: on(2), note: "chest day" })], 3, "rest"],
    ["after a Sunday is of rest, too", aUser(), lifted([0, 25]), 1, "rest"],
    ["after a walk is nothing", aUser(), [aSession({ day: on(2), shares: { strength: 0, aerobic: 1 } })], 3, undefined],
    ["of a day that has its strength already is nothing", aUser(), lifted([2, 25], [3, 20]), 3, undefined],
    ["of a planned day after strength leaves the plan alone", planned([2, 3]), lifted([2, 20]), 3, undefined],
    ["of a planned day in a full week offers", planned([2, 5]), lifted([1, 35], [3, 20]), 5, "full"],
    ["of a planned day in a week that goes by its plan is nothing", planned([1, 3, 5], 30), lifted([1, 30], [3, 30]), 5, undefined],
    ["of a planned day that ends in the sweet spot is nothing", planned([1, 3, 5], 20), lifted([1, 20], [3, 20]), 5, undefined],
    ["of a day without a plan in a full week is nothing", planned([2]), lifted([1, 55]), 5, undefined],
    [
      "goes by a band of one's own",
      planned([2, 5], 20, { band: { min: 80, max: 120, setOn: on(1) } }),
      lifted([1, 35], [3, 20]),
      5,
      undefined,
    ],
  ])("%s", (...[, user, sessions, weekday, kind]) => {
    expect(restNudge(user, sessions, on(weekday))?.kind).toBe(kind);
  });

  test("says yesterday's minutes, all sessions and shares together", () => {
    const half = aSession({ id: "half" as SessionId, day: on(2), minutes: 31 as Minutes, shares: { strength: 0.5, aerobic: 0.5 } });
    expect(restNudge(aUser(), [...lifted([2, 20]), half], on(3))).toEqual({ kind: "rest", yesterday: 36 });
  });
});

describe("trainingNudge in the evening", () => {
  test.each<readonly [name: string, user: User, sessions: readonly Session[], weekday: number, instead: number | undefined | "nothing"]>([
    ["of a planned day names a free day that is apart from the plan", planned([2, 5]), [], 2, 3],
    ["of the last planned day names what is left", planned([2, 5]), lifted([2, 20]), 5, 6],
    ["of a Sunday has none to name", planned([7]), [], 7, undefined],
    ["of a day that is not planned is nothing", planned([2, 5]), [], 3, "nothing"],
    ["after a note with a warning sign is nothing", planned([2, 5]), [aSession({ day: on(2), note: "fainted" })], 5, "nothing"],
    ["of a day with its log is nothing", planned([2, 5]), lifted([2, 10]), 2, "nothing"],
    ["in a week that is full is nothing", planned([2, 5]), lifted([3, 50]), 5, "nothing"],
    ["prefers a day between", planned([1, 3, 6]), [], 1, 2],
    ["of a day that was moved away is nothing", planned([2, 5], 20, { moved: { week: on(1), days: [5] } }), [], 2, "nothing"],
    ["of a day that was moved to is there", planned([2, 5], 20, { moved: { week: on(1), days: [4, 5] } }), [], 4, 7],
  ])("%s", (...[, user, sessions, weekday, instead]) => {
    const nudge = trainingNudge(user, sessions, on(weekday));
    expect(nudge?.kind === "training" ? nudge.instead : "nothing").toBe(instead);
  });
});
