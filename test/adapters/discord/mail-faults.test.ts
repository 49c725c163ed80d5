/** What goes wrong with what is sent unasked, what the person and the operator see of it, and how often Discord is asked. */

import { describe, expect, test } from "vitest";
import { message } from "../../support/discord/bot.ts";
import { aCoach, type Coached, type CoachedOptions } from "../../support/discord/coached.ts";
import type { Failure, Person, Seen } from "../../support/discord/server.ts";

const opening = { method: "POST", path: /^\/users\/@me\/channels$/u };
const posting = { method: "POST", path: /^\/channels\/\d+\/messages$/u };

type Monday = Coached & { readonly people: readonly Person[]; readonly ann: Person };

/** It is Monday 08:05, and everybody of `count` people is to read about their week. */
async function monday(count = 1, options: CoachedOptions = {}): Promise<Monday> {
  const world = await aCoach(options);
  const people = Array.from({ length: count }, (_, index) => world.discord.person(index === 0 ? "ann" : `person ${index}`));
  await Promise.all(people.map((person) => person.slash("log", { sessions: "20 strength" })));
  await Promise.all(people.map((person) => person.slash("settings", { setting: "nudges", value: "off" })));
  world.turn({ days: 4, hours: 20, minutes: 5 });
  const ann = world.discord.person("ann");
  return { ...world, people, ann };
}

function mailOf({ screen, dm }: Person): readonly Seen[] {
  return screen(dm).filter(({ isFromBot }) => isFromBot);
}

/** How often Discord was asked to open a channel or to post a message. */
function asked({ discord }: Coached, { method, path }: typeof opening): number {
  return discord.requests.filter((request) => request.method === method && path.test(request.path)).length;
}

function eventsOf({ logged }: Coached): readonly string[] {
  return logged.map(({ event }) => event).filter((event) => !["discord-ready", "discord-registered"].includes(event));
}

describe("a message of which nobody knows whether it arrived", () => {
  test.each<Failure>([
    { kind: "drop-after" },
    { kind: "half-answer" },
    { kind: "drop-before" },
    ...[500, 502, 503, 504].map((status) => ({ kind: "error", status }) as const),
    { kind: "error", status: 503, code: 130000 },
  ])("is sent again with the same nonce after $kind $status, and is there once", async (how) => {
    const world = await monday();
    const { ann, discord, run, turn, endsOf } = world;
    discord.fail(posting, how);
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sending"]);
    expect(eventsOf(world)).toEqual(["discord-unheard"]);
    turn({ seconds: 95 });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sent"]);
    expect(mailOf(ann).map(({ text }) => text)).toEqual([expect.stringContaining("20 of 40–60 min")]);
    const nonces = discord.requests.filter(({ path }) => posting.path.test(path)).map(({ body }) => (body as { nonce: string }).nonce);
    expect(nonces).toEqual([nonces[0], nonces[0]]);
  });

  test("is not sent again once Discord may have forgotten its nonce", async () => {
    const { ann, discord, run, turn, endsOf } = await monday();
    discord.fail(posting, { kind: "drop-after" });
    await run();
    turn({ minutes: 10 });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly unknown in-doubt"]);
    expect(mailOf(ann)).toHaveLength(1);
  });

  test("is there once where the program ended before it could note that it was sent", async () => {
    let isDying = false;
    const spoil: CoachedOptions["spoil"] = (store) => ({
      ...store,
      async commit(changes) {
        if (isDying && changes.some(({ kind }) => kind === "delivery-settled")) throw new Error("The program ended");
        return await store.commit(changes);
      },
    });
    const { ann, run, turn, endsOf } = await monday(1, { spoil });
    isDying = true;
    await run();
    isDying = false;
    turn({ seconds: 95 });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sent"]);
    expect(mailOf(ann)).toHaveLength(1);
  });

  test("is given up after eight seconds without an answer, and sent again", async () => {
    const { ann, discord, run, turn, endsOf } = await monday();
    discord.fail(posting, { kind: "hang" });
    await run();
    turn({ seconds: 95 });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sent"]);
    expect(mailOf(ann)).toHaveLength(1);
  });
});

test("fifty people read fifty messages, though they say the same, each with a nonce of its own", async () => {
  const { people, run } = await monday(50);
  await run();
  const mail = people.map(mailOf);
  expect(mail.map(({ length }) => length)).toEqual(Array.from({ length: 50 }, () => 1));
  const nonces = mail.flat().map(({ nonce }) => nonce ?? "");
  expect(new Set(nonces).size).toBe(50);
  for (const nonce of nonces) expect(nonce).toMatch(/^[a-z0-9]{20,25}$/u);
});

