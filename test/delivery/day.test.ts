/** One message a day at most, and the weekly feedback wins, also where much is due at once. */

import { describe, expect, test } from "vitest";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { heard } from "../support/unasked.ts";
import { answering, deliveriesOf, endsOf, feedbackDue, later, monday } from "./fixtures.ts";

/** Somebody who has lifted on Sunday evening, so that feedback and a word on rest are due on Monday. */
async function liftedOnSunday(coach: TestCoach, name = "ann"): Promise<void> {
  coach.turnTo("2026-11-29T18:00:00+01:00");
  await coach.hear("20 strength", { name });
}

describe("on one day", () => {
  test("feedback wins where both are caught up with at once", async () => {
    const coach = createTestCoach();
    await liftedOnSunday(coach);
    coach.turnTo("2026-11-30T20:00:00+01:00");
    await coach.run();
    expect(heard(coach)).toEqual(["2026-11-30T20:00 Building."]);
    expect(await endsOf(coach)).toEqual(["rest 2026-11-30 suppressed: one-a-day", "weekly 2026-11-23 sent"]);
    expect(await coach.hear("/schedule")).toContain(
      "Mon 30 Nov 08:30, rest-day nudge: not sent, as one message a day is the most, and another had that day",
    );
  });
  test("feedback wins over a nudge that was due before it, and is due later today", async () => {
    const coach = createTestCoach();
    await liftedOnSunday(coach);
    await coach.hear("/settings feedback monday 19:00");
    await coach.travelTo("2026-11-30T23:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-11-30T19:00 Building."]);
  });
  test("feedback wins for each of fifty people who are caught up with at once", async () => {
    const coach = createTestCoach();
    const names = Array.from({ length: 50 }, (_, index) => `person ${index}`);
    for (const name of names) await liftedOnSunday(coach, name);
    coach.turnTo("2026-11-30T20:00:00+01:00");
    await coach.run();
    expect(coach.sent.map(({ to }) => String(to)).toSorted()).toEqual(names.toSorted());
    expect(coach.sent.filter(({ words }) => !words.startsWith("Building."))).toEqual([]);
  });
  test("feedback that the platform puts off wins over the nudge of that day", async () => {
    const coach = createTestCoach();
    await liftedOnSunday(coach);
    coach.turnTo(monday);
    answering(coach, { kind: "later", after: Temporal.Duration.from({ hours: 2 }) }, { kind: "sent" });
    await coach.travelTo("2026-11-30T23:00:00+01:00");
    expect(await endsOf(coach)).toEqual(["rest 2026-11-30 suppressed: one-a-day", "weekly 2026-11-23 sent"]);
  });
});

describe("a nudge comes after all", () => {
  /** ann, who plans to train on Monday and Thursday, wants to be reminded, and whose feedback the platform has put off for very long. */
  async function putOff(hours: number): Promise<TestCoach> {
    const coach = await feedbackDue();
    await coach.hear("/plan 2x20 mon thu");
    await coach.hear("/settings training nudges on");
    answering(coach, { kind: "later", after: Temporal.Duration.from({ hours }) }, { kind: "sent" });
    await coach.run();
    return coach;
  }
  test("where the feedback that would win is not of use any more", async () => {
    const coach = await putOff(48);
    coach.turnTo("2026-12-03T19:00:00+01:00");
    await coach.run();
    expect(await endsOf(coach)).toEqual([
      "training 2026-12-03 sent",
      "training 2026-11-30 expired: late",
      "weekly 2026-11-23 expired: late",
    ]);
    expect(heard(coach)).toContain("2026-12-03T19:00 Thursday is one of your days.");
  });
  test("where the feedback that would win is not wanted any more", async () => {
    const coach = await putOff(24);
    await coach.hear("/settings feedback off");
    await coach.travelTo("2026-11-30T20:00:00+01:00");
    expect(heard(coach)).toContain("2026-11-30T18:00 Monday is one of your days.");
  });
});

test("a word on rest that came keeps feedback for the next day, at its time of day", async () => {
  const coach = createTestCoach();
  await liftedOnSunday(coach);
  await coach.hear("/settings feedback tuesday 08:00");
  await coach.travelTo("2026-11-30T12:00:00+01:00");
  await coach.hear("/settings feedback monday 18:00");
  await coach.travelTo("2026-12-02T12:00:00+01:00");
  expect(heard(coach)).toEqual(["2026-11-30T08:30 Rest day: that is training too.", "2026-12-01T18:00 Building."]);
});

test("nobody is sent two messages on a day of theirs, whatever time zone they move to", async () => {
  const coach = createTestCoach();
  await coach.hear("20 strength");
  await coach.hear("/settings feedback thursday 09:00");
  for (const [at, zone] of [
    ["2026-11-26T08:40:00+01:00", "Auckland"],
    ["2026-11-26T23:00:00+01:00", "Honolulu"],
    ["2026-11-28T12:00:00+01:00", "Kiritimati"],
  ] as const) {
    await coach.travelTo(at);
    await coach.hear(`/settings time zone ${zone}`);
    await coach.hear("20 strength");
  }
  await coach.travelTo("2026-12-12T12:00:00Z");
  const days = (await deliveriesOf(coach)).flatMap(({ sentOn }) => sentOn?.toString() ?? []);
  expect(days.length).toBeGreaterThanOrEqual(3);
  expect(new Set(days).size).toBe(days.length);
  expect(coach.sent).toHaveLength(days.length);
});

test("what waits for its day is told with the time of the next try", async () => {
  const coach = await feedbackDue();
  answering(coach, { kind: "later", after: Temporal.Duration.from({ minutes: 90 }) }, { kind: "sent" });
  await coach.run();
  expect(await coach.hear("/schedule")).toContain("Mon 30 Nov 08:00, weekly feedback: waiting, next try at 09:30");
  await coach.travelTo(later(monday, { hours: 2 }));
  expect(await coach.hear("/schedule")).toContain("Mon 30 Nov 09:30, weekly feedback: sent");
});
