/** What goes wrong with a message that is sent unasked: what the person reads, how it ends, and how often Discord is asked. */

import { describe, expect, test } from "vitest";
import {
  eventsOf,
  directMessagesOf,
  monday,
  once,
  openDirectMessages,
  posting,
  readings,
} from "../../support/fake-discord/direct-messages.ts";
import type { Failure } from "../../support/fake-discord/server.ts";

const unheard = { first: "weekly sending", end: "weekly sent", seen: 1, posts: 2, opens: 1, events: ["discord-ambiguous"] };
const refused = { first: "weekly parked refused", end: "weekly parked refused", seen: 0, posts: 1, opens: 1, events: ["delivery-refused"] };
const poorer = { first: "weekly sent", end: "weekly sent", seen: 1, posts: 2, opens: 1, events: ["discord-form-refused"] };
const channelGone = { first: "weekly queued", end: "weekly sent", seen: 1, posts: 2, opens: 2, events: [] };

type Row = readonly [name: string, how: Failure, shown: typeof unheard];

test.each<Row>([
  ["a connection that is reset after Discord took the message", { kind: "drop-after" }, unheard],
  ["a connection that is reset in the middle of the answer", { kind: "half-answer" }, unheard],
  ["a connection that is reset before Discord took the message", { kind: "drop-before" }, unheard],
  ...[500, 502, 503, 504].map((status): Row => [`${status}`, { kind: "error", status }, unheard]),
  ["130000", { kind: "error", status: 503, code: 130000 }, unheard],
  ["no answer at all", { kind: "hang" }, unheard],
  ...[50035, 50013, 40005, 50006, 999999].map((code): Row => [`${code}`, { kind: "error", status: 400, code }, poorer]),
  ["413 without a code", { kind: "error", status: 413 }, poorer],
  ...[200000, 240000].map((code): Row => [`${code}`, { kind: "error", status: 400, code }, refused]),
  ["403 without a code", { kind: "error", status: 403 }, refused],
  ["404 without a code", { kind: "error", status: 404 }, refused],
  ["10003 for a channel that was opened just now", { kind: "error", status: 404, code: 10003 }, channelGone],
])("%s: what the person reads, what the operator reads, and how often Discord is asked", async (_, how, shown) => {
  const setup = await monday();
  const { ann, discord, run, endsOf } = setup;
  discord.fail(posting, how);
  await run();
  expect(await endsOf(ann)).toEqual([shown.first]);
  expect(await setup.finish()).toEqual([]);
  expect(await endsOf(ann)).toEqual([shown.end]);
  expect(directMessagesOf(ann)).toHaveLength(shown.seen);
  expect([setup.posted().length, setup.opened().length]).toEqual([shown.posts, shown.opens]);
  expect(eventsOf(setup)).toEqual(shown.events);
  expect(new Set(setup.posted().map(({ body }) => (body as { nonce: string }).nonce)).size).toBe(1);
});

describe("an answer that nobody heard", () => {
  test("because the process was killed is sent again by the next one: 12 people read one message each", async () => {
    const setup = await monday(12);
    const { people, runAndDie, run, turn } = setup;
    await runAndDie();
    for (const person of people) expect(await setup.endsOf(person)).toEqual(["weekly sending"]);
    expect(readings(people)).toEqual(once(people));
    await run();
    expect(setup.posted()).toHaveLength(12);
    turn({ seconds: 90 });
    await run();
    expect(setup.posted()).toHaveLength(24);
    expect(readings(people)).toEqual(once(people));
    expect(await setup.finish()).toEqual([]);
    for (const person of people) expect(await setup.endsOf(person)).toEqual(["weekly sent"]);
  });

  test.each([
    [90, 2, "sent"],
    [119, 2, "sent"],
    [120, 1, "unknown in-doubt"],
    [600, 1, "unknown in-doubt"],
    [86_400, 1, "unknown in-doubt"],
  ])("after %i seconds asleep costs %i requests; one message is read, and it is %s", async (seconds, posts, end) => {
    const setup = await monday();
    const { ann, discord, run, turn } = setup;
    discord.fail(posting, { kind: "drop-after" });
    await run();
    turn({ seconds });
    await run();
    expect(await setup.finish()).toEqual([]);
    expect(setup.posted()).toHaveLength(posts);
    expect(directMessagesOf(ann)).toHaveLength(1);
    expect(await setup.endsOf(ann)).toEqual([`weekly ${end}`]);
  });

  test.each<readonly [name: string, how: Failure]>([
    ["closed", { kind: "error", status: 403, code: 50007 }],
    ["refused", { kind: "error", status: 400, code: 50035 }],
    ["gone", { kind: "error", status: 404, code: 10003 }],
    ["auth-revoked", { kind: "error", status: 401 }],
    ["lost again", { kind: "drop-after" }],
  ])("and is %s at the second try was read once, and is not said to have failed", async (_, how) => {
    const setup = await monday();
    const { ann, discord, run, turn } = setup;
    discord.fail(posting, { kind: "drop-after" });
    await run();
    discord.fail(posting, how);
    turn({ seconds: 90 });
    await run();
    expect(await setup.finish()).toEqual([]);
    expect(directMessagesOf(ann)).toHaveLength(1);
    expect(await setup.endsOf(ann)).toEqual([expect.stringMatching(/^weekly (?:sent|unknown in-doubt)$/u)]);
  });
});

