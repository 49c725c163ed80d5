/** What was committed and not shown before a crash is answered by the next process, once. */

import { expect, test } from "vitest";
import { type Address, type PlatformName, messageIdOf } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { plainText } from "#core/model/reply.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import { createCoach } from "#src/app/coach.ts";
import type { Adapter, Inbound } from "#src/ports/adapter.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

const chat = "chat" as PlatformName;
let count = 0;

function inbound(text: string, source: string, answerTo = "secret-token"): Inbound {
  const account = { platform: chat, id: "ann", name: "Ann" };
  const surface = { platform: chat, address: "ann" as Address, reach: "direct" } as const;
  return { source: messageIdOf(chat, source), account, surface, text, answerTo };
}

/** One process on `store`, whose clock shows `at`. */
function processOn(store: Store, clock: { at: Temporal.Instant }, isStopping = false) {
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const freshId = (): string => `id-${String((count += 1)).padStart(4, "0")}`;
  const coach = createCoach({ store, log, freshId, clock: { now: () => clock.at }, timeZone: "Europe/Berlin" as TimeZone, jitter: 0 });
  const given: UnansweredReply[] = [];
  const adapter: Pick<Adapter, "answer"> = {
    answer: async (one) => {
      if (!isStopping) given.push(one);
      return !isStopping;
    },
  };
  const recover = (platform = chat): Promise<void> => coach.recover(new Map([[platform, adapter as Adapter]]));
  return { coach, given, recover };
}

function world() {
  return { store: createMemoryStore(), clock: { at: Temporal.Instant.from("2026-11-25T11:00:00Z") } };
}

const later = (clock: { at: Temporal.Instant }, duration: Temporal.DurationLike): void =>
  void Object.assign(clock, { at: clock.at.add(duration) });

test("an answer that was shown is not given again, and nothing of it is kept", async () => {
  const { store, clock } = world();
  const first = processOn(store, clock);
  const reply = await first.coach.handle(inbound("20 strength", "1"));
  expect(await store.unanswered(10)).toHaveLength(1);
  first.coach.shown(messageIdOf(chat, "1"));
  await first.coach.flush();
  expect([reply !== undefined, await store.unanswered(10)]).toEqual([true, []]);
  later(clock, { minutes: 1 });
  const next = processOn(store, clock);
  await next.recover();
  expect(next.given).toEqual([]);
  expect(await next.coach.handle(inbound("20 strength", "1"))).toBeUndefined();
});

test("an answer that was not shown is given once, by one of two processes, on its own platform alone", async () => {
  const { store, clock } = world();
  const reply = await processOn(store, clock).coach.handle(inbound("20 strength", "1"));
  later(clock, { seconds: 6 });
  const [one, other] = [processOn(store, clock), processOn(store, clock)];
  await one.recover("elsewhere" as PlatformName);
  expect(await store.unanswered(10)).toHaveLength(1);
  await Promise.all([one.recover(), other.recover()]);
  const given = [...one.given, ...other.given];
  expect(given.map((answer) => plainText(answer.reply))).toEqual([plainText({ blocks: reply?.blocks ?? [] })]);
  await Promise.all([one.coach.flush(), other.coach.flush()]);
  expect(await store.unanswered(10)).toEqual([]);
});

test("an answer that an adapter does not take at a stop is still owed", async () => {
  const { store, clock } = world();
  await processOn(store, clock).coach.handle(inbound("20 strength", "1"));
  later(clock, { seconds: 6 });
  const stopping = processOn(store, clock, true);
  await stopping.recover();
  await stopping.coach.flush();
  expect(await store.unanswered(10)).toHaveLength(1);
  later(clock, { seconds: 91 });
  const next = processOn(store, clock);
  await next.recover();
  expect(next.given).toHaveLength(1);
});

