/** The contract of the `Store` port: prompts, one of each kind to a person. */

import { beforeEach, expect, test } from "vitest";
import type { UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { type Prompt, type PromptKind, promptKinds } from "#core/model/prompt.ts";
import type { Store } from "#src/ports/store.ts";
import { aSession, aUser } from "../../support/builders.ts";
import { alex, alexAccount, always, aPrompt, at, changedThroughout, day, logged, sam, samAccount, saved, seen, set } from "./fixtures.ts";

function moved(was: Prompt, to: Prompt): Change {
  return { kind: "prompt-moved", was, to };
}

function dropped({ userId, kind }: Pick<Prompt, "userId" | "kind">): Change {
  return { kind: "prompt-dropped", userId, prompt: kind };
}

/** What holds of prompts as they are set, moved and dropped. */
export function prompts(store: () => Store): void {
  const later = aPrompt({ dueAt: at("19:30"), localDate: day("2026-11-23") });
  test("prompts gives nothing to somebody who waits for nothing", async () => {
    expect(await store().prompts(alex.id)).toStrictEqual([]);
    expect(await store().prompts("nobody" as UserId)).toStrictEqual([]);
  });
  test.each<[string, Partial<Prompt>]>([
    ...promptKinds.map((kind): [string, Partial<Prompt>] => [`a ${kind} prompt`, { kind }]),
    ["since when messages come", { since: day("2026-11-02") }],
    ["milliseconds, and a leap day", { dueAt: Temporal.Instant.from("2028-02-29T23:59:59.999Z"), localDate: day("2028-02-29") }],
  ])("prompt-set keeps %s", async (_, over) => {
    expect(await store().commit([set(aPrompt(over))])).toBe("done");
    expect(await store().prompts(alex.id)).toStrictEqual([aPrompt(over)]);
    expect(await store().prompts(sam.id)).toStrictEqual([]);
  });
  test("prompt-set replaces theirs of that kind, and nothing else", async () => {
    const others = [aPrompt({ kind: "rest", dueAt: at("08:00") }), aPrompt({ userId: sam.id })] as const;
    await store().commit([set(aPrompt()), ...others.map(set)]);
    expect(await store().commit([set(later)])).toBe("done");
    expect(await store().prompts(alex.id)).toStrictEqual([others[0], later]);
    expect(await store().prompts(sam.id)).toStrictEqual([others[1]]);
  });
  test("prompt-set as it stands already is done, so that it keeps the rest of its commit", async () => {
    await store().commit([set(aPrompt())]);
    expect(await store().commit([set(aPrompt()), logged(aSession())])).toBe("done");
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
  });
  test("prompts come by when they are due, whatever their kinds", async () => {
    const ofKind = (kind: PromptKind, time: string): Prompt => aPrompt({ kind, dueAt: at(time) });
    for (const [first, second, third] of [
      [ofKind("weekly", "07:00"), ofKind("training", "08:00"), ofKind("rest", "09:00")],
      [ofKind("rest", "07:00"), ofKind("weekly", "08:00"), ofKind("training", "09:00")],
    ] as const) {
      await store().commit([set(third), set(first), set(second)]);
      expect(await store().prompts(alex.id)).toStrictEqual([first, second, third]);
    }
  });
  test("prompt-moved moves it once", async () => {
    await store().commit([set(aPrompt()), set(aPrompt({ kind: "rest" })), set(aPrompt({ userId: sam.id }))]);
    expect(await store().commit([moved(aPrompt(), later), logged(aSession())])).toBe("done");
    expect(await store().commit([moved(aPrompt(), aPrompt({ dueAt: at("23:00") }))])).toBe("stale");
    expect(await store().prompts(alex.id)).toStrictEqual([aPrompt({ kind: "rest" }), later]);
    expect(await store().prompts(sam.id)).toStrictEqual([aPrompt({ userId: sam.id })]);
    expect(await store().sessions(alex.id, always)).toHaveLength(1);
  });
  test.each<[string, readonly Prompt[]]>([
    ["at another time", [aPrompt({ dueAt: at("07:00:00.001") })]],
    ["for another day", [aPrompt({ localDate: day("2026-11-09") })]],
    ["for another kind, and for somebody else", [aPrompt({ kind: "rest" }), aPrompt({ userId: sam.id })]],
    ["nowhere", []],
  ])("prompt-moved touches nothing, and guards its commit, when the prompt stands %s", async (_, standing) => {
    await store().commit(standing.map(set));
    expect(await store().commit([moved(aPrompt(), later), logged(aSession()), set(aPrompt({ kind: "training" }))])).toBe("stale");
    expect(await store().commit([seen("1"), moved(aPrompt(), later)])).toBe("done");
    expect([...(await store().prompts(alex.id)), ...(await store().prompts(sam.id))]).toStrictEqual(standing);
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
  });
  test("prompt-dropped drops it once, and nothing else", async () => {
    const kept = [aPrompt({ kind: "rest" }), aPrompt({ userId: sam.id })] as const;
    await store().commit([aPrompt(), ...kept].map(set));
    expect(await store().commit([dropped(aPrompt())])).toBe("done");
    expect(await store().commit([dropped(aPrompt()), logged(aSession())])).toBe("stale");
    expect(await store().commit([seen("1"), dropped(aPrompt())])).toBe("done");
    expect([...(await store().prompts(alex.id)), ...(await store().prompts(sam.id))]).toStrictEqual(kept);
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
  });
}

/** What holds of active users: whoever has a weekly prompt. */
export function activeUsers(store: () => Store): void {
  const ofKind = (kind: PromptKind): Prompt => aPrompt({ kind });
  test.each<[boolean, readonly PromptKind[]]>([
    [false, []],
    [false, ["rest", "training"]],
    [true, ["weekly"]],
    [true, ["rest", "training", "weekly"]],
  ])("findUser gives isActive: %s with the prompts %j", async (isActive, kinds) => {
    await store().commit(kinds.map((kind) => set(ofKind(kind))));
    expect((await store().findUser(alexAccount))?.isActive).toBe(isActive);
    expect((await store().findUser(samAccount))?.isActive).toBe(false);
  });
  test("findUser gives isActive until the weekly prompt is dropped, wherever it is moved", async () => {
    await store().commit(promptKinds.map((kind) => set(ofKind(kind))));
    await store().commit([moved(aPrompt(), aPrompt({ dueAt: at("23:00") }))]);
    expect((await store().findUser(alexAccount))?.isActive).toBe(true);
    await store().commit([dropped({ userId: alex.id, kind: "weekly" })]);
    expect((await store().findUser(alexAccount))?.isActive).toBe(false);
  });
  test("usersWithPrompts gives those who have a weekly prompt, each once, with all that they set", async () => {
    await store().commit([saved(changedThroughout(alex)), ...promptKinds.map((kind) => set(ofKind(kind)))]);
    await store().commit([set(aPrompt({ userId: sam.id, kind: "rest" })), set(aPrompt({ userId: sam.id, kind: "training" }))]);
    expect(await store().usersWithPrompts(undefined, 10)).toStrictEqual([changedThroughout(alex)]);
  });
  test("usersWithPrompts goes through everybody by id, page by page", async () => {
    const people = ["b", "e", "a", "d", "c"].map((id) => aUser({ id: id as UserId }));
    const due = ["11:00", "07:00", "09:00", "10:00", "08:00"].map(at);
    await store().commit(
      people.flatMap((user, index) => [saved(user), set(aPrompt({ userId: user.id, dueAt: due[index] ?? at("07:00") }))]),
    );
    const pages: (readonly string[])[] = [];
    for (let after: UserId | undefined; pages.at(-1)?.length !== 0;) {
      const page = await store().usersWithPrompts(after, 2);
      pages.push(page.map(({ id }) => id));
      after = page.at(-1)?.id;
    }
    expect(pages).toStrictEqual([["a", "b"], ["c", "d"], ["e"], []]);
  });
  test("usersWithPrompts goes on after somebody who has none any more", async () => {
    const people = ["a", "b", "c"].map((id) => aUser({ id: id as UserId }));
    await store().commit(people.map(saved));
    await store().commit([set(aPrompt({ userId: "a" as UserId })), set(aPrompt({ userId: "c" as UserId }))]);
    expect((await store().usersWithPrompts("b" as UserId, 2)).map(({ id }) => id)).toStrictEqual(["c"]);
    expect((await store().usersWithPrompts("bb" as UserId, 2)).map(({ id }) => id)).toStrictEqual(["c"]);
  });
}

/** What holds of prompts that are due. */
export function dueness(store: () => Store): void {
  const busy = { ...changedThroughout(sam), id: sam.id };
  beforeEach(() =>
    store().commit([
      saved(busy),
      set(aPrompt({ kind: "training", dueAt: at("07:20") })),
      set(aPrompt({ kind: "weekly", dueAt: at("07:00") })),
      set(aPrompt({ kind: "rest", dueAt: at("07:30") })),
      set(aPrompt({ userId: sam.id, kind: "rest", dueAt: at("07:10"), localDate: day("2026-11-23") })),
    ]),
  );
  test("due gives what is due, the longest due first, and whose it is with all that they set", async () => {
    expect(await store().due(at("07:25"), 10)).toStrictEqual([
      { prompt: aPrompt({ dueAt: at("07:00") }), user: alex, version: 0 },
      { prompt: aPrompt({ userId: sam.id, kind: "rest", dueAt: at("07:10"), localDate: day("2026-11-23") }), user: busy, version: 1 },
      { prompt: aPrompt({ kind: "training", dueAt: at("07:20") }), user: alex, version: 0 },
    ]);
  });
  test.each([
    ["06:59:59.999", 0],
    ["07:00", 1],
    ["07:09:59.999", 1],
    ["07:10", 2],
    ["23:00", 4],
  ])("at %s due gives %i: what is due now is due", async (now, count) => {
    expect(await store().due(at(now), 10)).toHaveLength(count);
  });
  test.each([
    [0, []],
    [1, ["weekly"]],
    [3, ["weekly", "rest", "training"]],
  ])("due gives the %i that are due the longest", async (limit, kinds) => {
    expect((await store().due(at("23:00"), limit)).map(({ prompt }) => prompt.kind)).toStrictEqual(kinds);
  });
  test("due asks again for as long as nothing is moved, and goes by where it is moved", async () => {
    await store().due(at("07:05"), 10);
    expect(await store().due(at("07:05"), 10)).toHaveLength(1);
    await store().commit([moved(aPrompt({ dueAt: at("07:00") }), aPrompt({ dueAt: at("07:40") }))]);
    expect(await store().due(at("07:05"), 10)).toStrictEqual([]);
    expect((await store().due(at("07:40"), 10)).at(-1)?.prompt.kind).toBe("weekly");
  });
}
