/** What people are sent unasked, as they would live through it. */

import { describe, expect, test } from "vitest";
import { createTestCoach } from "../support/coach.ts";
import { begun, heard } from "../support/unasked.ts";

describe("the first weeks", () => {
  test("the first log says when the first feedback comes, and it comes then, once", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("20 strength")).toContain("I write on Mondays at 08:00 about the week that ended, first on Mon 30 Nov 08:00.");
    expect(await coach.hear("20 walk")).not.toContain("I write on");
    await coach.travelTo("2026-12-01T12:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-11-26T08:30 Rest day: that is training too.", "2026-11-30T08:00 Building."]);
  });
  test("nobody is written to who has never logged", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings feedback monday 08:00");
    await coach.hear("/week");
    await coach.travelTo("2027-01-01T12:00:00Z");
    expect(coach.sent).toEqual([]);
  });
  test("whoever says no messages beside the first log gets none", async () => {
    const coach = await begun();
    expect(await coach.press("No messages")).toContain("I will not write to you any more.");
    await coach.travelTo("2027-01-01T12:00:00Z");
    expect(coach.sent).toEqual([]);
    expect(await coach.hear("/schedule")).toContain("I do not write to you.");
  });
  test("another time is asked for beside the first log, and holds for the first feedback", async () => {
    const coach = await begun();
    await coach.press("Another time", "sunday 18:00");
    await coach.travelTo("2026-12-07T12:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-11-26T08:30 Rest day: that is training too.", "2026-12-06T18:00 Building."]);
  });
  test("three quiet weeks end in one last word, and a log brings the coach back", async () => {
    const coach = await begun();
    await coach.travelTo("2027-02-01T12:00:00+01:00");
    expect(heard(coach)).toEqual([
      "2026-11-26T08:30 Rest day: that is training too.",
      "2026-11-30T08:00 Building.",
      "2026-12-07T08:00 A quiet week.",
      "2026-12-14T08:00 A quiet week.",
      "2026-12-21T08:00 I will be quiet now.",
    ]);
    expect(await coach.hear("/schedule")).toContain("Nothing comes by itself. I begin when you log something.");
    expect(await coach.hear("20 strength")).toContain("first on Mon 8 Feb 08:00");
    coach.sent.length = 0;
    await coach.travelTo("2027-02-08T12:00:00+01:00");
    expect(heard(coach)).toEqual(["2027-02-02T08:30 Rest day: that is training too.", "2027-02-08T08:00 Building."]);
  });
});

describe("silence", () => {
  test("lasts while paused, is explained, and ends with the pause", async () => {
    const coach = await begun();
    expect(await coach.hear("/pause 1w")).toContain("No messages until Wed 2 Dec");
    await coach.travelTo("2026-12-01T12:00:00+01:00");
    expect(coach.sent).toEqual([]);
    const schedule = await coach.hear("/schedule");
    expect(schedule).toContain("Paused until Wed 2 Dec.");
    expect(schedule).toContain("Mon 30 Nov 08:00, weekly feedback: not sent, as you had paused messages");
    await coach.travelTo("2026-12-07T12:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-12-07T08:00 Welcome back."]);
  });
  test("of quiet hours moves feedback to their end, and is explained", async () => {
    const coach = await begun();
    expect(await coach.hear("/settings quiet hours 07:30-12:00")).toContain("comes when your quiet hours end, at 12:00");
    expect(await coach.hear("/schedule")).toContain("Mon 30 Nov 12:00; your quiet hours last until then");
    await coach.travelTo("2026-11-30T23:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-11-26T12:00 Rest day: that is training too.", "2026-11-30T12:00 Building."]);
  });
  test.each(["stop", "STOP", "Stop!", "/stop", "stop messaging me", "stop.", "please stop", "Unsubscribe", "leave me alone!"])(
    "follows %j at once",
    async (words) => {
      const coach = await begun();
      expect(await coach.hear(words)).toContain("I will not write to you any more.");
      await coach.travelTo("2026-12-08T12:00:00+01:00");
      expect(coach.sent).toEqual([]);
      expect(await coach.hear("/schedule")).toContain("not sent, as you had ended all messages");
    },
  );
  test.each(["thanks", "Thank you!", "/thanks", "thx :)"])("is not what %j asks for, and it is answered kindly", async (words) => {
    expect(await createTestCoach().hear(words)).toContain("Gladly.");
  });
  test("after stop is ended by resume, and by nothing else", async () => {
    const coach = await begun();
    await coach.hear("stop");
    await coach.travelTo("2026-12-08T12:00:00+01:00");
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-15T12:00:00+01:00");
    expect(coach.sent).toEqual([]);
    expect(await coach.hear("/resume")).toContain("From your next log on I write again.");
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-21T12:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-12-16T08:30 Rest day: that is training too.", "2026-12-21T08:00 Building."]);
  });
  test("that was undone at once was none", async () => {
    const coach = await begun();
    await coach.hear("stop");
    await coach.hear("/undo");
    await coach.travelTo("2026-11-30T12:00:00+01:00");
    expect(heard(coach)).toHaveLength(2);
  });
  test("is said by each message itself", async () => {
    const coach = await begun();
    await coach.travelTo("2026-11-26T12:00:00+01:00");
    expect(await coach.press("Mute")).toContain("Nudges: off from now on.");
    await coach.hear("20 strength");
    await coach.travelTo("2026-11-30T12:00:00+01:00");
    expect(await coach.press("Mute")).toContain("Feedback: off from now on.");
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-08T12:00:00+01:00");
    expect(coach.sent).toHaveLength(2);
    expect(await coach.hear("/schedule")).toContain("Weekly feedback: off");
  });
});

