import { describe, expect, test } from "vitest";
import { createTestCoach } from "../support/coach.ts";
import { createCrew, crew, inCrew } from "./group-fixtures.ts";

const manager = { name: "ann", in: crew, isManager: true };

describe("a group", () => {
  test("begins in a channel, aloud, with whoever began it in it", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/group create Morning crew", manager)).toContain("Morning crew is here now.");
    expect(coach.inChannel(crew)).toEqual([expect.stringContaining("Morning crew begins here.")]);
    expect(await coach.hear("/group board", inCrew("ann"))).toContain("ann: resting");
  });

  test.each([
    ["/group create Morning crew", { name: "ann" }, "That is said in the channel"],
    ["/group create", manager, "A group has a name of 2 to 40 characters."],
    ["/group create x", manager, "A group has a name of 2 to 40 characters."],
    [`/group create ${"x".repeat(41)}`, manager, "A group has a name of 2 to 40 characters."],
    ["/group create Morning crew", { ...manager, isManager: false }, "for those who may manage this channel"],
  ])("%s by %o is refused", async (text, from, why) => {
    const coach = createTestCoach();
    expect(await coach.hear(text, from)).toContain(why);
    expect(coach.inChannel(crew)).toEqual([]);
    expect(await coach.hear("/group join", inCrew("ben"))).toContain("This is no channel of a group.");
  });

  test("has a channel that no other group can have", async () => {
    const coach = await createCrew([]);
    expect(await coach.hear("/group create Evening crew", manager)).toContain("has a group already");
  });

  test("is joined aloud in its channel, once", async () => {
    const coach = await createCrew(["ben"]);
    expect(coach.inChannel(crew)).toContain("ben is in Morning crew now.");
    expect(await coach.hear("/group join", inCrew("ben"))).toContain("You are in Morning crew already.");
    expect(coach.inChannel(crew)).toHaveLength(2);
  });

  test("is left in private, and its board forgets who left", async () => {
    const coach = await createCrew(["ben"]);
    const before = coach.inChannel(crew);
    expect(await coach.hear("/group leave", { name: "ben" })).toContain("You have left Morning crew.");
    expect(coach.inChannel(crew)).toEqual(before);
    expect(await coach.hear("/group board", inCrew("ann"))).not.toContain("ben");
    expect(await coach.hear("/group board", inCrew("ben"))).toContain("You are in no group yet.");
    expect(await coach.hear("/group leave", inCrew("ben"))).toContain("You are in no group yet.");
  });

  test("ends when its only channel is removed, after it was asked", async () => {
    const coach = await createCrew(["ben"]);
    expect(await coach.hear("/group remove", manager)).toContain("Nothing is removed yet.");
    expect(await coach.hear("/group board", inCrew("ben"))).toContain("ben");
    await coach.hear("/group remove", manager);
    expect(await coach.press("The whole group", undefined, manager)).toContain("Morning crew has ended.");
    expect(await coach.hear("/group", inCrew("ben"))).toContain("You are in no group yet.");
    expect(await coach.hear("/group create Evening crew", manager)).toContain("Evening crew is here now.");
  });
});

