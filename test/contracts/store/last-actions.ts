/** The contract of the `Store` port: last actions and clarifications. */

import { type LastAction, toggleUndo } from "#core/model/last-action.ts";
import type { ActionId, ActivityId, GroupId, Minutes, ClarificationId } from "#core/lib/ids.ts";
import type { Member } from "#core/model/group.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { aSession } from "../../support/builders.ts";
import { alex, alexAccount, always, anAct, answered, aQuestion, at, everyAnswer, logged, sam, saved } from "./fixtures.ts";

/** What holds of the last thing that somebody did. */
export function acts(store: () => Store): void {
  const before = aSession({ note: "שלום 💪", word: "kb" });
  const after = aSession({ minutes: 30 as Minutes, loggedAt: at("07:00") });
  const member: Member = {
    groupId: "g1" as GroupId,
    userId: alex.id,
    name: "אלכס",
    share: "minutes",
    joinedAt: at("08:00"),
    restsOn: undefined,
  };
  test("findAct gives nothing before they did anything", async () => {
    expect(await store().findAct(alex.id)).toBeUndefined();
  });
  test.each<[string, Partial<LastAction>]>([
    ["a session that was logged", { sessions: [{ after }] }],
    ["a session that was removed", { sessions: [{ before }] }],
    ["one that was changed, and one more", { sessions: [{ before, after }, { after }] }],
    ["settings", { user: { before: alex, after: { ...alex, quietHours: undefined, words: { x: "y" as ActivityId } } } }],
    ["an act that was taken back", { undone: true }],
    ["that they joined a group", { member: { after: member } }],
    ["what a group sees of them, and a week of rest", { member: { before: { ...member, restsOn: aSession().day }, after: member } }],
    ["what cannot be taken back", { final: { what: "cheered" } }],
    ["what is done by hand instead", { final: { what: "group-set", instead: "/group settings name שלום" } }],
  ])("last-action-set keeps %s", async (_, over) => {
    await store().commit([{ kind: "last-action-set", lastAction: { ...anAct(), ...over } }]);
    expect(await store().findAct(alex.id)).toStrictEqual({ ...anAct(), ...over });
    expect(await store().findAct(sam.id)).toBeUndefined();
  });
  test("last-action-set replaces their last act, settings included, and nobody else's", async () => {
    const theirs = { ...anAct(), userId: sam.id };
    await store().commit([{ kind: "last-action-set", lastAction: { ...anAct(), user: { before: alex, after: alex } } }]);
    await store().commit([{ kind: "last-action-set", lastAction: theirs }]);
    const next = { ...anAct(), id: "act-2" as ActionId, sessions: [{ before, after }] };
    await store().commit([{ kind: "last-action-set", lastAction: next }]);
    expect(await store().findAct(alex.id)).toStrictEqual(next);
    expect(await store().findAct(sam.id)).toStrictEqual(theirs);
  });
  test("an act that the store gave back can be taken back and done again", async () => {
    const act = { ...anAct(), sessions: [{ before, after }], user: { before: alex, after: { ...alex, over65: true } } };
    await store().commit([logged(after), saved(act.user.after), { kind: "last-action-set", lastAction: act }]);
    await store().commit(toggleUndo((await store().findAct(alex.id)) ?? anAct(), (await store().findUser(alexAccount))?.user ?? alex));
    expect(await store().findSession(alex.id, before.id)).toStrictEqual(before);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
    await store().commit(toggleUndo((await store().findAct(alex.id)) ?? anAct(), (await store().findUser(alexAccount))?.user ?? alex));
    expect(await store().findSession(alex.id, before.id)).toStrictEqual(after);
    expect(await store().findAct(alex.id)).toStrictEqual(act);
  });
}

/** What holds of the question that stands open. */
export function questions(store: () => Store): void {
  test("findQuestion gives nothing before one was asked", async () => {
    expect(await store().findQuestion(alex.id)).toBeUndefined();
  });
  test("clarification-asked keeps every kind of answer", async () => {
    const question = { ...aQuestion(), answered: everyAnswer, answers: everyAnswer.toReversed() };
    await store().commit([{ kind: "clarification-asked", clarification: question }]);
    expect(await store().findQuestion(alex.id)).toStrictEqual(question);
  });
  test("clarification-asked replaces their open question", async () => {
    const next = { ...aQuestion(), id: "question-2" as ClarificationId, text: "30 mins of קטלבל yesterday" };
    await store().commit([{ kind: "clarification-asked", clarification: aQuestion() }]);
    await store().commit([{ kind: "clarification-asked", clarification: next }]);
    expect(await store().findQuestion(alex.id)).toStrictEqual(next);
  });
  test("clarification-answered closes it once", async () => {
    await store().commit([{ kind: "clarification-asked", clarification: aQuestion() }]);
    expect(await store().commit([answered(aQuestion())])).toBe("done");
    expect(await store().findQuestion(alex.id)).toBeUndefined();
    expect(await store().commit([answered(aQuestion()), logged(aSession())])).toBe("stale");
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
  });
  test("clarification-answered leaves a newer question, and another person's", async () => {
    await store().commit([{ kind: "clarification-asked", clarification: aQuestion() }]);
    expect(await store().commit([answered({ ...aQuestion(), id: "question-0" as ClarificationId })])).toBe("stale");
    expect(await store().commit([answered({ ...aQuestion(), userId: sam.id })])).toBe("stale");
    expect(await store().findQuestion(alex.id)).toStrictEqual(aQuestion());
  });
}
