/** Groups on Discord: rights from the payload, answers that only the asker reads, lines that everybody does, and posts that are edited. */

import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord, type CoachOnDiscord, type CoachOnDiscordOptions } from "../../support/fake-discord/coach-on-discord.ts";
import type { Person, Seen } from "../../support/fake-discord/types.ts";

const platform = "discord" as PlatformName;

type Crew = CoachOnDiscord & {
  readonly ann: Person;
  readonly bo: Person;
  /** What is due on the given moment is done. */
  run(instant: string): Promise<void>;
  /** What everybody reads in the channel, plain. */
  channel(): readonly string[];
};

/** Ann, who may manage the channel, began a group there, and Bo joined it. */
async function aCrew(options: CoachOnDiscordOptions = {}): Promise<Crew> {
  const setup = await openCoachOnDiscord(options);
  const { discord, store, adapter } = setup;
  const [ann, bo] = [discord.person("ann"), discord.person("bo")];
  ann.setManager(true);
  expect(message(await ann.slash("group", { what: "create", words: "Morning crew" })).text).toContain("Morning crew is here now.");
  expect(message(await bo.slash("group", { what: "join" })).text).toContain("You are in Morning crew.");
  await expect.poll(() => setup.heardByAll().length).toBe(2);
  const note = (): void => {};
  const log = { info: note, warn: note, error: note };
  return {
    ...setup,
    ann,
    bo,
    async run(instant) {
      const clock = { now: () => Temporal.Instant.from(instant) };
      const deps = { store, clock, log, freshId: () => "unused", timeZone: "UTC" as TimeZone, jitter: 0 };
      await createCoach(deps).evaluateDuePrompts();
      await createOutbox({ store, clock, log, adapters: new Map([[platform, adapter]]), random: () => 0.5 }).deliver();
    },
    channel: () => setup.heardByAll().map(({ text }) => text.replaceAll("**", "").replaceAll("\\", "")),
  };
}

const monday = "2026-11-30T08:00:00Z";

function lastOf(crew: Crew): Seen {
  const seen = crew.heardByAll().at(-1);
  if (!seen) throw new Error("Look into the channel: something must stand there");
  return seen;
}

describe("who may manage the channel", () => {
  test("comes with each interaction: members without the right are refused, also on old buttons", async () => {
    const { ann, bo } = await aCrew();
    expect(message(await bo.slash("group", { what: "settings" })).text).toContain("for those who may manage this channel");
    const remove = message(await ann.slash("group", { what: "remove" }));
    ann.setManager(false);
    expect(message(await ann.press(remove, "The whole group")).text).toContain("for those who may manage this channel");
    expect(message(await bo.forge(message(await bo.slash("group", { what: "board" })), "/group code new")).text).toContain(
      "for those who may manage this channel",
    );
    ann.setManager(true);
    expect(message(await ann.press(remove, "The whole group")).text).toContain("Morning crew has ended.");
  });

  test("is nobody where Discord says nothing of rights: in messages, and outside of servers", async () => {
    const { ann, discord } = await aCrew();
    await ann.say("group code", discord.server.channel);
    expect((await ann.next(ann.dm)).text).toContain("for those who may manage this channel");
    expect(message(await ann.slash("group", { what: "settings" }, ann.dm)).text).toContain("is said in the channel that it is about");
    expect(message(await ann.slash("group", { what: "create", words: "Mine" }, ann.privately)).text).toContain(
      "for those who may manage this channel",
    );
  });
});

