/** The process was down for a while. What is still of use comes late, the rest has expired and can be counted, and nobody is flooded. */

import { describe, expect, test } from "vitest";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { deliveriesOf } from "./fixtures.ts";

const zone = "Europe/Berlin";
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Somebody whose feedback comes on `weekday` at 08:00, and who either plans to train each day or is told of rest after lifting. */
type Person = { readonly name: string; readonly weekday: number; readonly isPlanner: boolean };

const people: readonly Person[] = weekdays.flatMap((name, index) => [
  { name: `${name} planner`, weekday: index + 1, isPlanner: true },
  { name: `${name} rester`, weekday: index + 1, isPlanner: false },
]);

const local = (day: Temporal.PlainDate, plainTime: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
const dayOf = (instant: Temporal.Instant): Temporal.PlainDate => instant.toZonedDateTimeISO(zone).toPlainDate();
const isBefore = (one: Temporal.Instant, other: Temporal.Instant): boolean => Temporal.Instant.compare(one, other) < 0;

/** Everybody begins on a Wednesday, and the first feedback is on the week of that day. */
const wednesday = Temporal.PlainDate.from("2026-11-25");
const isFirstWeek = (day: Temporal.PlainDate): boolean => Temporal.PlainDate.compare(day, wednesday.add({ days: 5 })) < 0;

/** A process that stops at `from`, after everybody has lifted on that day, and starts again at `until`. */
type Outage = { readonly from: Temporal.Instant; readonly until: Temporal.Instant };

/** What must become of everything that was due meanwhile, worked out day by day from what the person asked for. */
function expectedOf({ weekday, isPlanner }: Person, { from, until }: Outage): ReadonlyMap<string, string> {
  const [lifted, today] = [dayOf(from), dayOf(until)];
  const monday = lifted.subtract({ days: lifted.dayOfWeek - 1 });
  const found = new Map<string, string>();
  let isFeedbackToday = false;
  for (let day = lifted, isActive = true; isActive && Temporal.PlainDate.compare(day, today) <= 0; day = day.add({ days: 1 })) {
    const feedbackAt = local(day, "08:00");
    const isFeedback = day.dayOfWeek === weekday && !isFirstWeek(day) && isBefore(from, feedbackAt) && !isBefore(until, feedbackAt);
    const isUseful = isBefore(until, feedbackAt.add({ hours: 48 }));
    if (isFeedback) found.set(`weekly ${day.toString()}`, isUseful ? "sent" : "expired: late");
    isFeedbackToday ||= isFeedback && isUseful;
    // Three weeks without a log are over with this feedback, and so is everything else.
    isActive = !(isFeedback && Temporal.PlainDate.compare(day, monday.add({ weeks: 4 })) >= 0);
    const nudgeAt = local(day, isPlanner ? "18:00" : "08:30");
    const isNudge = isPlanner ? day !== lifted : day.equals(lifted.add({ days: 1 }));
    const isDue = isActive && isNudge && isBefore(from, nudgeAt) && !isBefore(until, nudgeAt);
    if (isDue) found.set(`${isPlanner ? "training" : "rest"} ${day.toString()}`, day.equals(today) ? "today" : "expired: late");
  }
  return new Map([...found].map(([what, end]) => [what, end === "today" ? (isFeedbackToday ? "suppressed: one-a-day" : "sent") : end]));
}

/** The people, who have lifted on the day of `from` and some days before, at the moment at which the process stops. */
async function downFrom(from: Temporal.Instant): Promise<TestCoach> {
  const coach = createTestCoach();
  const log = async (): Promise<void> => {
    for (const { name } of people) await coach.hear("20 strength", { name });
  };
  await log();
  for (const { name, weekday, isPlanner } of people) {
    await coach.hear(`/settings feedback ${weekdays[weekday - 1]} 08:00`, { name });
    if (!isPlanner) continue;
    await coach.hear(`/plan 7x10 ${weekdays.join(" ")}`, { name });
    await coach.hear("/settings training nudges on", { name });
  }
  await coach.travelTo(from.subtract({ minutes: 1 }).toString());
  await log();
  await coach.travelTo(from.toString());
  coach.sent.length = 0;
  return coach;
}

/** What became of everything that was due during the outage: "weekly 2026-11-30" and its end. */
async function endsOf(coach: TestCoach, { name }: Person, { from, until }: Outage): Promise<ReadonlyMap<string, string>> {
  const deliveries = await deliveriesOf(coach, name);
  const during = deliveries.filter(({ dueAt }) => isBefore(from, dueAt) && !isBefore(until, dueAt));
  return new Map(
    during
      .toSorted((one, other) => Temporal.Instant.compare(one.dueAt, other.dueAt))
      .map(({ kind, dueAt, state, reason }) => [`${kind} ${dayOf(dueAt).toString()}`, reason ? `${state}: ${reason}` : state]),
  );
}

const outages: readonly (readonly [name: string, outage: Outage])[] = [
  ...Array.from({ length: 7 }, (_, index) => {
    const from = wednesday.add({ days: 5 + index });
    return [
      `three days from ${weekdays[index]} noon`,
      { from: local(from, "12:00"), until: local(from.add({ days: 3 }), "19:00") },
    ] as const;
  }),
  [
    "three days that end in the morning",
    { from: local(wednesday.add({ days: 6 }), "07:30"), until: local(wednesday.add({ days: 9 }), "07:30") },
  ],
  ["twenty minutes over feedback", { from: local(wednesday.add({ days: 5 }), "07:50"), until: local(wednesday.add({ days: 5 }), "08:10") }],
  ["twenty minutes over a planned evening", { from: local(wednesday, "17:50"), until: local(wednesday, "18:10") }],
  ["a night and a morning", { from: local(wednesday, "21:00"), until: local(wednesday.add({ days: 1 }), "08:50") }],
  ["thirty days", { from: local(wednesday, "12:30"), until: local(wednesday.add({ days: 30 }), "19:00") }],
];

describe.each(outages)("after an outage of %s", (_, outage) => {
  test("what is of use comes late, once, and the rest has expired, as it can be worked out", async () => {
    const coach = await downFrom(outage.from);
    coach.turnTo(outage.until.toString());
    await coach.run();
    const expected = people.map((person) => [person.name, Object.fromEntries(expectedOf(person, outage))]);
    const found = [];
    for (const person of people) found.push([person.name, Object.fromEntries(await endsOf(coach, person, outage))]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    const sent = people.flatMap((person) => [...expectedOf(person, outage).values()]).filter((end) => end === "sent");
    expect(coach.sent).toHaveLength(sent.length);
    expect(new Set(coach.sent.map(({ to }) => to)).size).toBe(coach.sent.length);
  });
  test("and nobody has more than one message on that day or the next ones, nor waits for any", async () => {
    const coach = await downFrom(outage.from);
    coach.turnTo(outage.until.toString());
    await coach.travelTo(outage.until.add({ hours: 72 }).toString());
    const byDay = Map.groupBy(coach.sent, ({ to, at }) => `${to} ${dayOf(at).toString()}`);
    expect([...byDay].filter(([, { length }]) => length > 1).map(([who]) => who)).toEqual([]);
    for (const { name } of people) expect((await deliveriesOf(coach, name)).filter(({ nextAt }) => nextAt)).toEqual([]);
  });
  test("and /schedule tells what came late and what did not come", async () => {
    const coach = await downFrom(outage.from);
    coach.turnTo(outage.until.toString());
    await coach.run();
    for (const person of people) {
      const schedule = await coach.hear("/schedule", { name: person.name });
      const ends = [...expectedOf(person, outage).values()].slice(-6);
      const late = ends.filter((end) => end === "expired: late");
      expect(schedule.split("not sent, as its time had passed")).toHaveLength(late.length + 1);
    }
  });
});
