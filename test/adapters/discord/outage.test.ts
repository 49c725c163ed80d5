/** Discord is out while somebody waits for an answer: what they read, how often, and when. */

import { describe, expect, test } from "vitest";
import type { Address, DeliveryKey, PlatformName } from "#core/lib/ids.ts";
import { text } from "#core/model/reply.ts";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord, type CoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";
import type { Failure, Person } from "../../support/fake-discord/server.ts";

const edit = { method: "PATCH", path: /\/messages\/(?:@|%40)original$/u };
const post = { method: "POST", path: /^\/channels\/\d+\/messages$/u };
const open = { method: "POST", path: /^\/users\/@me\/channels$/u };
const logged = "20 min strength logged";
const out: readonly Failure[] = [
  { kind: "error", status: 502 },
  { kind: "error", status: 503 },
  { kind: "drop-before" },
  { kind: "drop-after" },
  { kind: "half-answer" },
];

/** What of the bot stands on somebody's screen in their direct messages. */
function answersTo({ screen, dm }: Person): readonly string[] {
  return screen(dm)
    .filter(({ isFromBot }) => isFromBot)
    .map(({ text }) => text);
}

function events({ logged: lines }: CoachOnDiscord, event: string): number {
  return lines.filter((one) => one.event === event).length;
}

describe("an answer that Discord does not take for a while", () => {
  test.each(out)("to a direct message comes once, when it is over ($kind)", async (how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(post, how, 4);
    await ann.say("20 strength");
    expect((await ann.next(ann.dm)).text).toContain(logged);
    await ann.say("/week");
    expect((await ann.next(ann.dm)).text).toContain("20 of 40–60 min");
    expect(answersTo(ann)).toHaveLength(2);
    expect(setup.discord.requests.filter(({ method, path }) => method === "POST" && post.path.test(path))).toHaveLength(6);
  });

  test.each(out)("to a mention comes by direct message, once, and is read by nobody else ($kind)", async (how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(open, how, 2);
    setup.discord.fail(post, how, 2);
    await ann.say("20 strength", setup.discord.server.channel);
    expect((await ann.next(ann.dm)).text).toContain(logged);
    expect(answersTo(ann)).toHaveLength(1);
    expect(setup.heardByAll()).toEqual([]);
  });

  test.each(out)("to a command is shown where it was asked ($kind)", async (how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(edit, how, 4);
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
    expect(answersTo(ann)).toEqual([]);
  });

  test("waits for as long as Discord says", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(edit, { kind: "rate-limit", retryAfter: 1 });
    const asked = performance.now();
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
    expect(performance.now() - asked).toBeGreaterThan(950);
  });

  test("comes before the answer to what was asked later", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(post, { kind: "error", status: 503 }, 3);
    await ann.say("20 strength");
    await ann.say("30 walk");
    await ann.say("/undo");
    await expect.poll(() => answersTo(ann).length, { timeout: 10_000 }).toBe(3);
    const [first, second, third] = answersTo(ann);
    expect([first, second]).toEqual([expect.stringContaining("20 min strength"), expect.stringContaining("30 min walk")]);
    expect(third).not.toContain("logged for today");
  });
});