describe("a person whose messages are closed", () => {
  test.each(["closed", "no-mutual-server"] as const)(
    "(%s) is tried once in a month, told at the next word, and written to again",
    async (openness) => {
      const world = await monday();
      const { ann, discord, run, turn, endsOf } = world;
      ann.setMessages(openness);
      for (let week = 0; week < 4; week += 1) {
        await run();
        turn({ days: 7 });
      }
      expect(asked(world, posting)).toBe(1);
      expect(asked(world, opening)).toBe(1);
      expect((await endsOf(ann)).toReversed()[0]).toBe("weekly suppressed closed");
      ann.setMessages("open");
      const told = "My last message did not reach you";
      expect(message(await ann.slash("week")).text).toContain(told);
      expect(message(await ann.slash("week")).text).not.toContain(told);
      message(await ann.slash("log", { sessions: "20 strength" }));
      turn({ days: 7 });
      await run();
      expect(mailOf(ann)).toHaveLength(1);
      expect(discord.invalidRequests).toBe(1);
    },
  );
});

describe("a limit", () => {
  test("on all requests is waited out, and everybody is written to once", async () => {
    const { people, discord, run, endsOf } = await monday(6);
    discord.fail(posting, { kind: "rate-limit", retryAfter: 1, scope: "global" });
    await run();
    for (const person of people) expect(await endsOf(person)).toEqual(["weekly sent"]);
    expect(people.map((person) => mailOf(person).length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test("of ten minutes is the outbox's to wait, and counts as no failure", async () => {
    const { ann, discord, run, turn, endsOf } = await monday();
    discord.fail(posting, { kind: "rate-limit", retryAfter: 600 });
    await run();
    turn({ minutes: 9 });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly queued"]);
    turn({ minutes: 2 });
    await run();
    expect(await endsOf(ann)).toEqual(["weekly sent"]);
    expect(mailOf(ann)).toHaveLength(1);
  });
});

describe("a channel that is gone", () => {
  test("is opened anew once, and the message is there", async () => {
    const world = await monday();
    await world.run();
    const { ann, discord, run, turn, endsOf } = world;
    message(await ann.slash("log", { sessions: "20 strength" }));
    turn({ days: 7 });
    discord.fail(posting, { kind: "error", status: 404, code: 10003 });
    await run();
    expect((await endsOf(ann))[0]).toBe("weekly sent");
    expect(mailOf(ann)).toHaveLength(2);
    expect(asked(world, opening)).toBe(2);
  });

  test.each([
    [404, 10003],
    [403, 50001],
  ])("for good (%i, %i) is tried for an hour, and then messages count as closed", async (status, code) => {
    const world = await monday();
    const { ann, discord, run, turn, endsOf } = world;
    discord.fail(posting, { kind: "error", status, code }, 1000);
    for (let tries = 0; tries < 60; tries += 1) {
      await run();
      turn({ minutes: 5 });
    }
    expect(await endsOf(ann)).toEqual(["weekly suppressed closed"]);
    expect(asked(world, posting)).toBeLessThan(10);
  });
});

describe("Discord refuses", () => {
  test.each([
    [400, 50035],
    [400, 200000],
    [403, 240000],
    [403, 50013],
    [403, undefined],
    [404, undefined],
    [400, 999999],
  ])("a message (%i, %s): it is given up at once and told to the operator, and the next person is written to", async (status, code) => {
    const world = await monday(2);
    const { people, discord, run, turn } = world;
    discord.fail(posting, { kind: "error", status, ...(code ? { code } : {}) });
    await run();
    turn({ hours: 3 });
    await run();
    const ends = (await Promise.all(people.map(world.endsOf))).flat();
    expect(ends.toSorted()).toEqual(["weekly parked refused", "weekly sent"]);
    expect(asked(world, posting)).toBe(2);
    expect(eventsOf(world)).toHaveLength(1);
    expect(Object.values(world.logged.at(-1)?.fields ?? {})).toContain(String(code ?? `http-${status}`));
  });

  test.each([
    ["the token", { kind: "error", status: 401 }, "discord-token-refused", [50, 15]],
    ["to open more channels", { kind: "error", status: 403, code: 40003 }, "discord-hushed", [300, 120]],
    ["a bot that it quarantined", { kind: "error", status: 403, code: 20026 }, "discord-hushed", [300, 120]],
  ] as const)(
    "%s: nothing more is sent for a while, the operator is told once, and nothing is lost",
    async (_, how, event, [quiet, rest]) => {
      const world = await monday(12);
      const { people, discord, run, turn } = world;
      discord.fail(opening, how, 1000);
      await run();
      const tries = asked(world, opening);
      expect(tries).toBeLessThanOrEqual(8);
      turn({ minutes: quiet });
      await run();
      expect(asked(world, opening)).toBe(tries);
      expect(new Set(eventsOf(world))).toEqual(new Set([event]));
      discord.fail(opening, { kind: "error", status: 500 }, 0);
      discord.heal();
      turn({ minutes: rest });
      await run();
      expect(people.map((person) => mailOf(person).length)).toEqual(people.map(() => 1));
    },
  );
});
