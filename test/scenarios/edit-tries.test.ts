/** How often, and how soon again, a post that stands is edited or removed where the platform does not take it. */

import { expect, test } from "vitest";
import type { EditResult } from "#src/ports/adapter.ts";
import { afterRoundUp, monday, say, standing } from "../scenarios/group-fixtures.ts";
import { createTestCoach, type TestCoach } from "../support/coach.ts";

/** `coach`, whose platform gives `answers` to edits, the last of them from then on; and how often it was asked to edit and to remove. */
function asking(coach: TestCoach, ...answers: readonly [EditResult, ...EditResult[]]) {
  const asked = { edits: 0, removals: 0 };
  const left: EditResult[] = [...answers];
  coach.editWith(() => {
    asked.edits += 1;
    return (left.length > 1 ? left.shift() : left[0]) ?? answers[0];
  });
  coach.removeWith(() => {
    asked.removals += 1;
    return { kind: "removed" };
  });
  return asked;
}

test("an edit that was not heard is tried once more at once", async () => {
  const coach = await afterRoundUp();
  const asked = asking(coach, { kind: "later" }, { kind: "edited" });
  await say(coach, "/group leave", { name: "ben" });
  expect(asked).toEqual({ edits: 2, removals: 0 });
  expect(standing(coach)).not.toContain("ben");
});

test("a post is removed at the third look in a row at which no edit is heard, and not before", async () => {
  const coach = await afterRoundUp();
  const asked = asking(coach, { kind: "later" });
  await say(coach, "/group leave", { name: "ben" });
  await coach.travelTo("2026-11-30T08:00:27Z");
  expect(asked).toEqual({ edits: 4, removals: 0 });
  await coach.travelTo("2026-11-30T08:00:28Z");
  expect(asked).toEqual({ edits: 6, removals: 1 });
  expect(standing(coach)).toBe("");
});

test("a post is not removed however often the platform wants its edit later", async () => {
  const coach = await afterRoundUp();
  const asked = asking(coach, { kind: "later", after: Temporal.Duration.from({ minutes: 10 }) });
  await say(coach, "/group leave", { name: "ben" });
  await coach.travelTo("2026-11-30T09:55:00Z");
  expect(asked).toEqual({ edits: 12, removals: 0 });
});

test("a post that two processes edited at once, as the first was slow, is edited once more", async () => {
  const coach = await afterRoundUp();
  const other = createTestCoach({ store: coach.store, ids: "other" });
  const later = Temporal.Instant.from(monday).add({ seconds: 91 }).toString();
  let edits = 0;
  coach.editWith(async () => {
    edits += 1;
    if (edits > 1) return { kind: "edited" };
    coach.turnTo(later);
    other.turnTo(later);
    await other.run();
    return { kind: "edited" };
  });
  await say(coach, "/group leave", { name: "ben" });
  await coach.run();
  expect(edits).toBe(2);
  expect(standing(coach)).not.toContain("ben");
});
