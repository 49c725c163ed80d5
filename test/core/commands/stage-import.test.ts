import { describe, expect, test } from "vitest";
import { createRowFilter, openImport, stageSlice } from "#core/commands/stage-import.ts";
import { packRows, unpackRows } from "#core/data/import/packed.ts";
import type { MessageId, Minutes, SessionId, UserId } from "#core/lib/ids.ts";
import type { ParsedRow } from "#core/model/import.ts";
import { aContext, aSession, aUser } from "../../support/builders.ts";

const today = Temporal.PlainDate.from("2026-11-25");

/** A row with the content of `aSession`. */
function aRow(over: Partial<ParsedRow> = {}): ParsedRow {
  const { activity, intensity, minutes, shares, day } = aSession();
  return { activity, intensity, minutes, shares, day, ...over };
}

test("rows are the same when they come out of a slice", () => {
  const rows = [aRow({ note: "easy" }), aRow({ id: "s1" as SessionId, loggedAt: Temporal.Instant.from("2026-11-24T08:00:00.5Z") })];
  expect(unpackRows(packRows(rows))).toEqual(rows);
});

describe("the rows of a file", () => {
  test("count if the user does not have them", () => {
    const filter = createRowFilter({ today });
    filter.addKnown(aSession());
    filter.addSlice(packRows([aRow(), aRow({ minutes: 30 as Minutes })]));
    filter.addSlice(packRows([aRow({ minutes: 45 as Minutes })]));
    expect(filter.end()).toEqual({
      slices: [packRows([aRow({ minutes: 30 as Minutes })]), packRows([aRow({ minutes: 45 as Minutes })])],
      count: 2,
    });
  });

  test("leave no empty slice", () => {
    const filter = createRowFilter({ today });
    filter.addKnown(aSession());
    filter.addSlice(packRows([aRow()]));
    expect(filter.end()).toEqual({ slices: [], count: 0 });
  });

  test("are refused when they and what is known make more than 24 hours on a day", () => {
    const filter = createRowFilter({ today });
    filter.addKnown(aSession({ minutes: 600 as Minutes }));
    filter.addSlice(packRows([aRow({ minutes: 599 as Minutes }), aRow({ minutes: 242 as Minutes })]));
    expect(filter.end()).toMatchObject({ kind: "day-full" });
  });
});

describe("an opened import", () => {
  const opened = { importId: "import-1" as UserId, source: "message-1" as MessageId, person: undefined };

  test("of a new user saves them with it", () => {
    const kinds = openImport(opened, aContext({ isNew: true })).map(({ kind }) => kind);
    expect(kinds).toEqual(["inbound-seen", "user-saved", "account-linked", "imports-discarded", "import-staged"]);
  });

  test("does not depend on the version of the settings", () => {
    const context = aContext();
    const [guard, , staged] = openImport(opened, context);
    expect(guard).toEqual({
      kind: "inbound-seen",
      source: "message-1",
      at: context.now,
      from: { account: context.account, userId: aUser().id },
    });
    expect(staged).toMatchObject({ kind: "import-staged", user: { id: "import-1", joinedAt: context.now }, of: aUser().id });
  });

  test("numbers its sessions through all slices, and keeps ids and log times of the file", () => {
    const loggedAt = Temporal.Instant.from("2026-11-24T08:00:00Z");
    const slice = packRows([aRow(), aRow({ id: "s1" as SessionId, loggedAt })]);
    const context = aContext({ originalOwnerId: "user-2" as UserId });
    const sessions = stageSlice(slice, { importId: opened.importId, first: 100 }, context);
    const same = { userId: "import-1", batch: "import-1", origin: "user-2" };
    expect(sessions).toMatchObject([
      { kind: "session-logged", session: { ...same, id: "import-1.000100", loggedAt: context.now } },
      { kind: "session-logged", session: { ...same, id: "s1", loggedAt } },
    ]);
  });
});