describe("a code", () => {
  async function codeOf(coach: Awaited<ReturnType<typeof createCrew>>, words = ""): Promise<string> {
    const said = await coach.hear(`/group code ${words}`, manager);
    return /: ([0-9a-z-]{14})\./.exec(said)?.[1] ?? "none";
  }

  test("lets people in from anywhere, in any spelling, for a week", async () => {
    const coach = await createCrew([]);
    const code = await codeOf(coach);
    expect(await coach.hear(`/group join ${code.toUpperCase()}`, { name: "ben" })).toContain("You are in Morning crew.");
    expect(await coach.hear(`/group join ${code.replaceAll("-", " ")}`, { name: "cy" })).toContain("You are in Morning crew.");
    expect(coach.inChannel(crew)).toHaveLength(1);
    coach.turnTo("2026-12-02T10:59:00Z");
    expect(await coach.hear(`/group join ${code}`, { name: "dan" })).toContain("You are in Morning crew.");
    coach.turnTo("2026-12-02T11:00:00Z");
    expect(await coach.hear(`/group join ${code}`, { name: "eve" })).toContain("lets nobody in");
  });

  test("is the same until it is over, or another is asked for", async () => {
    const coach = await createCrew([]);
    const first = await codeOf(coach);
    expect(await codeOf(coach)).toBe(first);
    const second = await codeOf(coach, "new");
    expect(second).not.toBe(first);
    expect(await coach.hear(`/group join ${first}`, { name: "ben" })).toContain("lets nobody in");
    expect(await coach.hear(`/group join ${second}`, { name: "ben" })).toContain("You are in Morning crew.");
  });

  test("brings in another channel, for those who may manage that one", async () => {
    const coach = await createCrew([]);
    const code = await codeOf(coach);
    const other = { name: "ben", in: "other" };
    expect(await coach.hear(`/group join ${code}`, other)).toContain("Bring this channel in");
    expect(await coach.press("Bring this channel in", undefined, other)).toContain("for those who may manage this channel");
    await coach.hear(`/group join ${code}`, other);
    expect(await coach.press("Bring this channel in", undefined, { ...other, isManager: true })).toContain("one of Morning crew now");
    await coach.hear("/group join", { name: "cy", in: "other" });
    expect(coach.inChannel("other")).toContain("cy is in Morning crew now.");
    expect(coach.inChannel(crew)).not.toContain("cy is in Morning crew now.");
  });

  test("of another group does not turn a channel over to it", async () => {
    const coach = await createCrew([]);
    await coach.hear("/group create Evening crew", { ...manager, in: "evening" });
    const code = await codeOf(coach);
    expect(await coach.hear(`/group channel ${code}`, { ...manager, in: "evening" })).toContain("has a group already");
  });
});

describe("which group is meant", () => {
  test("is asked of whoever is in several, alone with the coach", async () => {
    const coach = await createCrew([]);
    await coach.hear("/group create Evening crew", { ...manager, in: "evening" });
    expect(await coach.hear("/group board")).toContain("[Morning crew] [Evening crew]");
    expect(await coach.press("Evening crew")).toContain("Evening crew, week of");
    expect(await coach.hear("/group board evening crew")).toContain("Evening crew, week of");
    expect(await coach.hear("/group board", { name: "ann", in: "evening" })).toContain("Evening crew, week of");
    expect(await coach.hear("/group board", { name: "ann", in: crew })).toContain("Morning crew, week of");
    await coach.hear("/group share minutes");
    expect(await coach.press("Morning crew")).toContain("Morning crew sees how your week stands, and its strength minutes.");
    expect(await coach.hear("/group share evening crew")).toContain("Evening crew sees how your week stands, and no minutes.");
  });

  test("is not one that they are not in", async () => {
    const coach = await createCrew([]);
    const board = await coach.reply("/group board", inCrew("ann"));
    const says = board?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])).at(-1)?.says ?? "";
    expect(says).toMatch(/^\/group share \S+$/);
    for (const word of ["share", "board", "rest", "leave"])
      expect(await coach.hear(says.replace("share", word), { name: "eve" })).toContain("You are in no group yet.");
  });
});

