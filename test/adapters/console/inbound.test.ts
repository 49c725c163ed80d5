import { describe, expect, test } from "vitest";
import type { Choice } from "#core/model/reply.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { type Line, type LineContext, readLine } from "../../../adapters/console/inbound.ts";

const undo: Choice = { label: "Undo", says: "/undo 7" };
const correct: Choice = { label: "Correct", says: "/correct 7", field: { label: "As it was", value: "20 strength" } };

/** Half past nine on a Wednesday in Berlin, four days before its clocks go back. */
const moment: LineContext = {
  choices: [undo, correct],
  now: Temporal.Instant.from("2026-10-21T07:30:00Z"),
  timeZone: "Europe/Berlin" as TimeZone,
};

describe("readLine takes", () => {
  test.each<[line: string, read: Line]>([
    ["20 strength", { kind: "say", text: "20 strength" }],
    ["  20 strength  ", { kind: "say", text: "  20 strength  " }],
    ["/log 20 strength", { kind: "say", text: "/log 20 strength" }],
    ["", { kind: "say", text: "" }],
    ["/asap", { kind: "say", text: "/asap" }],
    ["as ann", { kind: "say", text: "as ann" }],
    ["/as ann", { kind: "as", name: "ann" }],
    ["/AS  Ann   of the\tHill ", { kind: "as", name: "Ann of the Hill" }],
    ["/in crew", { kind: "in", place: "crew" }],
    ["/as \u200b", { kind: "unclear", why: "Whom shall I take you for? This works: /as ann" }],
    ["/in \u2060\u200d", { kind: "unclear", why: "Which channel? This works: /in crew" }],
    ["/dm", { kind: "dm" }],
    ["/quit", { kind: "quit" }],
    ["/exit", { kind: "quit" }],
    ["/clock", { kind: "clock" }],
    ["1", { kind: "say", text: "/undo 7" }],
    [" 1 ", { kind: "say", text: "/undo 7" }],
    ["１", { kind: "say", text: "/undo 7" }],
    ["٢", { kind: "ask", choice: correct }],
    ["2", { kind: "ask", choice: correct }],
    ["0", { kind: "say", text: "0" }],
    ["3", { kind: "say", text: "3" }],
    ["-1", { kind: "say", text: "-1" }],
    ["1.", { kind: "say", text: "1." }],
    ["100", { kind: "say", text: "100" }],
  ])("%j as %j", (line, read) => {
    expect(readLine(line, moment)).toEqual(read);
  });

  test.each(["/as", "/as  ", "/in", "/clock soon", "/clock +5", "/clock +5y", "/clock -5d", "/clock 2026-02-30", "/clock 25:00"])(
    "%j as unclear, and says what works",
    (line) => {
      expect(readLine(line, moment)).toEqual({ kind: "unclear", why: expect.stringMatching(/This works: \/(?:as|in|clock) \S/u) });
    },
  );

  test("a number with nothing to press as said", () => {
    expect(readLine("1", { ...moment, choices: [] })).toEqual({ kind: "say", text: "1" });
  });
});

describe("/clock", () => {
  const turned = (said: string, now = moment.now): string => {
    const line = readLine(`/clock ${said}`, { ...moment, now });
    return line.kind === "turn" ? line.to.toZonedDateTimeISO(moment.timeZone).toPlainDateTime().toString() : line.kind;
  };

  test.each([
    ["+90m", "2026-10-21T11:00:00"],
    ["+3h", "2026-10-21T12:30:00"],
    ["+5d", "2026-10-26T09:30:00"],
    ["+2w", "2026-11-04T09:30:00"],
    ["+1D", "2026-10-22T09:30:00"],
    ["2026-10-26T08:00", "2026-10-26T08:00:00"],
    ["2026-10-26 08:00", "2026-10-26T08:00:00"],
    ["2026-10-26", "2026-10-26T00:00:00"],
    ["2001-01-01T08:00", "2001-01-01T08:00:00"],
  ])("%s is %s on the wall, also over the change of clocks", (said, wall) => {
    expect(turned(said)).toBe(wall);
  });

  test.each(["+9999w", "+9999d"])("%s past the end of time is unclear", (said) => {
    expect(turned(said, Temporal.Instant.from("+275760-09-01T00:00Z"))).toBe("unclear");
  });

  test("in its own example works as it stands", () => {
    const line = readLine("/clock soon", moment);
    const examples = line.kind === "unclear" ? (line.why.match(/\/clock \S+/gu) ?? []) : [];
    expect(examples).toHaveLength(2);
    for (const example of examples) expect(readLine(example, moment)).toMatchObject({ kind: "turn" });
  });
});
