/** The adapter from its start to its end: what whoever runs it reads, and that what is under way is finished. */

import { describe, expect, test } from "vitest";
import type { CoachApi } from "#src/ports/adapter.ts";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { aDiscord, message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";

describe("whoever runs the bot", () => {
  test("reads once where to invite it to, with the fewest permissions, and how to take it along", async () => {
    const { discord, told, logged } = await openCoachOnDiscord({ waits: { breaks: 0, firstWait: 20 } });
    discord.gateway.closeAll(4000);
    await expect.poll(() => logged.filter(({ event }) => event === "discord-ready").length, { timeout: 15_000 }).toBe(2);
    const link = `https://discord.com/oauth2/authorize?client_id=${discord.applicationId}`;
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`Invite it to a server: ${link}&permissions=51200&scope=bot+applications.commands\n`);
    expect(told[0]).toContain(`Take it with you everywhere: ${link}&integration_type=1&scope=applications.commands`);
  });

  test.each([
    [4004, /^Discord does not take DISCORD_TOKEN\. A new one is made in the developer portal/u],
    [4014, /^Discord closed the connection for good, with its code 4014: see/u],
  ])("reads why it ended where Discord closed it with %i", async (code, words) => {
    const { discord, told, adapter } = await openCoachOnDiscord();
    discord.gateway.closeAll(code);
    await adapter.ended;
    await expect.poll(() => told.at(-1)).toMatch(words);
    expect(told.join()).not.toContain(discord.token);
  });

  test("registers the commands once, retries at the next session, and skips an unchanged registration", async () => {
    const discord = await aDiscord();
    const path = /^\/applications\/\d+\/commands$/u;
    const puts = (): number => discord.requests.filter((one) => one.method === "PUT" && path.test(one.path) && one.status === 200).length;
    discord.fail({ method: "PUT", path }, { kind: "error", status: 500 });
    const events: string[] = [];
    const note = (event: string): void => void events.push(event);
    const options = {
      token: discord.token,
      apiUrl: discord.apiUrl,
      clock: { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") },
      log: { info: note, warn: note, error: note },
      renderPng: async () => new Uint8Array(),
      tell: () => {},
    };
    const api: CoachApi = {
      handle: async () => undefined,
      suggest: async () => [],
      updateTimeZone: async () => {},
      defer: async () => false,
    };
    const runUntil = async (event: string): Promise<void> => {
      const adapter = createDiscord(options);
      await adapter.start(api);
      await expect.poll(() => events).toContain(event);
      await adapter.stop();
    };
    await runUntil("discord-registration-failed");
    expect(puts()).toBe(0);
    await runUntil("discord-commands-registered");
    await runUntil("discord-commands-unchanged");
    expect(puts()).toBe(1);
    expect(discord.problems).toEqual([]);
  });
});

describe("a stop", () => {
  test("finishes the answer that is under way, and takes in nothing more", async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const heard: string[] = [];
    const overhear = (api: CoachApi): CoachApi => ({
      ...api,
      async handle(inbound) {
        heard.push(inbound.text);
        await work;
        return await api.handle(inbound);
      },
    });
    const { discord, adapter } = await openCoachOnDiscord({ overhear });
    const ann = discord.person("ann");
    const asked = ann.slash("log", { sessions: "20 strength" });
    await expect.poll(() => heard).toHaveLength(1);
    const stopped = adapter.stop();
    await adapter.ended;
    await ann.say("30 strength");
    finish();
    await stopped;
    expect(message(await asked).text).toContain("20 min strength logged");
    expect(heard).toEqual(["/log 20 strength"]);
    expect(discord.gateway.sessions).toBe(0);
  });

  test.each(Array.from({ length: 9 }, (_, count) => count))(
    "after %i requests leaves recorded what was answered, and answered what was recorded",
    async (count) => {
      const { discord, adapter, minutesOf } = await openCoachOnDiscord({ patience: 500 });
      const people = ["ann", "bo", "cy", "di"].map((name) => discord.person(name));
      const before = discord.requests.length;
      const asked = people.map((person) => person.slash("log", { sessions: "20 strength" }));
      await expect.poll(() => discord.requests.length - before, { interval: 1 }).toBeGreaterThanOrEqual(count);
      await adapter.stop();
      const shown = (await Promise.all(asked)).map((answer) =>
        answer.kind === "message" ? /20 min strength logged/u.exec(answer.message.text)?.[0] : undefined,
      );
      const recorded = await Promise.all(people.map((person) => minutesOf(person)));
      expect(shown).toEqual(recorded.map((minutes) => (minutes === 20 ? "20 min strength logged" : undefined)));
    },
  );
});
