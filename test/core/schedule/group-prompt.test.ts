import { describe, expect, test } from "vitest";
import { nextLocal, type TimeZone, type Weekday, weekOf } from "#core/lib/time.ts";
import { type Group, defaultCheckIn } from "#core/model/group.ts";
import { groupPromptKinds } from "#core/model/prompt.ts";
import { evaluateGroupPrompt, rescheduleGroup } from "#core/schedule/evaluate-group-prompt.ts";
import { nextPrompt, nextPrompts, roundUpDue } from "#core/schedule/group-prompt.ts";
import { aChannel, aCrew, aGroup, aPlace } from "../../support/groups.ts";
import fc from "fast-check";

const instant = Temporal.Instant.from;
const at = (time: string): Temporal.Instant => instant(`2026-${time}Z`);
const withCheckIn = aGroup({ checkIn: defaultCheckIn });

describe("what a group waits for next", () => {
  test.each<readonly [name: string, group: Group, after: string, dues: readonly string[]]>([
    ["on a Wednesday: the round-up of this week", aGroup(), "11-25T11:00:00", ["2026-11-30T08:00:00Z of 2026-11-23"]],
    ["before nine on Monday: that of the week before", aGroup(), "11-23T07:59:59", ["2026-11-23T08:00:00Z of 2026-11-16"]],
    ["at nine on Monday: the next", aGroup(), "11-23T08:00:00", ["2026-11-30T08:00:00Z of 2026-11-23"]],
    ["with a check-in: both", withCheckIn, "11-25T11:00:00", ["2026-11-30T08:00:00Z of 2026-11-23", "2026-11-26T11:00:00Z of 2026-11-23"]],
    [
      "on a Friday, with round-ups on Thursday: in six days",
      aGroup({ roundUp: { weekday: 4, time: Temporal.PlainTime.from("17:00") } }),
      "11-27T11:00:00",
      ["2026-12-03T16:00:00Z of 2026-11-23"],
    ],
    [
      "in the night of the clocks: as much later as they skip",
      aGroup({ firstDay: 7, roundUp: { weekday: 7, time: Temporal.PlainTime.from("02:30") } }),
      "03-28T11:00:00",
      ["2026-03-29T01:30:00Z of 2026-03-22"],
    ],
  ])("%s", (_, group, after, dues) => {
    expect(nextPrompts(group, at(after)).map(({ dueAt, weekStart }) => `${dueAt.toString()} of ${weekStart.toString()}`)).toEqual(dues);
  });

  test("is always later, on the asked wall time, for any group and moment", () => {
    const zones = ["Europe/Berlin", "America/New_York", "Pacific/Apia", "Africa/Cairo", "Australia/Lord_Howe", "UTC"];
    const time = fc
      .record({ weekday: fc.integer({ min: 1, max: 7 }), hour: fc.integer({ min: 4, max: 22 }) })
      .map(({ weekday, hour }) => ({ weekday: weekday as Weekday, time: Temporal.PlainTime.from({ hour }) }));
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 1, max: 7 }),
        time,
        fc.integer({ min: 1_767_000_000, max: 1_830_000_000 }),
        (zone, firstDay, asked, seconds) => {
          const group = aGroup({ timeZone: zone as TimeZone, firstDay: firstDay as Weekday, roundUp: asked, checkIn: asked });
          const after = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
          for (const kind of groupPromptKinds) {
            const found = nextPrompt(kind, group, after);
            expect(found?.dueAt).toEqual(nextLocal(asked, group.timeZone, after));
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("a look", () => {
  const prompt = {
    groupId: aGroup().id,
    kind: "round-up",
    dueAt: at("11-30T08:00:00"),
    weekStart: Temporal.PlainDate.from("2026-11-23"),
  } as const;
  const channels = [aChannel(), aChannel({ ref: aPlace("other"), status: "suspended" }), aChannel({ ref: aPlace("third") })];

  test("queues one post for each channel that is open, keeps four weeks, and moves on by one week", () => {
    const changes = evaluateGroupPrompt({ prompt, group: aGroup(), channels, snapshot: aCrew([]), now: prompt.dueAt });
    expect(changes.map(({ kind }) => kind)).toEqual([
      "group-prompt-moved",
      ...Array.from({ length: 4 }, () => "week-kept"),
      "delivery-queued",
      "delivery-queued",
    ]);
    expect(changes[0]).toMatchObject({ to: { weekStart: Temporal.PlainDate.from("2026-11-30"), dueAt: at("12-07T08:00:00") } });
    const keys = changes.flatMap((change) => (change.kind === "delivery-queued" ? [change.delivery.key] : []));
    expect(new Set(keys).size).toBe(2);
  });

  test.each([
    ["in time", "12-01T07:59:59", "queued"],
    ["a day late", "12-01T08:00:00", "expired"],
  ])("%s it is %s", (_, now, state) => {
    const changes = evaluateGroupPrompt({ prompt, group: aGroup(), channels, snapshot: aCrew([]), now: at(now) });
    const states = changes.flatMap((change) => (change.kind === "delivery-queued" ? [change.delivery.state] : []));
    expect(states).toEqual([state, state]);
  });

  test("at a check-in that nobody wants any more drops it", () => {
    const due = { ...prompt, kind: "check-in" } as const;
    const changes = evaluateGroupPrompt({ prompt: due, group: aGroup(), channels: [], snapshot: aCrew([]), now: due.dueAt });
    expect(changes.map(({ kind }) => kind)).toEqual(["group-prompt-moved", "group-prompt-dropped"]);
  });
});

describe("after a change of its settings", () => {
  const group = aGroup();
  const was = {
    groupId: group.id,
    kind: "round-up",
    dueAt: roundUpDue(group, weekOf(Temporal.PlainDate.from("2026-11-16"), 1)),
    weekStart: Temporal.PlainDate.from("2026-11-16"),
  } as const;
  const due = (over: Partial<Group>, now: string): string | undefined => {
    const [change] = rescheduleGroup(aGroup(over), [was], at(now));
    return change?.kind === "group-prompt-set" ? change.prompt.dueAt.toString() : change?.kind;
  };

  test.each<readonly [name: string, over: Partial<Group>, now: string, due: string]>([
    [
      "a later day is that day",
      { roundUp: { weekday: 3, time: Temporal.PlainTime.from("18:00") } },
      "11-22T11:00:00",
      "2026-11-25T17:00:00Z",
    ],
    [
      "a time that has passed is the next such time",
      { roundUp: { weekday: 1, time: Temporal.PlainTime.from("00:30") } },
      "11-23T06:00:00",
      "2026-11-23T23:30:00Z",
    ],
    [
      "what is due this minute stays due",
      { roundUp: { weekday: 1, time: Temporal.PlainTime.from("08:00") } },
      "11-23T08:00:30",
      "2026-11-23T08:00:00Z",
    ],
  ])("%s", (_, over, now, expected) => {
    expect(due(over, now)).toBe(expected);
  });

  test("a check-in begins, and ends", () => {
    const [, begun] = rescheduleGroup(withCheckIn, [was], at("11-22T11:00:00"));
    expect(begun).toMatchObject({ kind: "group-prompt-set", prompt: { kind: "check-in", dueAt: at("11-26T11:00:00") } });
    const checkIn = { ...was, kind: "check-in" } as const;
    expect(rescheduleGroup(group, [was, checkIn], at("11-22T11:00:00"))[1]).toMatchObject({
      kind: "group-prompt-dropped",
      prompt: "check-in",
    });
  });
});
