/** What changes between queueing and sending: what is not wanted or not true any more does not come, and `/schedule` says why. */

import { createMemoryStore } from "../support/model-store/store.ts";
import type { Account } from "#core/model/user.ts";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import { describe, expect, test } from "vitest";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { answering, endsOf, feedbackDue, later, monday } from "./fixtures.ts";

const thursday = "2026-11-26T08:30:00+01:00";
const friday = "2026-11-27T18:00:00+01:00";

/** ann, whose word on rest is due: she lifted yesterday. */
async function restDue(): Promise<TestCoach> {
  const coach = createTestCoach();
  await coach.hear("20 strength");
  coach.turnTo(thursday);
  return coach;
}

/** ann, whose planned day is nearly over. */
async function trainingDue(): Promise<TestCoach> {
  const coach = createTestCoach();
  await coach.hear("20 walk");
  await coach.hear("/plan 2x20 tue fri");
  await coach.hear("/settings training nudges on");
  await coach.travelTo("2026-11-27T17:59:00+01:00");
  coach.turnTo(friday);
  return coach;
}

const dues = {
  weekly: [feedbackDue, monday, "2026-11-23"],
  rest: [restDue, thursday, "2026-11-26"],
  training: [trainingDue, friday, "2026-11-27"],
} as const;

describe("between queueing and sending", () => {
  test.each<readonly [kind: keyof typeof dues, words: string, reason: string, said: string]>([
    ["weekly", "/stop", "stopped", "you had ended all messages"],
    ["weekly", "/pause 1w", "paused", "you had paused messages"],
    ["weekly", "/settings feedback off", "off", "you had turned it off"],
    ["rest", "stop", "stopped", "you had ended all messages"],
    ["rest", "/pause 2d", "paused", "you had paused messages"],
    ["rest", "/settings nudges off", "off", "you had turned it off"],
    ["rest", "/undo", "changed", "it was not true any more when its time came"],
    ["rest", "20 strength", "changed", "it was not true any more when its time came"],
    ["rest", "/plan 2x20 tue thu", "changed", "it was not true any more when its time came"],
    ["training", "/stop", "stopped", "you had ended all messages"],
    ["training", "/pause 1w", "paused", "you had paused messages"],
    ["training", "/settings training nudges off", "off", "you had turned it off"],
    ["training", "20 strength", "changed", "it was not true any more when its time came"],
    ["training", "/skip fri", "changed", "it was not true any more when its time came"],
    ["training", "/plan 2x20 tue sat", "changed", "it was not true any more when its time came"],
  ])("a %s message is held back by %s", async (kind, words, reason, said) => {
    const [given, due, on] = dues[kind];
    const coach = await given();
    const asked = answering(coach, "later", "sent");
    await coach.run();
    expect(asked).toHaveLength(1);
    await coach.hear(words);
    await coach.travelTo(later(due, { minutes: 5 }));
    expect(asked).toHaveLength(1);
    expect(await endsOf(coach)).toContain(`${kind} ${on} suppressed: ${reason}`);
    expect(await coach.hear("/schedule")).toContain(`: not sent, as ${said}`);
  });

  test.each<readonly [kind: keyof typeof dues, quiet: string, at: string]>([
    ["weekly", "08:00-12:00", "2026-11-30T12:00:00+01:00"],
    ["rest", "07:00-09:15", "2026-11-26T09:15:00+01:00"],
    ["training", "12:00-21:30", "2026-11-27T21:30:00+01:00"],
  ])("a %s message waits for the end of quiet hours that are new", async (kind, quiet, at) => {
    const [given, due] = dues[kind];
    const coach = await given();
    const asked = answering(coach, "later", "sent");
    await coach.run();
    await coach.hear(`/settings quiet hours ${quiet}`);
    await coach.travelTo(later(due, { hours: 5 }));
    expect(asked.map((one) => one.at.toString()).slice(1)).toEqual([Temporal.Instant.from(at).toString()]);
  });

  test("a nudge whose day is over when quiet hours end does not come", async () => {
    const coach = await trainingDue();
    const asked = answering(coach, "later", "sent");
    await coach.run();
    await coach.hear("/settings quiet hours 18:00-07:00");
    await coach.travelTo(later(friday, { hours: 20 }));
    expect(asked).toHaveLength(1);
    expect(await endsOf(coach)).toContain("training 2026-11-27 parked: gave-up");
    expect(await coach.hear("/schedule")).toContain("training nudge: not sent, as the platform could not be reached");
  });

  test("the numbers become those of the moment of sending, and are what was told", async () => {
    const coach = await feedbackDue();
    answering(coach, "later", "sent");
    await coach.run();
    await coach.hear("25 strength fri");
    await coach.travelTo(later(monday, { minutes: 1 }));
    expect(coach.sent.at(-1)?.words).toContain("A good week. Last week 45 of 40–60 min.");
    await coach.hear("20 strength");
    await coach.travelTo(later(monday, { weeks: 1 }));
    expect(coach.sent.at(-1)?.words).toContain("Last week 20 of 40–60 min, after 45 the week before.");
    expect(coach.sent.at(-1)?.words).not.toContain("where I had said");
  });
});

