/** What goes wrong with a message that is sent unasked: what the person reads, how it ends, and how often Discord is asked. */

import { describe, expect, test } from "vitest";
import { eventsOf, mailOf, monday, once, openMailing, posting, readings } from "../../support/fake-discord/direct-messages.ts";
import type { Failure } from "../../support/fake-discord/server.ts";

const unheard = { first: "weekly sending", end: "weekly sent", seen: 1, posts: 2, opens: 1, events: ["discord-unheard"] };
const refused = { first: "weekly parked refused", end: "weekly parked refused", seen: 0, posts: 1, opens: 1, events: ["delivery-refused"] };
const poorer = { first: "weekly sent", end: "weekly sent", seen: 1, posts: 2, opens: 1, events: ["discord-form-refused"] };
const astray = { first: "weekly queued", end: "weekly sent", seen: 1, posts: 2, opens: 2, events: [] };

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
  ["10003 for a channel that was opened just now", { kind: "error", status: 404, code: 10003 }, astray],
])("%s: what the person reads, what the operator reads, and how often Discord is asked", async (_, how, shown) => {
  const mailing = await monday();
  const { ann, discord, run, endsOf } = mailing;
  discord.fail(posting, how);
  await run();
  expect(await endsOf(ann)).toEqual([shown.first]);
  expect(await mailing.finish()).toEqual([]);
  expect(await endsOf(ann)).toEqual([shown.end]);
  expect(mailOf(ann)).toHaveLength(shown.seen);
  expect([mailing.posted().length, mailing.opened().length]).toEqual([shown.posts, shown.opens]);
  expect(eventsOf(mailing)).toEqual(shown.events);
  expect(new Set(mailing.posted().map(({ body }) => (body as { nonce: string }).nonce)).size).toBe(1);
});

describe("an answer that nobody heard", () => {
  test("as the process was killed is asked for by the next process, and each of 12 people reads one message", async () => {
    const mailing = await monday(12);
    const { people, runAndDie, run, turn } = mailing;
    await runAndDie();
    for (const person of people) expect(await mailing.endsOf(person)).toEqual(["weekly sending"]);
    expect(readings(people)).toEqual(once(people));
    await run();
    expect(mailing.posted()).toHaveLength(12);
    turn({ seconds: 90 });
    await run();
    expect(mailing.posted()).toHaveLength(24);
    expect(readings(people)).toEqual(once(people));
    expect(await mailing.finish()).toEqual([]);
    for (const person of people) expect(await mailing.endsOf(person)).toEqual(["weekly sent"]);
  });

  test.each([
    [90, 2, "sent"],
    [119, 2, "sent"],
    [120, 1, "unknown in-doubt"],
    [600, 1, "unknown in-doubt"],
    [86_400, 1, "unknown in-doubt"],
  ])("where the machine was away for %i seconds is worth %i requests; one message is read, and it is %s", async (seconds, posts, end) => {
    const mailing = await monday();
    const { ann, discord, run, turn } = mailing;
    discord.fail(posting, { kind: "drop-after" });
    await run();
    turn({ seconds });
    await run();
    expect(await mailing.finish()).toEqual([]);
    expect(mailing.posted()).toHaveLength(posts);
    expect(mailOf(ann)).toHaveLength(1);
    expect(await mailing.endsOf(ann)).toEqual([`weekly ${end}`]);
  });

  test.each<readonly [name: string, how: Failure]>([
    ["closed", { kind: "error", status: 403, code: 50007 }],
    ["refused", { kind: "error", status: 400, code: 50035 }],
    ["gone", { kind: "error", status: 404, code: 10003 }],
    ["barred", { kind: "error", status: 401 }],
    ["lost again", { kind: "drop-after" }],
  ])("and is %s at the second try was read once, and is not said to have failed", async (_, how) => {
    const mailing = await monday();
    const { ann, discord, run, turn } = mailing;
    discord.fail(posting, { kind: "drop-after" });
    await run();
    discord.fail(posting, how);
    turn({ seconds: 90 });
    await run();
    expect(await mailing.finish()).toEqual([]);
    expect(mailOf(ann)).toHaveLength(1);
    expect(await mailing.endsOf(ann)).toEqual([expect.stringMatching(/^weekly (?:sent|unknown in-doubt)$/u)]);
  });
});

