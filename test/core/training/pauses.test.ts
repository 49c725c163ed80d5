import { pauseOn, pauseUntil, endPause, touchesPause } from "#core/training/pauses.ts";
import { describe, expect, test } from "vitest";
import { aUser } from "../../support/builders.ts";
import { createTestCoach } from "../../support/coach.ts";

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const days = (from: string, until: string) => ({ from: day(from), until: day(until) });

describe("pause reads how long, or until when", () => {
  test.each([
    ["/pause 2w", "Wed 9 Dec"],
    ["/pause", "Wed 9 Dec"],
    ["/pause 10 days", "Sat 5 Dec"],
    ["/pause 1d", "Thu 26 Nov"],
    ["/pause a week", "Wed 2 Dec"],
    ["/pause for 3 weeks", "Wed 16 Dec"],
    ["/pause two weeks please", "Wed 9 Dec"],
    ["/pause 1 month", "Fri 25 Dec"],
    ["/pause 1y", "Thu 25 Nov 2027"],
    ["/pause until friday", "Fri 27 Nov"],
    ["/pause until wednesday", "Wed 2 Dec"],
    ["/pause until 5 dec", "Sat 5 Dec"],
    ["/pause till 2027-01-10", "Sun 10 Jan 2027"],
    ["/pause until 10 jan", "Sun 10 Jan 2027"],
    ["/pause until tomorrow", "Thu 26 Nov"],
    ["pause 2w", "Wed 9 Dec"],
  ])("%s is until %s", async (said, until) => {
    expect(await createTestCoach().hear(said)).toContain(`Paused. No messages until ${until};`);
  });
  test.each([
    "/pause 0d",
    "/pause 2 years",
    "/pause long",
    "/pause until yesterday",
    "/pause until 2020-01-01",
    "/pause until today",
    "/pause -3d",
    "/pause until 31 feb",
  ])("%s is refused with an example", async (said) => {
    const coach = createTestCoach();
    const words = await coach.hear(said);
    expect(words).toContain("This works: /pause 2w");
    expect(await coach.hear("/schedule")).not.toContain("Paused");
  });
  test("a second one takes the place of the first", async () => {
    const coach = createTestCoach();
    await coach.hear("/pause 2w");
    expect(await coach.hear("/pause 3d")).toContain("Sat 28 Nov");
    expect(await coach.hear("/schedule")).toContain("Paused until Sat 28 Nov.");
  });
  test("resume ends it, with an easy start, and undo brings it back", async () => {
    const coach = createTestCoach();
    await coach.hear("40 strength");
    await coach.hear("/pause 2w");
    coach.turnTo("2026-12-01T12:00:00+01:00");
    expect(await coach.hear("/resume")).toContain("Begin lighter than where you stopped");
    expect(await coach.hear("/schedule")).not.toContain("Paused");
    await coach.hear("/undo");
    expect(await coach.hear("/schedule")).toContain("Paused until Wed 9 Dec.");
    expect(await createTestCoach().hear("/resume")).toContain("Nothing is paused.");
  });
  test("a streak waits as long as it lasts", async () => {
    const coach = createTestCoach();
    await coach.hear("40 strength, 40 strength wed, 40 strength 11 nov");
    await coach.hear("40 strength 18 nov");
    await coach.hear("/pause 5w");
    coach.turnTo("2027-01-06T12:00:00+01:00");
    expect(await coach.hear("40 strength")).toContain("In the sweet spot.");
    expect(await coach.hear("/week")).toContain("Good weeks in a row: 4");
  });
});

describe("pauses", () => {
  const user = aUser({ pauses: [days("2026-11-02", "2026-11-09"), days("2026-11-20", "2026-12-01")] });
  test("hold their days, the last one excluded", () => {
    expect(pauseOn(user, day("2026-11-20"))).toEqual(days("2026-11-20", "2026-12-01"));
    expect(pauseOn(user, day("2026-11-30"))).toEqual(days("2026-11-20", "2026-12-01"));
    expect(pauseOn(user, day("2026-12-01"))).toBeUndefined();
  });
  test("are touched by days that share one with them", () => {
    expect(touchesPause(user, days("2026-11-09", "2026-11-20"))).toBe(false);
    expect(touchesPause(user, days("2026-11-08", "2026-11-10"))).toBe(true);
    expect(touchesPause(user, days("2026-11-10", "2026-11-21"))).toBe(true);
  });
  test("that end are kept, so that streaks go on waiting over them", () => {
    expect(endPause(user, day("2026-11-25")).pauses).toEqual([days("2026-11-02", "2026-11-09"), days("2026-11-20", "2026-11-25")]);
    expect(endPause(user, day("2026-11-20")).pauses).toEqual([days("2026-11-02", "2026-11-09")]);
  });
  test("that are begun anew keep when they began", () => {
    expect(pauseUntil(user, day("2026-11-25"), day("2026-12-05")).pauses).toEqual([
      days("2026-11-02", "2026-11-09"),
      days("2026-11-20", "2026-12-05"),
    ]);
    expect(pauseUntil(user, day("2026-12-02"), day("2026-12-05")).pauses).toHaveLength(3);
  });
});