describe("a week that is corrected after it was told", () => {
  test("is told in the next feedback, once", async () => {
    const coach = await feedbackDue();
    await coach.run();
    await coach.hear("15 strength sat");
    await coach.hear("30 run sat");
    await coach.travelTo(later(monday, { weeks: 1 }));
    expect(coach.sent.at(-1)?.words).toContain(
      "In the week of Mon 23 Nov it is now 35 min strength, where I had said 20 and 60 min cardio, where I had said 0: it was changed after I wrote.",
    );
    await coach.hear("20 strength");
    await coach.travelTo(later(monday, { weeks: 2 }));
    expect(coach.sent.at(-1)?.words).not.toContain("where I had said");
  });
  test("is not told where nobody knows what had been said", async () => {
    const coach = await feedbackDue();
    answering(coach, "unknown", "sent");
    await coach.run();
    await coach.hear("15 strength sat");
    await coach.travelTo(later(monday, { weeks: 1 }));
    expect(coach.sent).toHaveLength(2);
    expect(coach.sent.at(-1)?.words).not.toContain("I had said");
  });
});

describe("somebody on another platform", () => {
  const elsewhere: Account = { platform: "elsewhere" as PlatformName, id: "bea", name: "bea" };
  const hear = async ({ handle }: TestCoach, text: string): Promise<void> => {
    const surface = { platform: elsewhere.platform, address: "bea" as Address, reach: "direct" } as const;
    await handle({ source: `bea ${text}` as MessageId, account: elsewhere, surface, text });
  };

  test("that does not run here is not written to, and their account is not taken for closed", async () => {
    const store = createMemoryStore();
    const coach = createTestCoach({ store });
    await hear(coach, "20 strength");
    await coach.travelTo(later(monday, { hours: 1 }));
    expect(coach.sent).toEqual([]);
    const found = await store.findUser(elsewhere);
    expect(found?.reach).toEqual({ isOpen: true, isTold: false });
    const deliveries = found ? await store.deliveries(found.user.id, 10) : [];
    expect(deliveries.map(({ kind, state, reason }) => `${kind} ${state}: ${reason}`)).toEqual([
      "weekly queued: undefined",
      "rest queued: undefined",
    ]);
  });
  test("is written to on the one that runs", async () => {
    const store = createMemoryStore();
    const coach = createTestCoach({ store });
    await hear(coach, "20 strength");
    const found = await store.findUser(elsewhere);
    if (!found) throw new Error("Find bea: she has logged something");
    await store.commit([
      { kind: "account-linked", account: { ...elsewhere, platform: "console" as PlatformName, id: "zoe" }, userId: found.user.id },
    ]);
    await coach.travelTo(later(monday, { hours: 1 }));
    expect(coach.sent.map(({ to }) => to)).toEqual(["zoe", "zoe"]);
  });
});