describe("a log", () => {
  test.each([
    ["status", "30 strength", "ben logged. In their zone this week."],
    ["status", "20 strength", "ben logged. On the way this week."],
    ["status", "200 strength", "ben logged. Past the good range this week."],
    ["status", "40 walk", "ben logged. On the way this week."],
    ["minutes", "30 strength", "ben logged. 30 min strength, in their zone this week."],
    ["minutes", "40 walk", "ben logged. 0 min strength, on the way this week."],
    ["membership", "30 strength", undefined],
  ])("of a member who shares %s in the group's channel: %s is told as %s", async (share, text, aloud) => {
    const coach = await createCrew(["ben"]);
    await coach.hear(`/group share ${share}`, inCrew("ben"));
    const before = coach.inChannel(crew).length;
    const answer = await coach.hear(text, inCrew("ben"));
    expect(answer).toContain("logged for today");
    expect(coach.inChannel(crew).slice(before)).toEqual(aloud === undefined ? [] : [aloud]);
  });

  test.each([
    ["alone with the coach", { name: "ben" }],
    ["in another channel", { name: "ben", in: "other" }],
    ["in the channel, of somebody who is no member", { name: "eve", in: crew }],
  ])("%s is told to nobody", async (_, from) => {
    const coach = await createCrew(["ben"]);
    const reply = await coach.reply("30 strength", from);
    expect(reply?.announcement).toBeUndefined();
  });

  test("whose question was answered in the channel is told, and its question is closed", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("300 strength", inCrew("ben"));
    expect(coach.inChannel(crew)).toHaveLength(2);
    expect(await coach.press("Yes, record it", undefined, inCrew("ben"))).toContain("300 min strength logged for today");
    expect(coach.inChannel(crew).at(-1)).toBe("ben logged. Past the good range this week.");
    expect(await coach.hear("/answer id-0010 1", inCrew("ben"))).toContain("That question was answered");
  });

  test("from the button of a channel asks for its words", async () => {
    const coach = await createCrew(["ben"]);
    expect(await coach.hear("/entry", inCrew("ben"))).toContain("What did you train?");
    expect(await coach.hear("/entry 30 strength", inCrew("ben"))).toContain("30 min strength logged for today");
    expect(coach.inChannel(crew).at(-1)).toBe("ben logged. In their zone this week.");
  });
});

describe("settings", () => {
  test.each([
    ["round-up friday 17:00", "Round-up: Friday 17:00 from now on."],
    ["round-up 10:30", "Round-up: Monday 10:30 from now on."],
    ["check-in on", "Check-in: Thursday 12:00 from now on."],
    ["check-in wed 18", "Check-in: Wednesday 18:00 from now on."],
    ["check-in off", "Check-in: off from now on."],
    ["time zone auckland", "Time zone: Pacific/Auckland from now on."],
    ["first day sunday", "First day: Sunday from now on."],
    ["name Late crew", "Name: Late crew from now on."],
  ])("%s", async (said, answer) => {
    const coach = await createCrew([]);
    expect(await coach.hear(`/group settings ${said}`, manager)).toBe(answer);
    expect(await coach.hear("/group settings", manager)).toContain(answer.replace(" from now on.", "").trim());
  });

  test.each(["round-up soon", "check-in maybe", "time zone CEST", "first day someday", "name x", "colour blue"])(
    "%s is not understood, and changes nothing",
    async (said) => {
      const coach = await createCrew([]);
      const before = await coach.hear("/group settings", manager);
      expect(await coach.hear(`/group settings ${said}`, manager)).toContain("I did not understand");
      expect(await coach.hear("/group settings", manager)).toBe(before);
    },
  );
});

test.each([
  ["group ride 45", "45 min"],
  ["group board", "You are in no group yet."],
  ["group frobnicate", "I did not understand"],
  ["group help", "You are in no group yet."],
])("without its slash, %s is understood as what it can be", async (said, answer) => {
  expect(await createTestCoach().hear(said)).toContain(answer);
});

test("a board of many is read page by page, each member on one", async () => {
  const names = Array.from({ length: 23 }, (_, index) => `m${String(index).padStart(2, "0")}`);
  const coach = await createCrew(names);
  const pages: string[] = [await coach.hear("/group board", inCrew("ann"))];
  pages.push(await coach.press("More", undefined, inCrew("ann")));
  pages.push(await coach.press("More", undefined, inCrew("ann")));
  const rows = pages.flatMap((page) => page.split("\n").filter((line) => /^\w+: /.test(line))).map((line) => line.split(":")[0]);
  expect(rows).toEqual(["ann", ...names]);
  expect(pages[2]).not.toContain("[More]");
  expect(pages[2]).toContain("[Back]");
});

test("names are shown as names, on one line, and not as long as they come", async () => {
  const coach = await createCrew(["<@everyone>\n**x**", "\u202e\u200b", "y".repeat(200)]);
  const board = await coach.hear("/group board", inCrew("ann"));
  expect(board).toContain("<@everyone> **x**: resting");
  expect(board).toContain("somebody: resting");
  expect(board).toContain(`${"y".repeat(32)}…: resting`);
});
