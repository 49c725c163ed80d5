import { describe, expect, test } from "vitest";
import { boardOf } from "#core/groups/board.ts";
import { type GroupSnapshot, shares } from "#core/model/group.ts";
import { type Block, plainText, textOf } from "#core/model/reply.ts";
import { weekOf } from "#core/lib/time.ts";
import {
  announceGroup,
  sayBoard,
  sayBound,
  sayCheered,
  sayCode,
  sayCreated,
  sayCutOff,
  sayGroups,
  sayJoined,
  announceLog,
  sayRemove,
  sayRests,
  sayShare,
  sayShared,
  announceMember,
  sayWhich,
} from "#core/voice/group.ts";
import { sayLeft, sayRemoved } from "#core/voice/leaving.ts";
import { sayGroupSetting, sayGroupSettings } from "#core/voice/group-settings.ts";
import { sayCheckIn, sayEnded, sayRoundUp } from "#core/voice/round-up.ts";
import { aBout, aCrew, aGroup, aMember, aSeat } from "../../support/groups.ts";
import { expectHeld } from "../../support/never-say.ts";

const group = aGroup();
const week = weekOf(Temporal.PlainDate.from("2026-11-23"), 1);
const day = Temporal.PlainDate.from("2026-11-26");
const until = Temporal.Instant.from("2026-12-02T11:00:00Z");
const code = { code: "abcd2345", groupId: group.id, until };

const ten = ["Ana", "Ben", "Chi", "Dana", "Eli", "Fay", "Gil", "Hui", "Ida", "Jo"];
const crews: readonly GroupSnapshot[] = [
  aCrew([]),
  aCrew([aSeat("Ana", { share: "membership" })]),
  aCrew(
    [aSeat("Ana", { share: "minutes" }), aSeat("Ben"), aSeat("Cy"), aSeat("Dan", { share: "membership" })],
    [aBout("Ana", "2026-11-24", 40), aBout("Ben", "2026-11-24", 300), aBout("Cy", "2026-11-24", 5)],
  ),
  aCrew(
    ten.map((name) => aSeat(name)),
    ten.slice(0, 6).map((name) => aBout(name, "2026-11-24", 50)),
    { cheers: 3 },
  ),
  aCrew(
    Array.from({ length: 500 }, (_, index) => aSeat(`m${index}`)),
    [aBout("m1", "2026-11-24", 50)],
    { cheers: 1 },
  ),
];

const boards = crews.map((crew) => boardOf(group, crew, week, week.until));
const all: readonly (readonly Block[])[] = [
  ...boards.flatMap((board) => [
    sayRoundUp(board, true),
    sayRoundUp(board, false),
    ...[0, 3, 6, 7].map((ahead) => sayCheckIn(board, week.from.add({ days: ahead }), true)),
    sayBoard(board, { rows: board.rows.slice(0, 10), number: 1, count: Math.max(1, Math.ceil(board.rows.length / 10)) }),
  ]),
  ...shares.flatMap((share) => {
    const member = aMember("Ana", { share });
    return [
      sayCreated(group, member),
      sayJoined(group, member, true),
      sayJoined(group, member, false),
      sayShared(group, member),
      sayShare(group, member),
      [sayRests(group, member)],
      announceLog(member, { status: "good", minutes: 40 }) ?? [],
      announceLog(member, { status: "past", minutes: 400 }) ?? [],
      sayGroups([{ group, member }]),
    ];
  }),
  sayGroups([]),
  sayWhich([{ group, member: aMember("Ana") }], ({ id }) => `/group board ${id}`),
  announceGroup(group),
  announceMember(group, aMember("Ana")),
  [sayLeft(group)],
  [sayCheered()],
  sayCode(group, code, day, group.timeZone),
  sayBound(group),
  sayRemove(group, 1),
  sayRemove(group, 3),
  [sayRemoved(group, "channel"), sayRemoved(group, "group"), sayCutOff(), sayGroupSettings(group)],
  [sayGroupSetting("check-in", "off", true, "/group"), sayGroupSetting("check-in", "off", false, "/group settings check-in on")],
  sayEnded(),
];

describe("everything that is said of groups", () => {
  test.each(all.map((blocks) => [plainText({ blocks }).slice(0, 60), blocks] as const))("%s … keeps to the voice and fits", (_, blocks) => {
    expectHeld(plainText({ blocks }));
    const choices = blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
    for (const { label, says } of choices) {
      expect(label.length).toBeLessThanOrEqual(75);
      expect(says.length).toBeLessThanOrEqual(100);
    }
    const rows = blocks.map((block) => (block.kind === "choices" && block.layout === "row" ? block.choices.length : 0));
    const counts = blocks.map((block) => (block.kind === "text" ? textOf(block.text).split(" ").length : 0));
    expect(Math.max(0, ...rows)).toBeLessThanOrEqual(5);
    expect(Math.max(0, ...counts)).toBeLessThanOrEqual(45);
  });

  test("names nobody who is not there: a check-in has no name in it", () => {
    for (const board of boards) expect(plainText({ blocks: sayCheckIn(board, day, true) })).not.toMatch(/Ana|Ben|Cy|Dan|m\d/);
  });

  test("shows on the picture nothing that a round-up does not say", () => {
    for (const board of boards) {
      const blocks = sayRoundUp(board, true);
      const svg = blocks.flatMap((block) => (block.kind === "picture" ? [block.svg] : [])).join("");
      const shown = [...svg.matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text ?? "").filter((text) => text !== "member");
      const said = plainText({ blocks }).toLowerCase();
      for (const text of shown) expect(said).toContain(text.toLowerCase());
    }
  });
});

describe("a check-in", () => {
  test.each([
    [0, "A new week. There is room for everyone."],
    [2, "Five days of the week are left. There is room for everyone."],
    [3, "Half of the week is left. There is room for everyone."],
    [4, "Half of the week is left. There is room for everyone."],
    [6, "The last day of the week. There is room for everyone."],
    [7, "That week is over. It was a quiet one."],
  ])("on day %i says %s", (ahead, said) => {
    const board = boardOf(group, aCrew([aSeat("Ana")]), week, day);
    expect(plainText({ blocks: sayCheckIn(board, week.from.add({ days: ahead }), true) })).toContain(said);
  });
});
