/** Answers that their platform did not take in time: said later by the outbox, once, and to nobody else. */

import type { PlatformName, MessageId } from "#core/lib/ids.ts";
import { expect, test } from "vitest";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { answering, deliveriesOf, endsOf, later } from "./fixtures.ts";

const noon = "2026-11-25T12:00:00+01:00";
const account = { platform: "console" as PlatformName, id: "ann", name: "ann" };
const twoMinutes = Temporal.Duration.from({ minutes: 2 });

/** Ann has logged 20 minutes, and read nothing of it. */
async function unread(coach: TestCoach, source = "s1", triedFor?: Temporal.Duration): Promise<boolean> {
  const reply = await coach.reply("20 strength", { source });
  if (!reply) throw new Error("Log a session: it must be answered");
  return await coach.defer({ account, source: source as MessageId, reply, triedFor });
}

async function settledDown(coach: TestCoach): Promise<void> {
  await coach.hear("/settings nudges off");
  await coach.hear("/settings feedback off");
}

test("an answer that was not shown is sent by the outbox, with its words and buttons, and once", async () => {
  const coach = createTestCoach();
  expect(await unread(coach)).toBe(true);
  expect(await coach.defer({ account, source: "s1" as MessageId, reply: { blocks: [] } })).toBe(true);
  await coach.run();
  await coach.run();
  expect(coach.sent.map(({ to, key }) => `${to} ${key}`)).toEqual(["ann answer s1"]);
  expect(coach.sent[0]?.words).toContain("20 min strength logged for today; this week 20 of 40–60 min.");
  expect(coach.sent[0]?.words).toContain("[Undo]");
  expect(await deliveriesOf(coach)).toMatchObject([{ kind: "answer", state: "sent", sentOn: undefined }]);
});

test("it arrives when the platform is back, says it is late, and does not use up the daily message", async () => {
  const coach = createTestCoach();
  const asked = answering(coach, "later", "later", "later", "later", "sent");
  await unread(coach);
  await coach.travelTo(later(noon, { hours: 1 }));
  expect(asked).toHaveLength(5);
  expect(asked[0]?.words).not.toContain("late");
  expect(asked[4]?.words).toMatch(/^Sorry, this is late\. You asked at 12:00\.\n/u);
  expect(asked[4]?.words).toContain("20 min strength logged");
  await coach.travelTo("2026-11-26T12:00:00+01:00");
  expect(await endsOf(coach)).toContain("rest 2026-11-26 sent");
});

test("it waits as long as the platform asks, and also reaches paused and stopped people, at night too", async () => {
  const coach = createTestCoach();
  await coach.hear("20 strength");
  await coach.hear("stop");
  coach.turnTo("2026-11-25T23:30:00+01:00");
  const reply = await coach.reply("/week", { source: "s2" });
  const after = Temporal.Duration.from({ minutes: 20 });
  await coach.defer({ account, source: "s2" as MessageId, reply: reply ?? { blocks: [] }, after });
  await coach.travelTo("2026-11-25T23:49:00+01:00");
  expect(coach.sent).toEqual([]);
  await coach.travelTo("2026-11-25T23:50:00+01:00");
  expect(coach.sent.map(({ key }) => key)).toEqual(["answer s2"]);
});

test("after six hours it is of no use, and is not sent", async () => {
  const coach = createTestCoach();
  const asked = answering(coach, "later");
  await unread(coach);
  await settledDown(coach);
  await coach.travelTo(later(noon, { hours: 7 }));
  const before = asked.length;
  answering(coach, "sent");
  await coach.travelTo(later(noon, { hours: 9 }));
  expect(before).toBeGreaterThan(3);
  expect(coach.sent).toEqual([]);
  expect(await deliveriesOf(coach)).toMatchObject([{ kind: "answer", state: "parked", reason: "gave-up" }]);
  expect((await deliveriesOf(coach))[0]?.blocks).toBeUndefined();
});

test("one that may have arrived is known by its key to the platform, from its first try on", async () => {
  const coach = createTestCoach({ recognisesFor: twoMinutes });
  await unread(coach, "s1", Temporal.Duration.from({ seconds: 60 }));
  const [waiting] = await deliveriesOf(coach);
  expect(waiting?.state).toBe("sending");
  expect(waiting?.triedAt?.toString()).toBe("2026-11-25T10:59:00Z");
  await coach.run();
  expect(coach.sent.map(({ key }) => key)).toEqual(["answer s1"]);
  expect(await deliveriesOf(coach)).toMatchObject([{ state: "sent" }]);
});

test("an ambiguous answer is not sent twice: the person reads that it may be missing", async () => {
  const coach = createTestCoach({ recognisesFor: twoMinutes });
  await unread(coach, "s1", Temporal.Duration.from({ minutes: 3 }));
  await settledDown(coach);
  await coach.travelTo(later(noon, { hours: 1 }));
  expect(coach.sent.map(({ key }) => key)).toEqual(["missed 1 answer s1"]);
  expect(coach.sent[0]?.words).toContain("My last answer may not have reached you. What you told me is recorded.");
  expect((await endsOf(coach)).toSorted()).toEqual(["answer 2026-11-25 sent", "answer 2026-11-25 unknown: in-doubt"]);
});

test("that word is said again where it may be missing, too, six times at most", async () => {
  const coach = createTestCoach({ recognisesFor: twoMinutes });
  const asked = answering(coach, "unknown");
  await unread(coach, "s1", Temporal.Duration.from({ minutes: 3 }));
  await settledDown(coach);
  await coach.travelTo(later(noon, { hours: 9 }));
  const keys = new Set(asked.map(({ key }) => key));
  expect([...keys]).toEqual([1, 2, 3, 4, 5, 6].map((count) => `missed ${count} answer s1`));
  const firsts = [...keys].map((key) => asked.find((one) => one.key === key)?.at);
  const waits = firsts.slice(1).map((at, index) => at && firsts[index]?.until(at).total("minutes"));
  // Twice as many minutes each time, after the 90 seconds until nobody can tell any more whether it came.
  expect(waits).toEqual([4, 8, 16, 32, 64].map((minutes) => minutes + 1.5));
});

test("an answer that the platform refuses is followed by word of it", async () => {
  const coach = createTestCoach();
  answering(coach, "refused", "sent");
  await unread(coach);
  await settledDown(coach);
  await coach.travelTo(later(noon, { hours: 1 }));
  expect(coach.sent.map(({ key }) => key)).toEqual(["missed 1 answer s1"]);
});

test("it goes to the account that asked, and is gone with whoever is forgotten", async () => {
  const coach = createTestCoach();
  const asked = answering(coach, "later");
  await unread(coach);
  await coach.run();
  await coach.hear("/forget");
  await coach.press("Delete everything");
  answering(coach, "sent");
  await coach.travelTo(later(noon, { hours: 1 }));
  expect(asked.map(({ to }) => to)).toEqual(["ann"]);
  expect(coach.sent).toEqual([]);
});

test("of whoever is not kept nothing is queued", async () => {
  const coach = createTestCoach();
  const reply = await coach.reply("/week", { source: "s1" });
  expect(await coach.defer({ account, source: "s1" as MessageId, reply: reply ?? { blocks: [] } })).toBe(false);
  await coach.run();
  expect(coach.sent).toEqual([]);
});
