/** What a platform answers, and what becomes of a delivery then. */

import { delayAfter } from "#core/lib/retry-delay.ts";
import { describe, expect, test } from "vitest";
import type { Sent, TestCoach } from "../support/coach.ts";
import { answering, deliveriesOf, endsOf, failingStore, feedbackDue, later, monday } from "./fixtures.ts";

const tenMinutes = Temporal.Duration.from({ minutes: 10 });

/** How many seconds after it was due each of `asked` came. */
function secondsOf(asked: readonly Sent[]): readonly number[] {
  return asked.map(({ at }) => at.since(monday).total("seconds"));
}

function eventsOf({ logged }: TestCoach): readonly string[] {
  return logged.map(({ event }) => event);
}

test("sent is its end", async () => {
  const coach = await feedbackDue();
  const asked = answering(coach, "sent");
  await coach.travelTo(later(monday, { days: 3 }));
  expect(asked).toHaveLength(1);
  expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 sent"]);
  expect(await coach.hear("/schedule")).toContain("Mon 30 Nov 08:00, weekly feedback: sent");
});

describe("later", () => {
  test("comes again after a while, and longer each time, for as long as it is of use", async () => {
    const coach = await feedbackDue();
    const asked = answering(coach, "later");
    await coach.travelTo(later(monday, { days: 3 }));
    const waits = [5.5, 22, 88, 352, 1408, 3960, 3960, 3960];
    const first = [0, ...waits.map((_, index) => waits.slice(0, index + 1).reduce((sum, wait) => sum + wait))];
    expect(secondsOf(asked).slice(0, first.length)).toEqual(first);
    expect(asked.at(-1)?.at.since(monday).total("hours")).toSatisfy((hours: number) => hours > 46 && hours < 48);
    expect(asked.map(({ at }) => at.toZonedDateTimeISO("Europe/Berlin").hour).filter((hour) => hour < 7 || hour >= 22)).toEqual([]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 parked: gave-up"]);
    expect(await coach.hear("/schedule")).toContain("weekly feedback: not sent, as the platform could not be reached");
  });
  test("is told while it lasts, and over as soon as it is taken", async () => {
    const coach = await feedbackDue();
    const asked = answering(coach, "later", "later", "later", "sent");
    await coach.travelTo(later(monday, { seconds: 30 }));
    expect(await coach.hear("/schedule")).toContain("Mon 30 Nov 08:00, weekly feedback: waiting, next try at 08:01");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(asked).toHaveLength(4);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 sent"]);
  });
  test("is no failure where the platform says for how long", async () => {
    const coach = await feedbackDue();
    const wait = { kind: "later", after: tenMinutes } as const;
    const asked = answering(coach, ...Array.from({ length: 30 }, () => wait), { kind: "sent" });
    await coach.travelTo(later(monday, { days: 3 }));
    expect(secondsOf(asked)).toEqual(Array.from({ length: 31 }, (_, index) => 600 * index));
    expect(await deliveriesOf(coach)).toMatchObject([{ state: "sent", attempts: 0 }]);
  });
  test("for longer than it is of use is its end", async () => {
    const coach = await feedbackDue();
    const asked = answering(coach, { kind: "later", after: Temporal.Duration.from({ hours: 48 }) });
    await coach.travelTo(later(monday, { days: 3 }));
    expect(asked).toHaveLength(1);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 expired: late"]);
  });
  test("for no time at all is not asked again and again in one breath", async () => {
    const coach = await feedbackDue();
    const wait = { kind: "later", after: Temporal.Duration.from({ seconds: 0 }) } as const;
    const asked = answering(coach, ...Array.from({ length: 50 }, () => wait), { kind: "sent" });
    await coach.run();
    expect(asked).toHaveLength(1);
  });
  test("is spread, so that what failed together does not come again together", () => {
    const seconds = [0, 0.5, 1].map((chance) => delayAfter(1, chance).total("seconds"));
    expect(seconds).toEqual([4, 5.5, 7]);
    expect([4, 5, 6, 7, 40].map((attempts) => delayAfter(attempts, 0).total("seconds"))).toEqual([256, 1024, 2880, 2880, 2880]);
  });
});

describe("closed", () => {
  const closedTold = "My last message did not reach you.";
  test("is asked once, and not again before the person says something", async () => {
    const coach = await feedbackDue();
    const asked = answering(coach, "closed");
    await coach.travelTo(later(monday, { days: 15 }));
    expect(asked).toHaveLength(1);
    expect(await endsOf(coach)).toEqual(["2026-12-07", "2026-11-30", "2026-11-23"].map((week) => `weekly ${week} suppressed: closed`));
    expect(await coach.hear("/schedule")).toContain("weekly feedback: not sent, as my messages do not reach you");
  });
  test("is told once, with what to do, and their word brings messages back", async () => {
    const coach = await feedbackDue();
    const asked = answering(coach, "closed", "closed", "sent", "closed");
    const weekLater = async (weeks: number): Promise<string> => {
      await coach.travelTo(later(monday, { hours: 24 * 7 * weeks }));
      return `${await coach.hear("20 strength")}\n${await coach.hear("/week")}`;
    };
    const [first, second, third, fourth] = [await weekLater(0), await weekLater(1), await weekLater(2), await weekLater(3)];
    expect(first.split(closedTold)).toHaveLength(2);
    expect(second).not.toContain(closedTold);
    expect(third).not.toContain(closedTold);
    // One arrived in between, so that it is news.
    expect(fourth.split(closedTold)).toHaveLength(2);
    expect(asked).toHaveLength(4);
    expect((await endsOf(coach)).map((end) => end.slice("weekly 2026-11-23 ".length))).toEqual([
      "suppressed: closed",
      "sent",
      "suppressed: closed",
      "suppressed: closed",
    ]);
  });
});

test("refused is its end, and the log has the platform's code and no words", async () => {
  const coach = await feedbackDue();
  const asked = answering(coach, "refused");
  await coach.travelTo(later(monday, { days: 3 }));
  expect(asked).toHaveLength(1);
  expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 parked: refused"]);
  expect(coach.logged).toEqual([{ event: "delivery-refused", fields: { kind: "weekly", platform: "console", code: "50035" } }]);
  expect(await coach.hear("/schedule")).toContain("weekly feedback: not sent, as the platform did not take it");
});

describe("unknown", () => {
  const told = "weekly feedback: unknown, as the line broke while it was on its way: it may have come or not, and is not sent twice";
  test("is its end at once where the platform knows no key again", async () => {
    const coach = await feedbackDue();
    const asked = answering(coach, "unknown");
    await coach.run();
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 unknown: in-doubt"]);
    await coach.travelTo(later(monday, { days: 3 }));
    expect(asked).toHaveLength(1);
    expect(await coach.hear("/schedule")).toContain(told);
  });
  test("is retried with the same key after its lease, on a platform that recognises the key", async () => {
    const coach = await feedbackDue({ recognisesFor: tenMinutes });
    const asked = answering(coach, "unknown", "sent");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(secondsOf(asked)).toEqual([0, 90]);
    expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 sent"]);
  });
  test("is its end when the platform knows its key no longer", async () => {
    const coach = await feedbackDue({ recognisesFor: tenMinutes });
    const asked = answering(coach, "unknown");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(secondsOf(asked)).toEqual([0, 90, 180, 270]);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 unknown: in-doubt"]);
    expect(await coach.hear("/schedule")).toContain(told);
  });
  test("is asked about less and less where the platform knows it for days, and nobody hears", async () => {
    const coach = await feedbackDue({ recognisesFor: Temporal.Duration.from({ hours: 72 }) });
    const asked = answering(coach, "unknown");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(secondsOf(asked).slice(0, 7)).toEqual([0, 90, 180, 270, 622, 2030, 5990]);
    expect(asked.length).toBeLessThan(40);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 unknown: in-doubt"]);
  });
  test("is what a platform leaves that never answers, and the next in line is sent", async () => {
    const coach = await feedbackDue({ patience: 5 });
    const { promise: silence } = Promise.withResolvers<never>();
    coach.answerWith(() => silence);
    await coach.run();
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 unknown: in-doubt"]);
    expect(coach.logged).toEqual([{ event: "send-timed-out", fields: { kind: "weekly", platform: "console" } }]);
    coach.answerWith(() => ({ kind: "sent" }));
    await coach.travelTo(later(monday, { days: 8 }));
    expect((await endsOf(coach))[0]).toBe("weekly 2026-11-30 sent");
  });
  test("is what an adapter leaves that throws, and the log has no words of it", async () => {
    const coach = await feedbackDue();
    coach.answerWith(({ words }) => {
      throw new Error(words);
    });
    await coach.travelTo(later(monday, { days: 3 }));
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 unknown: in-doubt"]);
    expect(eventsOf(coach)).toEqual(["send-failed"]);
    expect(JSON.stringify(coach.logged)).not.toMatch(/20 of|Last week/u);
  });
});

describe("a store that fails", () => {
  test("to settle what was sent brings no second message", async () => {
    const { store, failAt } = failingStore();
    const coach = await feedbackDue({ store });
    failAt("delivery-ended");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(coach.sent).toHaveLength(1);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 unknown: in-doubt"]);
    expect(eventsOf(coach)).toEqual(["outcome-not-recorded"]);
    expect(JSON.stringify(coach.logged)).not.toContain("20 min");
  });
  test("to settle it is made good where the platform knows the key again", async () => {
    const { store, failAt } = failingStore();
    const coach = await feedbackDue({ store, recognisesFor: tenMinutes });
    failAt("delivery-ended");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(secondsOf(coach.sent)).toEqual([0, 90]);
    expect(new Set(coach.sent.map(({ key }) => key)).size).toBe(1);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 sent"]);
  });
  test.each(["findAddressee", "delivery-sending"])("at %s, before anything was sent, delays it and no more", async (what) => {
    const { store, failAt } = failingStore();
    const coach = await feedbackDue({ store });
    failAt(what);
    await coach.travelTo(later(monday, { minutes: 2 }));
    expect(coach.sent).toHaveLength(1);
    expect(await endsOf(coach)).toEqual(["weekly 2026-11-23 sent"]);
  });
});
