import { describe, expect, test } from "vitest";
import { boardOf, daysForBoard, groupWeek, type Status, weeksToKeep } from "#core/groups/board.ts";
import { goodRange } from "#core/training/dose.ts";
import type { LoggedMinutes, GroupSnapshot, PastWeek, RosterEntry, WeekOutcome } from "#core/model/group.ts";
import { type Week, weekOf } from "#core/lib/time.ts";
import { aBout, aCrew, aGroup, aSeat } from "../../support/groups.ts";

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const week: Week = weekOf(day("2026-11-23"), 1);
const after = day("2026-11-30");
const group = aGroup();

function statusOf(seat: RosterEntry, loggedMinutes: readonly LoggedMinutes[]): Status | undefined {
  return boardOf(group, aCrew([seat], loggedMinutes), week, after).rows[0]?.status;
}

const { min, max } = goodRange;

describe("the status of a week", () => {
  test.each<readonly [name: string, seat: RosterEntry, bouts: readonly LoggedMinutes[], status: Status | undefined]>([
    ["nothing logged is resting", aSeat("Ann"), [], "resting"],
    ["a walk is on the way", aSeat("Ann"), [aBout("Ann", "2026-11-24", 0)], "way"],
    ["just below a good week is on the way", aSeat("Ann"), [aBout("Ann", "2026-11-24", min - 1)], "way"],
    ["the least of a good week is good", aSeat("Ann"), [aBout("Ann", "2026-11-24", min)], "good"],
    ["the most of a good week is good", aSeat("Ann"), [aBout("Ann", "2026-11-24", max)], "good"],
    ["more than that is past it", aSeat("Ann"), [aBout("Ann", "2026-11-24", max + 1)], "past"],
    ["halves add up", aSeat("Ann"), [aBout("Ann", "2026-11-23", 14.5), aBout("Ann", "2026-11-29", 15.5)], "good"],
    ["the week before counts nothing", aSeat("Ann"), [aBout("Ann", "2026-11-22", min)], "resting"],
    ["the week after counts nothing", aSeat("Ann"), [aBout("Ann", "2026-11-30", min)], "resting"],
    ["somebody else's counts nothing", aSeat("Ann"), [aBout("Ben", "2026-11-24", min)], "resting"],
    ["a declared rest outweighs a little", aSeat("Ann", { restsOn: week.from }), [aBout("Ann", "2026-11-24", 10)], "resting"],
    ["a good week outweighs a declared rest", aSeat("Ann", { restsOn: week.from }), [aBout("Ann", "2026-11-24", min)], "good"],
    ["a rest of another week is over", aSeat("Ann", { restsOn: day("2026-11-16") }), [aBout("Ann", "2026-11-24", 10)], "way"],
    [
      "a pause is rest",
      aSeat("Ann", {}, { pauses: [{ from: day("2026-11-29"), until: day("2026-12-05") }] }),
      [aBout("Ann", "2026-11-24", 10)],
      "resting",
    ],
    ["stop is rest", aSeat("Ann", {}, { isStopped: true }), [aBout("Ann", "2026-11-24", 10)], "resting"],
    ["membership alone has none", aSeat("Ann", { share: "membership" }), [], undefined],
  ])("%s", (_, seat, loggedMinutes, status) => {
    expect(statusOf(seat, loggedMinutes)).toBe(status);
  });

  test("shows minutes to those alone who are told them", () => {
    const roster = [aSeat("Ann", { share: "minutes" }), aSeat("Ben"), aSeat("Cy", { share: "membership" })];
    const loggedMinutes = ["Ann", "Ben"].map((name) => aBout(name, "2026-11-24", 44.5));
    expect(boardOf(group, aCrew(roster, loggedMinutes), week, after).rows.map(({ minutes }) => minutes)).toEqual([
      45,
      undefined,
      undefined,
    ]);
  });
});

test("rows stand in the order of names, numbers and accents as people read them", () => {
  const names = ["Zoe", "ann 10", "Élodie", "ann 2", "Bob"];
  const roster = names.map((name) => aSeat(name));
  const loggedMinutes = [aBout("Zoe", "2026-11-24", 60), aBout("Bob", "2026-11-24", 300)];
  const rows = boardOf(group, aCrew(roster, loggedMinutes), week, after).rows.map(({ name }) => name);
  expect(rows).toEqual(["ann 2", "ann 10", "Bob", "Élodie", "Zoe"]);
});

