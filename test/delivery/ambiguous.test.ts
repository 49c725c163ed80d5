/** What may have arrived once is never said to have not come, and never comes again where the platform does not know its key any more. */

import { describe, expect, test } from "vitest";
import type { SendResult } from "#src/ports/adapter.ts";
import { answering, endsOf, failingStore, feedbackDue, later, monday } from "./fixtures.ts";

const tenMinutes = Temporal.Duration.from({ minutes: 10 });
const anHour = Temporal.Duration.from({ hours: 1 });
const inDoubt = ["weekly 2026-11-23 unknown: in-doubt"];

describe("where the platform knows no key again", () => {
  test("a store that fails when it is looked at again brings no second message", async () => {
    const { store, failAt } = failingStore();
    const coach = await feedbackDue({ store });
    failAt("delivery-ended");
    await coach.run();
    expect(coach.sent).toHaveLength(1);
    coach.turnTo(later(monday, { minutes: 2 }));
    failAt("findAddressee");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(coach.sent).toHaveLength(1);
    expect(await endsOf(coach)).toEqual(inDoubt);
  });
  test.each(["/stop", "/pause 1w", "/settings feedback off", "/settings quiet hours 08:00-12:00"])(
    "%s does not make it certain that it has not come",
    async (words) => {
      const { store, failAt } = failingStore();
      const coach = await feedbackDue({ store });
      failAt("delivery-ended");
      await coach.run();
      await coach.hear(words);
      await coach.travelTo(later(monday, { days: 3 }));
      expect(coach.sent).toHaveLength(1);
      expect(await endsOf(coach)).toEqual(inDoubt);
    },
  );
});

describe("where the platform knows a key for ten minutes", () => {
  test("being told later at the second try does not make it a first try again", async () => {
    const coach = await feedbackDue({ recognisesFor: tenMinutes });
    const asked = answering(coach, "unknown", "later", "later", "later", "later", "later", "sent");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(asked.map(({ at }) => at.since(monday).total("minutes")).filter((minutes) => minutes >= 10)).toEqual([]);
    expect(await endsOf(coach)).toEqual(inDoubt);
  });
  test("being told to wait for an hour at the second try is heeded, and is its end", async () => {
    const coach = await feedbackDue({ recognisesFor: tenMinutes });
    const asked = answering(coach, { kind: "unknown" }, { kind: "later", after: anHour }, { kind: "sent" });
    await coach.travelTo(later(monday, { days: 3 }));
    expect(asked.map(({ at }) => at.since(monday).total("seconds"))).toEqual([0, 90]);
    expect(await endsOf(coach)).toEqual(inDoubt);
  });
  test.each<readonly [name: string, answer: SendResult]>([
    ["closed", { kind: "closed" }],
    ["refused", { kind: "refused", code: "50035" }],
  ])("being %s at the second try does not tell that the first one came to nothing", async (_, answer) => {
    const coach = await feedbackDue({ recognisesFor: tenMinutes });
    answering(coach, { kind: "unknown" }, answer);
    await coach.travelTo(later(monday, { days: 3 }));
    expect(await endsOf(coach)).toEqual(inDoubt);
    expect(await coach.hear("/schedule")).toContain("weekly feedback: unknown");
  });
  test("a store that fails when it is looked at again leaves it to the key", async () => {
    const { store, failAt } = failingStore();
    const coach = await feedbackDue({ store, recognisesFor: tenMinutes });
    const asked = answering(coach, "unknown", "sent");
    await coach.run();
    coach.turnTo(later(monday, { minutes: 9 }));
    failAt("findAddressee");
    await coach.travelTo(later(monday, { days: 3 }));
    expect(asked.map(({ at }) => at.since(monday).total("minutes") < 10)).not.toContain(false);
    expect(await endsOf(coach)).toEqual(asked.length > 1 ? ["weekly 2026-11-23 sent"] : inDoubt);
  });
  test("it counts for its day", async () => {
    const coach = await feedbackDue();
    answering(coach, "unknown", "sent");
    await coach.run();
    await coach.hear("/plan 3x10 mon wed fri");
    await coach.hear("/settings training nudges on");
    await coach.travelTo(later(monday, { hours: 14 }));
    expect(await endsOf(coach)).toEqual(["training 2026-11-30 suppressed: one-a-day", ...inDoubt]);
  });
});