describe("an answer for which nobody waits any more", () => {
  test.each<readonly [string, Parameters<CoachOnDiscord["discord"]["fail"]>[0], (ann: Person, setup: CoachOnDiscord) => Promise<unknown>]>([
    ["a direct message", post, (ann) => ann.say("20 strength")],
    ["a mention", open, (ann, { discord }) => ann.say("20 strength", discord.server.channel)],
  ])("to %s is sent by the outbox, and once", async (_, what, ask) => {
    const setup = await openCoachOnDiscord({ answerWait: 300 });
    const ann = setup.discord.person("ann");
    setup.discord.fail(what, { kind: "error", status: 503 }, Infinity);
    await ask(ann, setup);
    await setup.logs("answer-deferred");
    expect(answersTo(ann)).toEqual([]);
    setup.discord.heal();
    await setup.deliver();
    await setup.deliver();
    expect(answersTo(ann)).toEqual([expect.stringContaining(logged)]);
    expect(await setup.minutesOf(ann)).toBe(20);
    expect(JSON.stringify(setup.heardByAll())).not.toContain("20 min");
  });

  test("that arrived all the same is not sent again", async () => {
    const setup = await openCoachOnDiscord({ answerWait: 300 });
    const ann = setup.discord.person("ann");
    setup.discord.fail(post, { kind: "drop-after" }, Infinity);
    await ann.say("20 strength");
    await setup.logs("answer-deferred");
    setup.discord.heal();
    await setup.deliver();
    expect(answersTo(ann)).toEqual([expect.stringContaining(logged)]);
  });

  test("goes to the outbox at once where Discord wants nothing for long", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(open, { kind: "error", status: 403, code: 40003 });
    await ann.say("20 strength", setup.discord.server.channel);
    await setup.logs("answer-deferred");
    setup.turn({ hours: 5, minutes: 59 });
    await setup.deliver();
    expect(answersTo(ann)).toEqual([]);
  });

  test("is the outbox's at a stop", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(post, { kind: "error", status: 503 }, Infinity);
    await ann.say("20 strength");
    await expect.poll(() => events(setup, "discord-answer-failed")).toBeGreaterThan(0);
    await setup.adapter.stop();
    expect(events(setup, "answer-deferred")).toBe(1);
    const found = await setup.store.findUser({ platform: "discord" as never, id: ann.id, name: "" });
    const kept = found && (await setup.store.deliveries(found.user.id, 10));
    expect(kept?.filter(({ kind }) => kind === "answer")).toMatchObject([{ target: { id: ann.id } }]);
  });

  test("of whoever is not kept is told to the operator as lost", async () => {
    const setup = await openCoachOnDiscord({ answerWait: 100 });
    const ann = setup.discord.person("ann");
    setup.discord.fail(post, { kind: "error", status: 503 }, Infinity);
    await ann.say("/week");
    await setup.logs("answer-lost");
    expect(await setup.minutesOf(ann)).toBeUndefined();
  });
});

describe("what Discord refuses to show", () => {
  const refusals: readonly (readonly [string, Failure])[] = [
    ["a form that is not valid", { kind: "error", status: 400, code: 50035 }],
    ["a request that is too large", { kind: "error", status: 413, code: 40005 }],
    ["a body that a proxy refuses", { kind: "error", status: 413 }],
    ["files without the right to attach them", { kind: "error", status: 403, code: 50013 }],
  ];
  test.each(refusals)("is said without its picture, or in plain words: %s", async (_, how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    const [first, second] = [{ ...edit }, { ...post }];
    setup.discord.fail(first, how);
    const shown = message(await ann.slash("week"));
    expect([shown.text.includes("0 of 40–60 min"), shown.pictures]).toEqual([true, []]);
    setup.discord.fail(second, how);
    await ann.say("/week");
    const said = await ann.next(ann.dm);
    expect([said.text.includes("0 of 40–60 min"), said.pictures]).toEqual([true, []]);
    await setup.logs("discord-form-refused");
  });

  test("in two forms is said in plain words, with what can be typed in place of its buttons", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(edit, { kind: "error", status: 400, code: 50035 }, 2);
    const shown = message(await ann.slash("week"));
    expect([shown.isRich, shown.buttons, shown.pictures, shown.isPrivate]).toEqual([false, [], [], true]);
    expect(shown.text).toContain("0 of 40–60 min");
    expect(shown.text).toMatch(/`\/\w+/u);
  });

  test.each<readonly [string, () => Promise<Uint8Array>]>([["that cannot be painted", () => Promise.reject(new Error("no ink"))]])(
    "a picture %s leaves the words",
    async (_, renderPng) => {
      const setup = await openCoachOnDiscord({ renderPng });
      const shown = message(await setup.discord.person("ann").slash("week"));
      expect([shown.text.includes("0 of 40–60 min"), shown.pictures]).toEqual([true, []]);
    },
  );

  test.each(refusals)("leaves the words without a file, and says what works instead: %s", async (_, how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    const surface = { platform: "discord" as PlatformName, address: ann.id as Address, reach: "direct" } as const;
    const file = { kind: "file", name: "a.csv", type: "text/csv", content: "a" } as const;
    setup.discord.fail(post, how);
    const result = await setup.adapter.send(surface, { blocks: [text("Here it is."), file] }, "export ann 1" as DeliveryKey);
    expect(result).toEqual({ kind: "sent" });
    expect(answersTo(ann)).toEqual([
      "**The file didn't come through.** `/history` shows your sessions page by page, and `/export` tries the file again.\nHere it is.",
    ]);
  });

  test("a form that does not open says what can be typed instead", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    const settings = message(await ann.slash("settings"));
    setup.discord.fail({ method: "POST", path: /\/callback$/u }, { kind: "error", status: 400, code: 50035 });
    const zone = settings.menu.find(({ label }) => label.startsWith("Time zone"));
    const told = message(await ann.pick(settings, zone?.label ?? ""));
    expect(told.text).toBe("**The form didn't open.** You can type it instead: `/settings time zone …`");
  });
});