describe("people whose messages are closed", () => {
  test.each([
    ["closed", 40],
    ["no-mutual-server", 12],
  ] as const)(
    "(%s, %i of them) are asked twice each in a month of messages; who opens up and says something is told once, and written to again",
    async (openness, count) => {
      const mailing = await openMailing();
      const people = await mailing.meet(count, "/plan 3x20 mon wed fri", "/settings training nudges on");
      for (const person of people) person.setMessages(openness);
      await mailing.pass({ weeks: 4 });
      expect(mailing.posted()).toHaveLength(count);
      expect(mailing.opened()).toHaveLength(count);
      expect(mailing.discord.invalidRequests).toBe(count);
      const ann = mailing.discord.person("person 0");
      expect((await mailing.endsOf(ann)).filter((end) => end === "weekly suppressed closed").length).toBeGreaterThanOrEqual(3);
      ann.setMessages("open");
      const told = "My last message did not reach you";
      expect(await mailing.hear(ann, "30 strength")).toContain(told);
      expect(await mailing.hear(ann, "/week")).not.toContain(told);
      await mailing.pass({ weeks: 1 });
      expect(mailOf(ann).map(({ text }) => text)).toContainEqual(expect.stringContaining("30 of 40–60 min"));
      expect(mailing.posted().length).toBe(count + mailOf(ann).length);
      expect(await mailing.finish()).toEqual([]);
      expect(eventsOf(mailing)).toEqual([]);
    },
  );
});

test("a channel that was known and is gone is opened anew once; where it is gone again, the rest is left for later", async () => {
  const mailing = await monday();
  const { ann, discord, run, hear, turn } = mailing;
  await run();
  await hear(ann, "20 strength");
  turn({ days: 7 });
  discord.fail(posting, { kind: "error", status: 404, code: 10003 }, 2);
  await run();
  expect([mailing.posted().length, mailing.opened().length]).toEqual([3, 2]);
  expect((await mailing.endsOf(ann))[0]).toBe("weekly queued");
  expect(await mailing.finish()).toEqual([]);
  expect([mailing.posted().length, mailing.opened().length]).toEqual([4, 3]);
  expect(mailOf(ann)).toHaveLength(2);
});

test("the weekly message is read in words, whatever became of its first try", async () => {
  const { ann, discord, run, turn } = await monday();
  discord.fail(posting, { kind: "drop-after" });
  await run();
  turn({ seconds: 90 });
  await run();
  expect(mailOf(ann).map(({ text }) => text)).toEqual([expect.stringContaining("Last week 20 of 40–60 min.")]);
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
  const mailing = await monday();
  mailing.discord.fail(posting, { kind: "error", status, code }, Infinity);
  await mailing.pass({ hours: 5 });
  expect(await mailing.endsOf(mailing.ann)).toEqual(["weekly suppressed closed"]);
  expect(mailing.posted().length).toBeLessThan(10);
  expect(await mailing.finish()).toEqual([]);
});

test.each([
  [403, 240000, "240000"],
  [403, undefined, "http-403"],
])("a message that is refused (%i, %s) is told to the operator by its code, and the next person is written to", async (...row) => {
  const [status, code, told] = row;
  const { people, discord, logged, run, finish } = await monday(2);
  discord.fail(posting, { kind: "error", status, ...(code ? { code } : {}) });
  await run();
  expect(logged.map(({ fields }) => fields["code"])).toEqual([told]);
  expect(readings(people).reduce((sum, count) => sum + count)).toBe(1);
  expect(await finish()).toEqual([]);
});
