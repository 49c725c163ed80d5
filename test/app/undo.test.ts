/** `/undo` takes back what was done last, or says that it cannot, and never reaches past it. */

import { describe, expect, test } from "vitest";
import { createCrew, crew, inCrew } from "../scenarios/group-fixtures.ts";
import { createTestCoach, type From } from "../support/coach.ts";

const manager: From = { name: "ann", in: crew, isManager: true };
const ann: From = { name: "ann" };

describe("what cannot be taken back is said, and the training before it stays", () => {
  test.each<[string, From, string]>([
    ["/group leave", ann, "/group join"],
    ["/group share membership", ann, "never shows the others more of you"],
    ["/group cheer", ann, "A cheer can't be taken back"],
    ["/group settings round-up friday 17:00", manager, "/group settings round-up Monday 09:00"],
    ["/group settings name Evening crew", manager, "/group settings name Morning crew"],
    ["/group code", manager, "/group code new"],
    ["/group create Evening crew", { ...manager, in: "evening" }, "/group remove"],
    ["/group channel", manager, "/group remove"],
    ["/link", ann, "by itself"],
    ["/export", ann, "already on its way"],
    ["/import drop", ann, "Send me the file again"],
    ["20 frobnicating", ann, "Nothing was recorded"],
  ])("%s", async (text, from, how) => {
    const coach = await createCrew(["ben"]);
    await coach.hear("20 strength", ann);
    await coach.hear(text, from);
    const once = await coach.hear("/undo", ann);
    expect(once).toContain(how);
    expect(await coach.hear("/undo", ann)).toBe(once);
    expect(await coach.hear("/history", ann)).toContain("20 min strength");
  });

  test("the end of a group", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("20 strength", ann);
    await coach.hear("/group remove", manager);
    await coach.press("The whole group", undefined, manager);
    expect(await coach.hear("/undo", ann)).toContain("/group create Morning crew");
    expect(await coach.hear("/history", ann)).toContain("20 min strength");
  });

  test("linking and unlinking, on either account", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength", ann);
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await coach.hear("/link", ann))?.[0] ?? "";
    await coach.hear(`/link ${code}`, { name: "annie" });
    await coach.press("Join", undefined, { name: "annie" });
    for (const name of ["ann", "annie"]) expect(await coach.hear("/undo", { name })).toContain("/unlink");
    await coach.hear("/unlink", { name: "annie" });
    expect(await coach.hear("/undo", { name: "annie" })).toContain("/link");
    expect(await coach.hear("/history", ann)).toContain("20 min strength");
  });

  test("an answer that records nothing", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength", ann);
    await coach.hear("20 frobnicating", ann);
    await coach.press("Record nothing", undefined, ann);
    expect(await coach.hear("/undo", ann)).toContain("Nothing was recorded");
    expect(await coach.hear("/history", ann)).toContain("20 min strength");
  });
});

describe("what shows others less, or nothing else, is taken back", () => {
  test("joining; the training before it stays, and the second time is left to the person", async () => {
    const coach = await createCrew([]);
    await coach.hear("20 strength", inCrew("ben"));
    await coach.hear("/group join", inCrew("ben"));
    expect(await coach.hear("/undo", { name: "ben" })).toContain("You're out of Morning crew again.");
    expect(await coach.hear("/group board", inCrew("ann"))).not.toContain("ben");
    expect(await coach.hear("/undo", { name: "ben" })).toContain("/group join");
    expect(await coach.hear("/group board", inCrew("ann"))).not.toContain("ben");
    expect(await coach.hear("/history", { name: "ben" })).toContain("20 min strength");
  });

  test("sharing more; to share it again takes a press", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("20 strength", inCrew("ben"));
    await coach.hear("/group share minutes", inCrew("ben"));
    expect(await coach.hear("/undo", { name: "ben" })).toContain("Morning crew sees how your week stands, and no minutes.");
    expect(await coach.hear("/group board", inCrew("ann"))).not.toContain("ben: on the way, 20 min");
    expect(await coach.hear("/undo", { name: "ben" })).toContain("never shows the others more of you");
    expect(await coach.hear("/group board", inCrew("ann"))).not.toContain("ben: on the way, 20 min");
    await coach.hear("/undo", { name: "ben" });
    expect(await coach.press("Share minutes, too", undefined, { name: "ben" })).toContain("and its strength minutes");
    expect(await coach.hear("/group board", inCrew("ann"))).toContain("ben: on the way, 20 min");
  });

  test("a smaller share is put back by a press alone", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("/group share membership", inCrew("ben"));
    await coach.hear("/undo", { name: "ben" });
    expect(await coach.hear("/group share", inCrew("ben"))).toContain("that you are there");
    await coach.hear("/undo", { name: "ben" });
    expect(await coach.press("Share status only", undefined, { name: "ben" })).toContain("how your week stands");
  });

  test("a week of rest, and again", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("20 strength", inCrew("ben"));
    const board = await coach.hear("/group board", inCrew("ann"));
    await coach.hear("/group rest", inCrew("ben"));
    const resting = await coach.hear("/group board", inCrew("ann"));
    expect(resting).not.toBe(board);
    expect(await coach.hear("/undo", { name: "ben" })).toContain("Taken back.");
    expect(await coach.hear("/group board", inCrew("ann"))).toBe(board);
    expect(await coach.hear("/undo", { name: "ben" })).toContain("Done again.");
    expect(await coach.hear("/group board", inCrew("ann"))).toBe(resting);
  });

  test("not where the group is gone by then", async () => {
    const coach = await createCrew([]);
    await coach.hear("20 strength", inCrew("ben"));
    await coach.hear("/group join", inCrew("ben"));
    await coach.hear("/group remove", manager);
    await coach.press("The whole group", undefined, manager);
    expect(await coach.hear("/undo", { name: "ben" })).toContain("Something else came after that.");
    expect(await coach.hear("/history", { name: "ben" })).toContain("20 min strength");
  });
});

describe("settings", () => {
  test("that others changed since stay as these left them", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings band 60-120", ann);
    const user = (await coach.store.findUser({ platform: "console" as never, id: "ann", name: "ann" }))?.user;
    if (user) await coach.store.commit([{ kind: "user-saved", user: { ...user, firstDay: 7 } }]);
    expect(await coach.hear("/undo", ann)).toContain("Your settings are as they were");
    expect(await coach.hear("/settings", ann)).toContain("First day: Sunday");
    expect(await coach.hear("/settings", ann)).toContain("Band: off");
  });

  test("that are no longer what was set are left alone", async () => {
    const coach = createTestCoach();
    await coach.hear("/settings time zone Asia/Tokyo", ann);
    const user = (await coach.store.findUser({ platform: "console" as never, id: "ann", name: "ann" }))?.user;
    if (user) await coach.store.commit([{ kind: "user-saved", user: { ...user, timeZone: "Pacific/Auckland" as never } }]);
    expect(await coach.hear("/undo", ann)).toContain("Something else came after that.");
    expect(await coach.hear("/settings", ann)).toContain("Pacific/Auckland");
  });

  test("a caveat that was read stays read when the log with a new word is taken back", async () => {
    const coach = createTestCoach();
    await coach.hear("20 walk", ann);
    await coach.hear("200 frobnicating", ann);
    await coach.press("Strength", undefined, ann);
    const told = async (): Promise<unknown> =>
      (await coach.store.findUser({ platform: "console" as never, id: "ann", name: "ann" }))?.user.told;
    const before = await told();
    await coach.hear("/undo", ann);
    expect(before).toHaveLength(1);
    expect(await told()).toEqual(before);
  });
});