test("however many are owed, all are given", async () => {
  const { store, clock } = world();
  const first = processOn(store, clock);
  for (let index = 0; index < 250; index += 1) {
    const one = inbound("20 strength", `many ${index}`);
    await first.coach.handle({ ...one, account: { ...one.account, id: `ann-${index}` } });
  }
  later(clock, { seconds: 6 });
  const next = processOn(store, clock);
  await next.recover();
  await next.coach.flush();
  expect(new Set(next.given.map(({ source }) => source)).size).toBe(250);
  expect([next.given.length, await store.unanswered(10)]).toEqual([250, []]);
});

test("what is delivered again while its answer is being shown, or noted as shown, is not answered again", async () => {
  const { store, clock } = world();
  const { coach } = processOn(store, clock);
  await coach.handle(inbound("20 strength", "1"));
  later(clock, { minutes: 2 });
  expect(await coach.handle(inbound("20 strength", "1"))).toBeUndefined();
  coach.shown(messageIdOf(chat, "1"));
  expect(await coach.handle(inbound("20 strength", "1"))).toBeUndefined();
  await coach.flush();
  expect(await coach.handle(inbound("20 strength", "1"))).toBeUndefined();
});

test("what a living process has only just committed is left to it", async () => {
  const { store, clock } = world();
  const first = processOn(store, clock);
  await first.coach.handle(inbound("20 strength", "1"));
  later(clock, { seconds: 4 });
  const next = processOn(store, clock);
  await next.recover();
  expect(next.given).toEqual([]);
  expect(await next.coach.handle(inbound("20 strength", "1"))).toBeUndefined();
});

test("what is delivered again after a crash is answered, once, and done once", async () => {
  const { store, clock } = world();
  const first = await processOn(store, clock).coach.handle(inbound("20 strength", "1"));
  later(clock, { seconds: 6 });
  const next = processOn(store, clock);
  const again = await next.coach.handle(inbound("20 strength", "1"));
  expect(plainText({ blocks: again?.blocks ?? [] })).toBe(plainText({ blocks: first?.blocks ?? [] }));
  expect(await next.coach.handle(inbound("20 strength", "1"))).toBeUndefined();
  next.coach.shown(messageIdOf(chat, "1"));
  await next.coach.flush();
  const user = (await store.findUser(inbound("", "none").account))?.user;
  expect(user && (await store.userDataCounts(user.id)).sessions).toBe(1);
  expect(await store.unanswered(10)).toEqual([]);
});

test("a late answer goes by the outbox, and one of yesterday goes nowhere", async () => {
  const { store, clock } = world();
  await processOn(store, clock).coach.handle(inbound("20 strength", "1"));
  later(clock, { hours: 1 });
  const next = processOn(store, clock);
  await next.recover();
  const user = (await store.findUser(inbound("", "none").account))?.user;
  expect(next.given).toEqual([]);
  expect(user && (await store.deliveries(user.id, 5)).map(({ kind }) => kind)).toEqual(["answer"]);
  await processOn(store, clock).coach.handle(inbound("20 strength", "2"));
  later(clock, { hours: 7 });
  await store.commit([{ kind: "answers-purged", before: clock.at.subtract({ hours: 6 }), limit: 9 }]);
  expect((await store.unanswered(10)).map(({ source }) => source)).toEqual([]);
});

test("the token is in no export, and all of it goes with its person", async () => {
  const { store, clock } = world();
  const { coach } = processOn(store, clock);
  await coach.handle(inbound("20 strength", "1"));
  const user = (await store.findUser(inbound("", "none").account))?.user;
  const all = user && (await store.userData(user.id));
  expect(all?.unanswered).toHaveLength(1);
  expect(JSON.stringify(all)).not.toContain("secret-token");
  await coach.handle(inbound(`/forget ${user?.id ?? ""}`, "2"));
  expect(await store.unanswered(10)).toEqual([]);
});

test("no answer keeps more than sixteen thousand characters", async () => {
  const { store, clock } = world();
  const { coach } = processOn(store, clock);
  for (let index = 0; index < 30; index += 1) await coach.handle(inbound(`20 strength "${"x".repeat(200)}"`, `${index}`));
  for (const one of await store.unanswered(100)) expect(JSON.stringify(one.reply).length).toBeLessThanOrEqual(16_384);
});
