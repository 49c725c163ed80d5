/** What a change of settings does to what is still to come. */

import { describe, expect, test } from "vitest";
import { begun, heard } from "../support/unasked.ts";

describe("a change of settings", () => {
  test.each([
    [
      "from Friday to Monday before Friday",
      "friday 08:00",
      "2026-12-03T15:00:00+01:00",
      "monday 08:00",
      ["2026-12-04T08:00", "2026-12-07T08:00"],
    ],
    [
      "from Monday to Friday after Monday",
      "monday 08:00",
      "2026-12-01T15:00:00+01:00",
      "friday 08:00",
      ["2026-11-30T08:00", "2026-12-11T08:00"],
    ],
    [
      "to a later time on the same day",
      "monday 08:00",
      "2026-11-30T07:00:00+01:00",
      "monday 10:00",
      ["2026-11-30T10:00", "2026-12-07T10:00"],
    ],
    [
      "to an earlier time that has passed",
      "monday 18:00",
      "2026-11-30T12:00:00+01:00",
      "monday 08:00",
      ["2026-12-01T08:00", "2026-12-07T08:00"],
    ],
  ])("%s tells every week once", async (...[, before, changedAt, after, told]) => {
    const coach = await begun();
    await coach.hear("/settings nudges off");
    await coach.hear(`/settings feedback ${before}`);
    await coach.travelTo(changedAt);
    await coach.hear(`/settings feedback ${after}`);
    await coach.travelTo("2026-12-11T12:00:00+01:00");
    expect(heard(coach).map((line) => line.slice(0, 16))).toEqual(told);
    expect(new Set(coach.sent.map(({ key }) => key)).size).toBe(told.length);
  });
  test.each([
    ["east over the date line", "Pacific/Kiritimati"],
    ["west over the date line", "Pacific/Pago_Pago"],
    ["to where Monday morning has passed", "Pacific/Auckland"],
  ])("of the time zone %s leaves no week out and tells none twice", async (_, timeZone) => {
    const coach = await begun();
    await coach.hear("/settings nudges off");
    await coach.travelTo("2026-11-30T06:00:00+01:00");
    await coach.hear(`/settings time zone ${timeZone}`);
    await coach.travelTo("2026-12-08T12:00:00Z");
    expect(coach.sent.map(({ key }) => key.split(" ").at(-1))).toEqual(["2026-11-23", "2026-11-30"]);
    expect(heard(coach, timeZone).map((line) => line.slice(11, 16))).toEqual(["08:00", "08:00"]);
  });
  test("of the first day of the week leaves no day out", async () => {
    const coach = await begun();
    await coach.hear("/settings nudges off");
    await coach.travelTo("2026-12-02T12:00:00+01:00");
    await coach.hear("20 strength");
    await coach.hear("/settings first day wednesday");
    await coach.travelTo("2026-12-16T12:00:00+01:00");
    expect(coach.sent.map(({ key }) => key.split(" ").at(-1))).toEqual(["2026-11-23", "2026-11-25", "2026-12-02"]);
  });
  test("of the rules of a time zone moves what is still to come", async () => {
    const coach = await begun();
    const [user] = await coach.store.usersWithPrompts(undefined, 1);
    const prompts = await coach.store.prompts(user?.id ?? ("" as never));
    for (const prompt of prompts)
      await coach.store.commit([{ kind: "prompt-set", prompt: { ...prompt, dueAt: prompt.dueAt.add({ hours: 1 }) } }]);
    await coach.applyTimeZoneRules("2026f");
    expect(await coach.store.prompts(user?.id ?? ("" as never))).toEqual(prompts);
    expect(await coach.store.findNote("time-zone-rules")).toBe("2026f");
  });
});
