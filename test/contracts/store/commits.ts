/** The contract of the `Store` port: all or none. */

import type { ActivityId, SessionId, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { maxWords } from "#core/parsing/own-words.ts";
import type { Store } from "#src/ports/store.ts";
import { expect, test } from "vitest";
import { anAccount, aSession, aUser } from "../../support/builders.ts";
import {
  aDelivery,
  alex,
  alexAccount,
  always,
  anAct,
  aPrompt,
  aQuestion,
  linked,
  logged,
  queued,
  removed,
  saved,
  seen,
  set,
} from "./fixtures.ts";

/** What holds of a commit, whatever it changes. */
export function commits(store: () => Store): void {
  test("commit of nothing is done", async () => {
    expect(await store().commit([])).toBe("done");
  });
  test("commit is stale, and keeps nothing, when its first change had been made", async () => {
    expect(await store().commit([seen("1")])).toBe("done");
    expect(await store().commit([seen("1"), logged(aSession()), saved({ ...alex, over65: true })])).toBe("stale");
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
  });
  test("commit is done when only a later change touches nothing", async () => {
    await store().commit([seen("1")]);
    expect(await store().commit([seen("2"), seen("1"), removed(aSession()), logged(aSession())])).toBe("done");
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
  });
  test.each(
    Object.entries({
      account: linked(anAccount({ id: "new" }), aUser({ id: "nobody" as UserId })),
      session: logged(aSession({ id: "session-2" as SessionId, userId: "nobody" as UserId })),
      act: { kind: "last-action-set", lastAction: { ...anAct(), userId: "nobody" as UserId } },
      question: { kind: "clarification-asked", clarification: { ...aQuestion(), userId: "nobody" as UserId } },
      prompt: set(aPrompt({ userId: "nobody" as UserId })),
      delivery: queued(aDelivery({ userId: "nobody" as UserId })),
    } satisfies Record<string, Change>),
  )("commit throws and keeps nothing when its last change gives nobody's %s", async (_, change) => {
    const good = [seen("1"), logged(aSession()), saved({ ...alex, over65: true })];
    await expect(store().commit([...good, change])).rejects.toThrow();
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
    expect(await store().commit(good)).toBe("done");
  });
  const words = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`word${index}`, "strength" as ActivityId]));
  test.each(
    Object.entries({
      settings: saved({ ...alex, words }),
      "settings of a batch": { kind: "import-staged", user: aUser({ id: "batch" as UserId, words }), of: alex.id },
      "settings of an act": { kind: "last-action-set", lastAction: { ...anAct(), user: { before: { ...alex, words }, after: alex } } },
      "sessions of an act": {
        kind: "last-action-set",
        lastAction: { ...anAct(), sessions: Array.from({ length: 5000 }, () => ({ after: aSession() })) },
      },
      note: logged(aSession({ note: "x".repeat(10_000) })),
      word: logged(aSession({ word: "x".repeat(10_000) })),
    } satisfies Record<string, Change>),
  )("commit throws and keeps nothing where one row would hold too much: %s", async (_, change) => {
    const good = [seen("1"), logged(aSession({ id: "session-9" as SessionId }))];
    await expect(store().commit([...good, change])).rejects.toThrow(/ of the commit is kept/u);
    expect((await store().findUser(alexAccount))?.user).toStrictEqual(alex);
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
    expect(await store().commit(good)).toBe("done");
  });
  test("commit keeps as many own words as the commands take, each as long as can be", async () => {
    const longest = Object.fromEntries(
      Array.from({ length: maxWords }, (_, index) => [String(index).padEnd(120, "漢"), "strength" as ActivityId]),
    );
    expect(await store().commit([saved({ ...alex, words: longest })])).toBe("done");
    expect((await store().findUser(alexAccount))?.user.words).toStrictEqual(longest);
  });
  test("commit sees what it wrote before", async () => {
    const kim = aUser({ id: "user-3" as UserId });
    const account = anAccount({ id: "kim" });
    expect(await store().commit([seen("1"), saved(kim), linked(account, kim), logged(aSession({ userId: kim.id }))])).toBe("done");
    expect((await store().findUser(account))?.user).toStrictEqual(kim);
  });
  test("eight parallel commits of one source are done once", async () => {
    const one = (index: number) => store().commit([seen("1"), logged(aSession({ id: `session-${index}` as SessionId }))]);
    const ends = await Promise.all(Array.from({ length: 8 }, (_, index) => one(index)));
    expect(ends.filter((end) => end === "done")).toHaveLength(1);
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
  });
}
