/** What a member does not share makes no difference to anything that anybody else reads. */

import fc from "fast-check";
import { expect, test } from "vitest";
import type { Reply } from "#core/model/reply.ts";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { crew, inCrew } from "./group-fixtures.ts";

const people = ["ann", "ben", "dan"] as const;
type Name = (typeof people)[number];

type Step =
  | { readonly kind: "says"; readonly who: Name; readonly text: string; readonly isInCrew: boolean }
  | { readonly kind: "logs"; readonly who: Name; readonly minutes: number; readonly ago: number; readonly isInCrew: boolean }
  | { readonly kind: "passes"; readonly hours: number };

const words = [
  "/undo",
  "/pause 2w",
  "/resume",
  "/stop",
  "/group rest",
  "/group cheer",
  "/group board",
  "/group leave",
  "/group join",
  "/group share status",
  "/group share minutes",
  "/group share membership",
  "/group",
];

const who = fc.constantFrom(...people);
const isInCrew = fc.boolean();
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("says" as const), who, text: fc.constantFrom(...words), isInCrew }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("logs" as const),
      who,
      minutes: fc.constantFrom(7, 23, 34, 61, 118, 133, 207),
      ago: fc.integer({ min: 0, max: 9 }),
      isInCrew,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("passes" as const), hours: fc.constantFrom(5, 30, 80) }) },
);

/** What Dan logs, as the history has it, otherwise, or not at all. */
type Secret = (minutes: number) => number | undefined;

/** A reply with its pictures, as text that can be compared. */
function textOf(reply: Reply | undefined): string {
  return JSON.stringify([reply?.blocks ?? [], reply?.announcement ?? []]);
}

/** Lives through `steps`, and gives all that others than Dan were told. */
async function live(coach: TestCoach, steps: readonly Step[], secret: Secret): Promise<readonly string[]> {
  const read: string[] = [];
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  for (const [index, one] of steps.entries()) {
    if (one.kind === "passes") {
      now = now.add({ hours: one.hours });
      await coach.travelTo(now.toString());
      continue;
    }
    const minutes = one.kind === "logs" && one.who === "dan" ? secret(one.minutes) : one.kind === "logs" ? one.minutes : undefined;
    const text = one.kind === "says" ? one.text : `${minutes} strength ${dayBefore(now, one.ago)}`;
    if (one.kind === "logs" && minutes === undefined) continue;
    const reply = await coach.reply(text, { ...(one.isInCrew ? inCrew(one.who) : { name: one.who }), source: `step-${index}` });
    await coach.run();
    if (one.who !== "dan") read.push(textOf(reply));
  }
  return [...read, ...(await seen(coach))];
}

function dayBefore(now: Temporal.Instant, days: number): string {
  return now.toZonedDateTimeISO("Europe/Berlin").toPlainDate().subtract({ days }).toString();
}

/** What is there to be read now: boards, all that was posted as it was and as it reads now, and what was said aloud. */
async function seen(coach: TestCoach): Promise<readonly string[]> {
  const posts = coach.sent.filter(({ to }) => to === crew).map(({ reply }) => textOf(reply));
  return [...(await boards(coach)), ...posts, ...coach.inChannel(crew), ...coach.standing().values(), String(coach.edits())].map(
    withoutIds,
  );
}

async function boards(coach: TestCoach): Promise<readonly string[]> {
  return [await coach.hear("/group board", inCrew("ann")), await coach.hear("/group board", inCrew("ben"))].map(withoutIds);
}

/** Ids count on with every message, Dan's as well. */
function withoutIds(text: string): string {
  return text.replaceAll(/id-\d{4}/g, "id");
}

async function start(): Promise<TestCoach> {
  const coach = createTestCoach();
  await coach.hear("/group create Crew", { name: "ann", in: crew, isManager: true });
  await coach.hear("/group settings check-in on", { name: "ann", in: crew, isManager: true });
  for (const name of ["ben", "dan"]) await coach.hear("/group join", inCrew(name));
  return coach;
}

const asIs: Secret = (minutes) => minutes;
const otherwise: Secret = (minutes) => (minutes * 7) % 211;
const notAtAll: Secret = () => undefined;

test("whoever shares nothing but membership could as well log anything, or nothing, or rest", { timeout: 120_000 }, async () => {
  const quiet = step.filter((one) => one.kind !== "says" || one.who !== "dan" || !/share (?:status|minutes)|leave|join/.test(one.text));
  await fc.assert(
    fc.asyncProperty(fc.array(quiet, { minLength: 4, maxLength: 25 }), async (steps) => {
      const [one, ...others] = await Promise.all(
        [asIs, otherwise, notAtAll].map(async (secret) => {
          const coach = await start();
          await coach.hear("/group share membership", inCrew("dan"));
          return (await live(coach, steps, secret)).map(withoutIds);
        }),
      );
      for (const other of others) expect(other).toEqual(one);
    }),
    { numRuns: 60 },
  );
});

test("whatever was shared before: once it is shared no more, nothing that stands tells of it", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 25 }), fc.constantFrom("share membership", "leave"), async (steps, last) => {
      const [one, ...others] = await Promise.all(
        [asIs, otherwise, notAtAll].map(async (secret) => {
          const coach = await start();
          await live(coach, steps, secret);
          await coach.hear("/group join", inCrew("dan"));
          await coach.hear(`/group ${last}`, inCrew("dan"));
          await coach.run();
          const posts = [...coach.standing()].map(([key, text]) => [withoutIds(key), withoutIds(text)] as const);
          return { boards: await boards(coach), posts: new Map(posts) };
        }),
      );
      for (const other of others) {
        expect(other.boards).toEqual(one?.boards);
        // Whether something was posted was seen when it was: what it reads now is the same wherever it was.
        for (const [key, text] of other.posts) expect(one?.posts.get(key) ?? text).toBe(text);
      }
    }),
    { numRuns: 60 },
  );
});

test("whoever shares their status: one good week is like another, whatever its minutes", { timeout: 120_000 }, async () => {
  const minutes = fc.integer({ min: 30, max: 119 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(minutes, minutes), { minLength: 1, maxLength: 5 }), async (weeks) => {
      const read = await Promise.all(
        [0, 1].map(async (side) => {
          const coach = await start();
          const texts: string[] = [];
          let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
          for (const week of weeks) {
            await coach.hear(`${week[side]} strength`, inCrew("dan"));
            texts.push(await coach.hear("/group board", inCrew("ann")));
            now = now.add({ hours: 7 * 24 });
            await coach.travelTo(now.toString());
          }
          return [...texts, ...(await seen(coach))].map(withoutIds);
        }),
      );
      expect(read[0]).toEqual(read[1]);
    }),
    { numRuns: 25 },
  );
});