describe("what a week came to", () => {
  const good = (name: string): LoggedMinutes => aBout(name, "2026-11-24", 40);
  const little = (name: string): LoggedMinutes => aBout(name, "2026-11-24", 10);
  test.each<readonly [name: string, crew: GroupSnapshot, came: WeekOutcome]>([
    ["nobody is quiet", aCrew([]), "quiet"],
    ["nothing logged is quiet", aCrew([aSeat("Ann")]), "quiet"],
    ["half of two is good", aCrew([aSeat("Ann"), aSeat("Ben")], [good("Ann"), little("Ben")]), "good"],
    ["one of three is short", aCrew([aSeat("Ann"), aSeat("Ben"), aSeat("Cy")], [good("Ann"), little("Ben"), little("Cy")]), "short"],
    ["far too much is not good", aCrew([aSeat("Ann")], [aBout("Ann", "2026-11-24", 500)]), "short"],
    [
      "who logged three weeks ago counts no more",
      aCrew([aSeat("Ann"), aSeat("Ben")], [good("Ann"), aBout("Ben", "2026-11-08", 40)]),
      "good",
    ],
    [
      "who logged in the third week counts",
      aCrew([aSeat("Ann"), aSeat("Ben"), aSeat("Cy")], [good("Ann"), aBout("Ben", "2026-11-09", 40), aBout("Cy", "2026-11-15", 40)]),
      "short",
    ],
    [
      "who rests does not count against it",
      aCrew(
        [aSeat("Ann"), aSeat("Ben", { restsOn: week.from }), aSeat("Cy", { restsOn: week.from })],
        [good("Ann"), little("Ben"), little("Cy")],
      ),
      "good",
    ],
    ["who shares nothing counts nowhere", aCrew([aSeat("Ann", { share: "membership" }), aSeat("Ben")], [little("Ben")]), "short"],
    [
      "who joined after it counts not yet",
      aCrew(
        [
          aSeat("Ann"),
          aSeat("Ben", { joinedAt: Temporal.Instant.from("2026-11-30T08:00:00Z") }),
          aSeat("Cy", { joinedAt: Temporal.Instant.from("2026-11-30T08:00:00Z") }),
        ],
        [good("Ann"), little("Ben"), little("Cy")],
      ),
      "good",
    ],
  ])("%s", (_, crew, outcome) => {
    expect(boardOf(group, crew, week, after).outcome).toBe(outcome);
  });
});

describe("the streak", () => {
  const weeks = ["2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23"];
  const inWeeks = (...minutes: readonly number[]): readonly LoggedMinutes[] =>
    weeks.flatMap((on, index) => ((minutes[index] ?? 0) > 0 ? [aBout("Ann", on, minutes[index] ?? 0)] : []));
  const kept = (...outcome: readonly WeekOutcome[]): readonly PastWeek[] =>
    outcome.map((one, index) => ({ groupId: group.id, weekStart: day("2026-10-26").subtract({ days: 7 * index }), outcome: one }));
  test.each<readonly [name: string, bouts: readonly LoggedMinutes[], kept: readonly PastWeek[], streak: number]>([
    ["of nothing is none", [], [], 0],
    ["counts good weeks in a row", inWeeks(40, 40, 40, 40), [], 4],
    ["ends with a week that is short", inWeeks(40, 10, 40, 40), [], 2],
    ["ends with the last week where that was short", inWeeks(40, 40, 40, 10), [], 0],
    ["goes on in the weeks that were kept", inWeeks(40, 40, 40, 40), kept("good", "good", "short", "good"), 6],
    ["waits in quiet weeks that were kept", inWeeks(40, 40, 40, 40), kept("quiet", "good"), 5],
    ["does not count kept weeks that are made anew", inWeeks(10, 10, 10, 40), kept("good"), 1],
  ])("%s", (_, loggedMinutes, keptWeeks, streak) => {
    expect(boardOf(group, aCrew([aSeat("Ann")], loggedMinutes, { pastWeeks: keptWeeks }), week, after).streak).toBe(streak);
  });

  test("is not ended by a week that is under way", () => {
    const crew = aCrew([aSeat("Ann")], inWeeks(40, 40, 40, 10));
    expect(boardOf(group, crew, week, day("2026-11-29")).streak).toBe(3);
    expect(boardOf(group, crew, week, after).streak).toBe(0);
  });

  test("does not go back before the group", () => {
    const young = aGroup({ createdAt: Temporal.Instant.from("2026-11-17T08:00:00Z") });
    expect(boardOf(young, aCrew([aSeat("Ann", { joinedAt: young.createdAt })], inWeeks(40, 40, 40, 40)), week, after).streak).toBe(2);
    expect(weeksToKeep(young, aCrew([aSeat("Ann")], inWeeks(40, 40, 40, 40)), week).map(({ weekStart: on }) => on.toString())).toEqual([
      "2026-11-23",
      "2026-11-16",
    ]);
  });
});

test("a group's week follows its own first day and clock", () => {
  const sunday = aGroup({ firstDay: 7 });
  expect(groupWeek(sunday, Temporal.Instant.from("2026-11-28T22:59:59Z")).from.toString()).toBe("2026-11-22");
  expect(groupWeek(sunday, Temporal.Instant.from("2026-11-28T23:00:00Z")).from.toString()).toBe("2026-11-29");
});

test("six weeks are looked up: four that are made anew, and two before them for who was active", () => {
  const { from, until } = daysForBoard(week);
  expect([from.toString(), until.toString()]).toEqual(["2026-10-19", "2026-11-30"]);
});