describe("people whose messages are closed", () => {
  test.each([
    ["closed", 40],
    ["no-mutual-server", 12],
  ] as const)(
    "(%s, %i of them) are asked twice each in a month of messages; who opens up and says something is told once, and written to again",
    async (openness, count) => {
      const setup = await openDirectMessages();
      const people = await setup.meet(count, "/plan 3x20 mon wed fri", "/settings training nudges on");
      for (const person of people) person.setMessages(openness);
      await setup.pass({ weeks: 4 });
      expect(setup.posted()).toHaveLength(count);
      expect(setup.opened()).toHaveLength(count);
      expect(setup.discord.invalidRequests).toBe(count);
      const ann = setup.discord.person("person 0");
      expect((await setup.endsOf(ann)).filter((end) => end === "weekly suppressed closed").length).toBeGreaterThanOrEqual(3);
      ann.setMessages("open");
      const told = "My last message did not reach you";
      expect(await setup.hear(ann, "30 strength")).toContain(told);
      expect(await setup.hear(ann, "/week")).not.toContain(told);
      await setup.pass({ weeks: 1 });
      expect(directMessagesOf(ann).map(({ text }) => text)).toContainEqual(expect.stringContaining("30 of 40–60 min"));
      expect(setup.posted().length).toBe(count + directMessagesOf(ann).length);
      expect(await setup.finish()).toEqual([]);
      expect(eventsOf(setup)).toEqual([]);
    },
  );
});

test("reopens a cached channel that is gone once, and retries later if it is gone again", async () => {
  const setup = await monday();
  const { ann, discord, run, hear, turn } = setup;
  await run();
  await hear(ann, "20 strength");
  turn({ days: 7 });
  discord.fail(posting, { kind: "error", status: 404, code: 10003 }, 2);
  await run();
  expect([setup.posted().length, setup.opened().length]).toEqual([3, 2]);
  expect((await setup.endsOf(ann))[0]).toBe("weekly queued");
  expect(await setup.finish()).toEqual([]);
  expect([setup.posted().length, setup.opened().length]).toEqual([4, 3]);
  expect(directMessagesOf(ann)).toHaveLength(2);
});

test("the weekly message is read in words, whatever became of its first try", async () => {
  const { ann, discord, run, turn } = await monday();
  discord.fail(posting, { kind: "drop-after" });
  await run();
  turn({ seconds: 90 });
  await run();
  expect(directMessagesOf(ann).map(({ text }) => text)).toEqual([expect.stringContaining("Last week 20 of 40–60 min.")]);
});

test("fifty people read fifty messages, though they say the same", async () => {
  const { people, run, finish } = await monday(50);
  await run();
  expect(readings(people)).toEqual(once(people));
  expect(await finish()).toEqual([]);
});

test.each([
  [404, 10003],
  [403, 50001],
])("a channel that stays gone (%i, %i) is tried for an hour, and then messages count as closed", async (status, code) => {
  const setup = await monday();
  setup.discord.fail(posting, { kind: "error", status, code }, Infinity);
  await setup.pass({ hours: 5 });
  expect(await setup.endsOf(setup.ann)).toEqual(["weekly suppressed closed"]);
  expect(setup.posted().length).toBeLessThan(10);
  expect(await setup.finish()).toEqual([]);
});

test.each([
  [403, 240000, "240000"],
  [403, undefined, "http-403"],
])("logs the code of a refused message (%i, %s) and goes on with the next person", async (...row) => {
  const [status, code, told] = row;
  const { people, discord, logged, run, finish } = await monday(2);
  discord.fail(posting, { kind: "error", status, ...(code ? { code } : {}) });
  await run();
  expect(logged.map(({ fields }) => fields["code"])).toEqual([told]);
  expect(readings(people).reduce((sum, count) => sum + count)).toBe(1);
  expect(await finish()).toEqual([]);
});
