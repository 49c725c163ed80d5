/** A tick: everybody who is due is looked at once, whoever else ticks or breaks. */

import { describe, expect, test } from "vitest";
import type { UserId } from "#core/lib/ids.ts";
import type { Prompt } from "#core/model/prompt.ts";
import { applyTimeZoneRules, evaluateDuePrompts } from "#src/app/due-prompts.ts";
import type { Store } from "#src/ports/store.ts";
import { createTestCoach } from "../support/coach.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

const monday = "2026-11-30T08:00:00+01:00";

/** A store in which so many people logged on Wednesday. */
async function crowd(size: number): Promise<Store> {
  const store = createMemoryStore();
  const coach = createTestCoach({ store });
  for (let index = 0; index < size; index += 1) await coach.hear("20 strength", { name: `p${index}` });
  return store;
}

const ignore = (): void => undefined;

async function promptsOf(store: Store): Promise<readonly Prompt[]> {
  const people = await store.usersWithPrompts(undefined, 1000);
  return (await Promise.all(people.map(({ id }) => store.prompts(id)))).flat();
}

describe("a tick", () => {
  test("looks at everybody who is due, in more than one batch", async () => {
    const coach = createTestCoach({ store: await crowd(120) });
    coach.turnTo(monday);
    await coach.run();
    expect(coach.sent.filter(({ key }) => key.startsWith("weekly"))).toHaveLength(120);
    const ahead = await promptsOf(coach.store);
    expect(ahead.every(({ dueAt }) => Temporal.Instant.compare(dueAt, Temporal.Instant.from(monday)) > 0)).toBe(true);
  });
  test("ends after those that it looks at when the program is to stop, and the next one looks at the rest", async () => {
    const store = await crowd(120);
    const stop = new AbortController();
    const commit: Store["commit"] = (changes) => {
      stop.abort();
      return store.commit(changes);
    };
    const later = Temporal.Instant.from(monday);
    const log = { info: ignore, warn: ignore, error: ignore };
    const deps = { clock: { now: () => later }, log, jitter: 0 };
    const before = await promptsOf(store);
    const untouched = async (): Promise<number> => {
      const now = new Set((await promptsOf(store)).map((prompt) => JSON.stringify(prompt)));
      return before.filter((prompt) => now.has(JSON.stringify(prompt))).length;
    };
    await evaluateDuePrompts({ ...deps, store: { ...store, commit } }, stop.signal);
    const left = await untouched();
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(before.length);
    await evaluateDuePrompts({ ...deps, store }, stop.signal);
    expect(await untouched()).toBe(left);
    await evaluateDuePrompts({ ...deps, store });
    expect(await untouched()).toBe(0);
  });
  test("with nothing due changes nothing", async () => {
    const coach = createTestCoach({ store: await crowd(2) });
    const before = await promptsOf(coach.store);
    await coach.run();
    expect(await promptsOf(coach.store)).toEqual(before);
  });
  test("of several coaches at once comes to one message a person", async () => {
    const store = await crowd(60);
    const coaches = [1, 2, 3, 4].map(() => createTestCoach({ store }));
    for (const coach of coaches) coach.turnTo(monday);
    await Promise.all(coaches.map((coach) => coach.run()));
    const keys = coaches.flatMap(({ sent }) => sent.map(({ key }) => key)).filter((key) => key.startsWith("weekly"));
    expect(keys).toHaveLength(60);
    expect(new Set(keys).size).toBe(60);
  });
  test("puts off a prompt that cannot be looked at, and goes on with the others", async () => {
    const store = await crowd(3);
    const [first] = await store.usersWithPrompts(undefined, 1);
    const breaks = (userId: UserId): boolean => userId === first?.id;
    const fault = (): Promise<never> => Promise.reject(new TypeError("20 strength of somebody"));
    const broken: Store = {
      ...store,
      sessions: (userId, days) => (breaks(userId) ? fault() : store.sessions(userId, days)),
      page: (userId, page) => (breaks(userId) ? fault() : store.page(userId, page)),
    };
    const coach = createTestCoach({ store: broken });
    coach.turnTo(monday);
    await coach.run();
    expect(coach.sent.filter(({ key }) => key.startsWith("weekly"))).toHaveLength(2);
    const put = await store.prompts(first?.id ?? ("" as UserId));
    expect(put.map(({ dueAt }) => dueAt.toString())).toEqual(["2026-11-30T08:00:00Z", "2026-11-30T08:00:00Z"]);
    expect(coach.logged.map(({ event, fields }) => [event, fields["error"]])).toEqual([
      ["evaluation-failed", "TypeError"],
      ["evaluation-failed", "TypeError"],
    ]);
    expect(JSON.stringify(coach.logged)).not.toContain("20 strength");
  });
  test("that cannot commit leaves everything due", async () => {
    const store = await crowd(1);
    const coach = createTestCoach({ store: { ...store, commit: () => Promise.reject(new Error("locked")) } });
    coach.turnTo(monday);
    await expect(coach.run()).rejects.toThrow("locked");
    const healthy = createTestCoach({ store });
    healthy.turnTo(monday);
    await healthy.run();
    expect(healthy.sent).toHaveLength(1);
  });
});

describe("time that passes", () => {
  test("stops wherever something is due, and gives everything its own time", async () => {
    const coach = createTestCoach({ store: await crowd(1) });
    await coach.travelTo("2026-12-02T12:00:00+01:00");
    expect(coach.sent.map(({ at }) => at.toString())).toEqual(["2026-11-26T07:30:00Z", "2026-11-30T07:00:00Z"]);
  });
  test("goes on over something that stays due", async () => {
    const coach = createTestCoach({ store: await crowd(1) });
    coach.answerWith(() => ({ kind: "later", after: Temporal.Duration.from({ seconds: 1 }) }));
    await coach.travelTo("2026-11-26T08:00:00+01:00");
    await coach.travelTo("2026-11-26T10:00:00+01:00");
    expect(coach.sent).toEqual([]);
    coach.answerWith(() => ({ kind: "sent" }));
    await coach.travelTo("2026-11-26T10:05:00+01:00");
    expect(coach.sent).toHaveLength(1);
  });
});

describe("new rules of the world's clocks", () => {
  test("are noted once all of them are followed, and not where the program stopped on the way", async () => {
    const store = await crowd(60);
    const stop = new AbortController();
    const heard: boolean[] = [];
    const usersWithPrompts: Store["usersWithPrompts"] = (after, limit) => {
      if (after) stop.abort();
      return store.usersWithPrompts(after, limit);
    };
    const log = { info: ignore, warn: ignore, error: ignore };
    const deps = { clock: { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") }, log, jitter: 0 };
    setImmediate(() => heard.push(true));
    await applyTimeZoneRules({ ...deps, store: { ...store, usersWithPrompts } }, "2026b", stop.signal);
    expect(await store.findNote("time-zone-rules")).toBeUndefined();
    // Others were heard between two lots of people.
    expect(heard).toEqual([true]);
    await applyTimeZoneRules({ ...deps, store }, "2026b");
    expect(await store.findNote("time-zone-rules")).toBe("2026b");
  });
});