describe("one message a day", () => {
  test("is the feedback, where a nudge would come as well", async () => {
    const coach = await begun();
    await coach.hear("20 strength sun");
    coach.turnTo("2026-11-29T18:00:00+01:00");
    await coach.hear("20 strength");
    await coach.travelTo("2026-11-30T23:00:00+01:00");
    expect(heard(coach).at(-1)).toBe("2026-11-30T08:00 A good week.");
    expect(await coach.hear("/schedule")).toContain("Mon 30 Nov 08:30, rest-day nudge: not sent, as one message a day is the most");
  });
  test("is the feedback also where it comes later that day", async () => {
    const coach = await begun();
    await coach.hear("/settings feedback thursday 18:00");
    await coach.travelTo("2026-12-02T12:00:00+01:00");
    await coach.hear("20 strength");
    await coach.travelTo("2026-12-03T23:00:00+01:00");
    expect(heard(coach)).toEqual(["2026-11-26T08:30 Rest day: that is training too.", "2026-12-03T18:00 Building."]);
  });
  test("makes feedback wait a day for a nudge that was sent before its time was changed", async () => {
    const coach = createTestCoach();
    coach.turnTo("2026-11-24T12:00:00+01:00");
    await coach.hear("20 strength sun");
    await coach.travelTo("2026-11-30T07:00:00+01:00");
    await coach.hear("/settings feedback monday 18:00");
    await coach.hear("20 strength yesterday");
    await coach.travelTo("2026-12-02T12:00:00+01:00");
    const days = coach.sent.map(({ at }) => at.toZonedDateTimeISO("Europe/Berlin").toPlainDate().toString());
    expect(new Set(days).size).toBe(days.length);
  });
});

describe("what a message says", () => {
  test("is true at the moment of sending", async () => {
    const coach = await begun();
    await coach.hear("/undo");
    await coach.travelTo("2026-11-26T12:00:00+01:00");
    expect(coach.sent).toEqual([]);
  });
  test("is set right by the next feedback, when a week changed after it was told", async () => {
    const coach = await begun();
    await coach.travelTo("2026-11-30T12:00:00+01:00");
    await coach.hear("25 strength fri");
    await coach.travelTo("2026-12-07T12:00:00+01:00");
    expect(coach.sent.at(-1)?.words).toContain(
      "In the week of Mon 23 Nov it is now 45 min strength, where I had said 20: it was changed after I wrote.",
    );
    await coach.travelTo("2026-12-14T12:00:00+01:00");
    expect(coach.sent.at(-1)?.words).not.toContain("where I had said");
  });
  test("follows the plan, and its buttons change one day of it", async () => {
    const coach = await begun();
    await coach.hear("/plan 2x20 tue fri");
    await coach.hear("/settings training nudges on");
    await coach.travelTo("2026-11-27T19:00:00+01:00");
    expect(coach.sent.at(-1)?.words).toContain(
      "Friday is one of your days. 20 min this evening would bring you to 40. Not today? Saturday is free too.",
    );
    expect(await coach.press("Move to Saturday")).toContain("Moved to Saturday.");
    await coach.travelTo("2026-11-28T19:00:00+01:00");
    expect(coach.sent.at(-1)?.words).toContain("Saturday is one of your days.");
    expect(await coach.press("Not this week")).toContain("Saturday is free this week");
    await coach.travelTo("2026-12-01T19:00:00+01:00");
    expect(coach.sent.at(-1)?.words).toContain("Tuesday is one of your days.");
  });
  test("offers three ways when the week is full and a planned day comes", async () => {
    const coach = await begun();
    await coach.hear("/plan 2x20 tue fri");
    await coach.hear("35 strength");
    await coach.travelTo("2026-11-27T12:00:00+01:00");
    expect(coach.sent.at(-1)?.words).toBe(
      "Your week is already good. 55 min strength, and Friday is on your plan. Keep it, shorten it, or swap it for a walk: all three are fine.\n[Keep] [Walk instead] [Mute]",
    );
    expect(await coach.press("Keep")).toContain("Friday stays on your plan.");
  });
});
