/** Several processes on one store, and people who change their minds while something is on its way. */

import { join } from "node:path";
import { createMemoryStore } from "../support/model-store/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { describe, expect, test } from "vitest";
import { createTestCoach, type TestCoach } from "../support/coach.ts";
import { useFolders } from "../store/folder.ts";
import { createCrew, crew } from "./group-fixtures.ts";

const folder = useFolders();
const monday = "2026-11-30T08:00:00Z";
const posts = (coaches: readonly TestCoach[]) => coaches.flatMap(({ sent }) => sent.filter(({ to }) => to === crew));

describe("four processes that tick in the same minute (D11)", () => {
  test("post one round-up for each channel and week", async () => {
    const path = join(folder(), "sweetspot.db");
    const stores = Array.from({ length: 4 }, () => openSqlite({ path, synchronous: "NORMAL" }).store);
    const coaches = stores.map((store) => createTestCoach({ store }));
    const [first] = coaches;
    await first?.hear("/group create Crew", { name: "ann", in: crew, isManager: true });
    await first?.hear("/group settings check-in on", { name: "ann", in: crew, isManager: true });
    for (const at of ["2026-11-26T11:00:00Z", monday, "2026-12-03T11:00:00Z", "2026-12-07T08:00:00Z"]) {
      await first?.hear("40 strength", { name: "ann", source: `log at ${at}` });
      for (const coach of coaches) coach.turnTo(at);
      await Promise.all(coaches.map((coach) => coach.run()));
    }
    const keys = posts(coaches).map(({ key }) => key);
    expect(keys).toHaveLength(4);
    expect(new Set(keys).size).toBe(4);
    await Promise.all(stores.map((store) => store.close()));
  });
});

describe("between being queued and going out (F5)", () => {
  test.each([
    ["leaves", "/group leave", "In their zone: ann."],
    ["shares no more", "/group share membership", "In their zone: ann. Also here: ben."],
    ["takes the log back", "/undo", "In their zone: ann. Resting: ben."],
    ["stops", "/stop", "In their zone: ann. Resting: ben."],
  ])("who %s is as they are then", async (_, text, reads) => {
    const coach = await createCrew(["ben"]);
    await coach.hear("40 strength", { name: "ann" });
    await coach.hear("10 strength", { name: "ben" });
    coach.answerWith(({ to }) => (to === crew ? { kind: "later" } : { kind: "sent" }));
    await coach.travelTo("2026-11-30T08:01:00Z");
    expect(posts([coach])).toEqual([]);
    await coach.hear(text, { name: "ben" });
    coach.answerWith(() => ({ kind: "sent" }));
    await coach.travelTo("2026-11-30T12:00:00Z");
    expect(posts([coach]).map(({ words }) => words)).toEqual([expect.stringContaining(reads)]);
  });

  test("who leaves while it is on its way is taken out of it right after", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("40 strength", { name: "ann" });
    await coach.hear("10 strength", { name: "ben" });
    coach.answerWith(async ({ to }) => {
      if (to === crew) await coach.hear("/group leave", { name: "ben" });
      return { kind: "sent" };
    });
    await coach.travelTo(monday);
    expect(posts([coach])[0]?.words).toContain("ben");
    expect(coach.inChannel(crew).at(-1)).not.toContain("ben");
  });

  test("a group that was removed posts nothing", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("40 strength", { name: "ann" });
    coach.answerWith(() => ({ kind: "later" }));
    await coach.travelTo(monday);
    const manager = { name: "ann", in: crew, isManager: true };
    await coach.hear("/group remove", manager);
    await coach.press("The whole group", undefined, manager);
    coach.answerWith(() => ({ kind: "sent" }));
    await coach.travelTo("2026-12-01T08:00:00Z");
    expect(posts([coach])).toEqual([]);
  });
});

describe("a platform in doubt", () => {
  test("is not posted to twice where it cannot tell what it has shown", async () => {
    const coach = await createCrew([]);
    await coach.hear("40 strength", { name: "ann" });
    coach.answerWith(({ to }) => (to === crew ? { kind: "unknown" } : { kind: "sent" }));
    await coach.travelTo("2026-12-02T08:00:00Z");
    expect(posts([coach])).toHaveLength(1);
  });

  test("is asked again under the same key where it can, and what stands is kept true from then on", async () => {
    const coach = await createCrew(["ben"], { recognisesFor: Temporal.Duration.from({ minutes: 2 }) });
    await coach.hear("40 strength", { name: "ann" });
    let tries = 0;
    coach.answerWith(({ to }) => (to === crew && (tries += 1) === 1 ? { kind: "unknown" } : { kind: "sent" }));
    await coach.travelTo("2026-11-30T08:10:00Z");
    expect(new Set(posts([coach]).map(({ key }) => key)).size).toBe(1);
    expect(tries).toBe(2);
    await coach.hear("/group leave", { name: "ben" });
    await coach.run();
    expect(coach.inChannel(crew).at(-1)).not.toContain("ben");
  });
});

test("forty channels that all take nothing any more cost one request each, for a month (B9)", async () => {
  const coach = createTestCoach({ store: createMemoryStore() });
  let tries = 0;
  coach.answerWith(({ key }) => {
    if (!key.startsWith("round-up")) return { kind: "sent" };
    tries += 1;
    return { kind: "closed" };
  });
  const channels = Array.from({ length: 40 }, (_, index) => `channel-${index}`);
  for (const [index, channel] of channels.entries()) {
    await coach.hear(`/group create Crew ${index}`, { name: "ann", in: channel, isManager: true });
  }
  for (const week of [0, 1, 2, 3]) {
    await coach.hear("40 strength", { name: "ann" });
    await coach.travelTo(
      Temporal.Instant.from(monday)
        .add({ hours: 24 * 7 * week })
        .toString(),
    );
  }
  expect(tries).toBe(40);
});
