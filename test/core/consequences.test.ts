import { describe, expect, test } from "vitest";
import { hasMoved, moveTo } from "#core/accounts/time-zone-change.ts";
import { consequencesOf, movedPrompts, movesPrompts } from "#core/consequences.ts";
import type { ActionId, UserId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { Prompt } from "#core/model/prompt.ts";
import { aContext, aSession, anAccount, aUser } from "../support/builders.ts";

const user = aUser();
const weekly: Prompt = {
  userId: user.id,
  kind: "weekly",
  localDate: Temporal.PlainDate.from("2026-11-23"),
  dueAt: Temporal.Instant.from("2026-11-29T19:00:00Z"),
};
const schedule = { prompts: [weekly], jitter: 0 };

const logged: Change = { kind: "session-logged", session: aSession({ day: Temporal.PlainDate.from("2026-11-25") }) };
const acted: Change = {
  kind: "last-action-set",
  lastAction: { id: "action-1" as ActionId, userId: user.id, undone: false, sessions: [] },
};
const saved = (over: Parameters<typeof aUser>[0]): Change => ({ kind: "user-saved", user: aUser(over) });

/** The kinds of all changes that follow from `changes`, in their order. */
function kinds(changes: readonly Change[], context: RequestContext, isAlone?: true): readonly string[] {
  const result = { changes, ...(isAlone ? { isAlone } : {}) };
  return consequencesOf(result, context, schedule).changes.map(({ kind }) => kind);
}

test("nothing follows from a reply that changes nothing", () => {
  expect(consequencesOf({ changes: [] }, aContext(), schedule)).toEqual({ changes: [], user, started: [] });
});

describe("the order of a commit", () => {
  const context = aContext({
    isActive: false,
    isMember: true,
    reach: { isOpen: false, isTold: false },
    hasUnreportedSuspension: true,
    hasSwitchedAccount: true,
    hasLostSettings: true,
  });

  test("is boards, what was decided, prompts, and the state of the account", () => {
    expect(kinds([logged, acted], context)).toEqual([
      "boards-invalidated",
      "session-logged",
      "last-action-set",
      "prompt-set",
      "prompt-set",
      "account-reached",
      "suspensions-reported",
      "account-seen",
      "user-saved",
    ]);
  });

  test("has no prompts and no state of the account in a result that stands alone", () => {
    expect(kinds([logged, acted], context, true)).toEqual(["boards-invalidated", "session-logged", "last-action-set", "account-seen"]);
  });

  test("puts the boards of a user before their deletion, which ends the memberships", () => {
    const gone: Change = { kind: "user-forgotten", userId: user.id };
    expect(kinds([gone], aContext({ isMember: true }), true)).toEqual(["boards-invalidated", "user-forgotten"]);
  });
});

describe("a last action", () => {
  test("is set when the command set none, so that undo takes back nothing earlier", () => {
    const { changes } = consequencesOf({ changes: [{ kind: "imports-discarded", userId: user.id }] }, aContext(), schedule);
    expect(changes[1]).toMatchObject({ kind: "last-action-set", lastAction: { userId: user.id, final: { what: "import-dropped" } } });
  });

  test("of the command stays as it is", () => {
    expect(kinds([logged, acted], aContext())).toEqual(["session-logged", "last-action-set"]);
  });
});

describe("prompts", () => {
  test("start with a recent log of a user who has none, and are told", () => {
    const { changes, started } = consequencesOf({ changes: [logged, acted] }, aContext({ isActive: false }), { ...schedule, prompts: [] });
    expect(started.map(({ kind }) => kind)).toEqual(["weekly", "rest"]);
    expect(changes.slice(2)).toEqual(started.map((prompt) => ({ kind: "prompt-set", prompt })));
  });

  test("start for the user whom a link names, who is not told", () => {
    const link: Change = {
      kind: "users-linked",
      from: "user-2" as UserId,
      to: user.id,
      promptsStart: { user, latest: Temporal.PlainDate.from("2026-11-25") },
    };
    const { changes, started } = consequencesOf({ changes: [link] }, aContext({ isActive: false }), schedule);
    expect(changes.filter(({ kind }) => kind === "prompt-set")).toHaveLength(2);
    expect(started).toEqual([]);
  });

  test("move with a setting of the schedule", () => {
    const changes = [saved({ feedback: { weekday: 2, time: Temporal.PlainTime.from("09:00") }, restNudges: false }), acted];
    expect(movesPrompts(changes, aContext())).toBe(true);
    const dueAt = Temporal.Instant.from("2026-11-30T20:00:00Z");
    const moved = { kind: "prompt-set", prompt: { ...weekly, dueAt } };
    expect(consequencesOf({ changes }, aContext(), schedule).changes.slice(2)).toEqual([moved]);
  });

  test("stay with any other setting", () => {
    const changes = [saved({ over65: true }), acted];
    expect(movesPrompts(changes, aContext())).toBe(false);
    expect(kinds(changes, aContext())).toEqual(["user-saved", "last-action-set"]);
  });

  test("count silence from today after a stop", () => {
    const context = aContext({ user: aUser({ isStopped: true }) });
    const { changes } = consequencesOf({ changes: [saved({ isStopped: false }), acted] }, context, schedule);
    expect(changes).toContainEqual({ kind: "prompt-set", prompt: { ...weekly, since: context.today } });
  });
});

describe("an account that moved to another time zone", () => {
  const account = anAccount({ timeZone: "Europe/Berlin" as TimeZone });
  const context = aContext({ account, platformTimeZone: "Pacific/Auckland" as TimeZone });

  test("takes the prompts along, if the settings are as they were read", () => {
    const changes = moveTo(account, context);
    expect(hasMoved(account, context)).toBe(true);
    expect(changes.map(({ kind }) => kind)).toEqual(["user-unchanged", "account-time-zone-updated", "user-saved"]);
    expect(movedPrompts(changes, context, schedule)).toContainEqual({
      kind: "prompt-set",
      prompt: { ...weekly, dueAt: Temporal.Instant.from("2026-11-30T07:00:00Z") },
    });
  });

  test("starts no prompts of a silent user", () => {
    const silent = { ...context, isActive: false };
    expect(movedPrompts(moveTo(account, silent), silent, { ...schedule, prompts: [] })).toEqual([]);
  });
});

describe("the state of the account", () => {
  test("is saved once when a command saves the defaults for lost settings", () => {
    expect(kinds([saved({ over65: true }), acted], aContext({ hasLostSettings: true }))).toEqual(["user-saved", "last-action-set"]);
  });

  test("says that the account is reached again, and that the user was told", () => {
    const context = aContext({ reach: { isOpen: false, isTold: false } });
    const { changes } = consequencesOf({ changes: [] }, context, schedule);
    expect(changes).toEqual([{ kind: "account-reached", account: anAccount(), reach: { isOpen: true, isTold: true } }]);
  });
});