describe("a log in the group's own channel", () => {
  test("is answered to the asker alone, with one short line for everybody", async () => {
    const crew = await aCrew();
    const answer = message(await crew.bo.slash("log", { sessions: "35 strength" }));
    expect(answer.isPrivate).toBe(true);
    expect(answer.text).toContain("35 min strength logged for today");
    await expect.poll(crew.channel).toContain("bo logged. In their zone this week.");
    expect(crew.channel().join("\n")).not.toContain("35 min");
    await crew.bo.say("10 strength", crew.discord.server.channel);
    await expect.poll(crew.channel).toContain("bo logged. In their zone this week.");
  });

  test("elsewhere is told to nobody", async () => {
    const crew = await aCrew();
    const before = crew.channel();
    message(await crew.bo.slash("log", { sessions: "35 strength" }, crew.bo.dm));
    const other = crew.discord.openServer("other");
    message(await crew.bo.slash("log", { sessions: "35 strength" }, other.channel));
    expect(crew.channel()).toEqual(before);
  });

  test("that cannot be shown to the asker goes to them directly, and never to the channel (F7)", async () => {
    const crew = await aCrew();
    const before = crew.channel();
    crew.discord.fail({ method: "PATCH", path: /^\/webhooks\// }, { kind: "error", status: 404, code: 10015 });
    await crew.bo.slash("log", { sessions: "35 strength" });
    await expect
      .poll(() =>
        crew.bo
          .screen(crew.bo.dm)
          .map(({ text }) => text)
          .join("\n"),
      )
      .toContain("35 min strength");
    expect(crew.channel()).toEqual(before);
  });

  test("whose line cannot be said aloud stays with the asker, and is not said in another way (F7)", async () => {
    const crew = await aCrew();
    const before = crew.channel();
    crew.discord.fail({ method: "POST", path: /^\/webhooks\// }, { kind: "error", status: 403, code: 50013 });
    const answer = message(await crew.bo.slash("log", { sessions: "35 strength" }));
    expect(answer).toMatchObject({ isPrivate: true, text: expect.stringContaining("35 min strength logged") });
    await crew.logs("discord-public-reply-failed");
    expect(crew.channel()).toEqual(before);
    expect(crew.bo.screen(crew.bo.dm)).toEqual([]);
  });
});

describe("a round-up", () => {
  test("stands in the channel with its picture, and is edited when somebody leaves", async () => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    message(await crew.bo.slash("log", { sessions: "10 strength" }, crew.bo.dm));
    await crew.run(monday);
    await crew.run(monday);
    const posted = lastOf(crew);
    expect(posted.text).toContain("In their zone: ann. On the way: bo.");
    expect(posted.buttons).toEqual(["Cheer", "Log", "Board", "Settings"]);
    expect(posted.pictures).toHaveLength(1);
    const count = crew.heardByAll().length;
    message(await crew.bo.slash("group", { what: "leave" }));
    await crew.run("2026-11-30T08:00:01Z");
    expect(crew.heardByAll()).toHaveLength(count);
    expect(lastOf(crew)).toMatchObject({ id: posted.id, edits: 1, text: expect.not.stringContaining("bo") });
    expect(lastOf(crew).pictures).toHaveLength(1);
  });

  test("names nobody after four weeks, in its picture neither", async () => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    await crew.run(monday);
    expect(lastOf(crew).pictures).toHaveLength(1);
    const { id } = lastOf(crew);
    await crew.run("2026-12-28T08:00:00Z");
    const old = crew.heardByAll().find((seen) => seen.id === id);
    expect(old?.text).toContain("One in their zone and one resting.");
    expect(old?.text).not.toMatch(/ann|bo\b/);
    expect(old?.pictures).toEqual([]);
  });

  test("has buttons that answer whoever presses them, and nobody else", async () => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    await crew.run(monday);
    const posted = lastOf(crew);
    const cheered = message(await crew.bo.press(posted, "Cheer"));
    expect(cheered).toMatchObject({ isPrivate: true, text: expect.stringContaining("Cheered.") });
    const asked = await crew.bo.press(posted, "Log");
    if (asked.kind !== "modal") throw new Error(`Press "Log": it must open a form, and gave ${JSON.stringify(asked)}`);
    expect(message(await crew.bo.submit(asked.modal, { Session: "30 strength" })).text).toContain("30 min strength");
    expect(message(await crew.discord.person("eve").press(posted, "Board")).text).toContain("You are in no group yet.");
    await crew.run("2026-11-30T08:00:01Z");
    expect(lastOf(crew).text).toContain("bo logged.");
    expect(crew.heardByAll().find(({ id }) => id === posted.id)?.text).toContain("one cheer");
  });

  test.each([
    ["was deleted", 404, 10003],
    ["cannot be seen any more", 403, 50001],
    ["takes no messages from the bot any more", 403, 50013],
    ["is an archived thread", 400, 50083],
  ])("for a channel that %s suspends it, and asks no more", async (_, status, code) => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    const path = new RegExp(`^/channels/${crew.discord.server.channel.channelId}/messages$`);
    crew.discord.fail({ method: "POST", path }, { kind: "error", status, code }, Infinity);
    await crew.run(monday);
    const tries = (): number => crew.discord.requests.filter((one) => one.method === "POST" && path.test(one.path)).length;
    const before = tries();
    await crew.run("2026-11-30T09:00:00Z");
    await crew.run("2026-12-07T08:00:00Z");
    expect(tries()).toBe(before);
    expect(message(await crew.ann.slash("week", {}, crew.ann.dm)).text).toContain(
      "A channel of your group takes no messages from me any more.",
    );
  });

  test("whose answer was not heard is shown once, and can still be edited", async () => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    const path = new RegExp(`^/channels/${crew.discord.server.channel.channelId}/messages$`);
    crew.discord.fail({ method: "POST", path }, { kind: "drop-after" });
    const before = crew.heardByAll().length;
    await crew.run(monday);
    await crew.run("2026-11-30T08:01:31Z");
    expect(crew.heardByAll()).toHaveLength(before + 1);
    message(await crew.bo.slash("group", { what: "leave" }));
    await crew.run("2026-11-30T08:02:00Z");
    expect(lastOf(crew).text).not.toContain("bo");
  });

  test.each([
    ["a limit", { kind: "rate-limit", retryAfter: 5 } as const],
    ["a broken line", { kind: "drop-before" } as const],
    ["an error", { kind: "error", status: 500 } as const],
  ])("is edited later after %s", async (_, how) => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    await crew.run(monday);
    await crew.run(monday);
    message(await crew.bo.slash("group", { what: "leave" }));
    crew.discord.fail({ method: "PATCH", path: /^\/channels\/\d+\/messages\/\d+$/ }, how, how.kind === "rate-limit" ? 1 : 2);
    await crew.run("2026-11-30T08:01:00Z");
    expect(lastOf(crew).text).toContain("bo");
    await crew.run("2026-11-30T08:10:00Z");
    expect(lastOf(crew).text).not.toContain("bo");
  });

  test("that somebody deleted is not posted again", async () => {
    const crew = await aCrew();
    message(await crew.ann.slash("log", { sessions: "40 strength" }, crew.ann.dm));
    await crew.run(monday);
    await crew.run(monday);
    const before = crew.heardByAll().length;
    crew.discord.fail({ method: "PATCH", path: /^\/channels\/\d+\/messages\/\d+$/ }, { kind: "error", status: 404, code: 10008 });
    message(await crew.bo.slash("group", { what: "leave" }));
    await crew.run("2026-11-30T08:01:00Z");
    await crew.run("2026-11-30T09:01:00Z");
    expect(crew.heardByAll()).toHaveLength(before);
    expect(crew.discord.requests.filter(({ method, path }) => method === "PATCH" && path.startsWith("/channels/"))).toHaveLength(1);
  });
});

describe("the right to post", () => {
  test("is checked before a group starts: without it the bot names the missing permission and binds nothing", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    const server = setup.discord.openServer("quiet", { isReadOnly: true });
    ann.setManager(true);
    const told = message(await ann.slash("group", { what: "create", words: "Morning crew" }, server.channel));
    expect(told.text).toBe(
      "**I can't post in this channel yet. Let me see it and send messages in it; in a thread, in threads.** Then say it again: `/group create Morning crew`",
    );
    expect(told.isPrivate).toBe(true);
  });
});
