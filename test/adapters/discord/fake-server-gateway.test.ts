/** The fake Discord server with the real client: lines that break, and requests that fail. */

import { once } from "node:events";
import { type Client, DiscordAPIError, Events, GatewayIntentBits, type Interaction, Routes } from "discord.js";
import { describe, expect, test } from "vitest";
import { aBot, aClient, aDiscord, message } from "../../support/fake-discord/bot.ts";
import type { Discord } from "../../support/fake-discord/server.ts";

/** What the client heard in private messages. */
function heardBy(client: Client): string[] {
  const heard: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => heard.push(content));
  return heard;
}

async function debugged(client: Client, words: string): Promise<void> {
  await new Promise<void>((resolve) => {
    client.on(Events.Debug, (line) => void (line.includes(words) && resolve()));
  });
}

describe("the gateway", () => {
  test("resumes a session and sends what was missed, in order", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    const heard = heardBy(client);
    const ann = discord.person("Ann");
    await ann.say("before");
    await expect.poll(() => heard).toEqual(["before"]);
    discord.gateway.closeAll(4000);
    expect(discord.gateway.sessions).toBe(0);
    for (const text of ["one", "two"]) await ann.say(text);
    await discord.gateway.ready();
    await expect.poll(() => heard).toEqual(["before", "one", "two"]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1, connections: 2, sessions: 1 });
  });

  test("repeats on a resume what was heard already", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    const raw: unknown[] = [];
    client.on(Events.Raw, ({ t, d }: { t: string; d: { content?: string } }) => t === "MESSAGE_CREATE" && raw.push(d.content));
    const ann = discord.person("Ann");
    for (const text of ["one", "two", "three"]) await ann.say(text);
    await expect.poll(() => raw).toHaveLength(3);
    discord.gateway.replayOnResume(2);
    discord.gateway.requestReconnect();
    await expect.poll(() => raw, { timeout: 3000 }).toEqual(["one", "two", "three", "two", "three"]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test("has its silence noticed, and is resumed once the line is gone", async () => {
    const discord = await aDiscord({ heartbeat: 50 });
    const client = await aBot(discord);
    const heard = heardBy(client);
    discord.gateway.freeze();
    expect(discord.gateway.sessions).toBe(0);
    await discord.person("Ann").say("Is anybody there?");
    await debugged(client, "Zombie connection");
    expect(heard).toEqual([]);
    discord.gateway.cut();
    await discord.gateway.ready();
    await expect.poll(() => heard).toEqual(["Is anybody there?"]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test("takes a session back on the same line", async () => {
    const discord = await aDiscord();
    const heard = heardBy(await aBot(discord));
    discord.gateway.invalidate(true);
    await discord.person("Ann").say("Still there?");
    await expect.poll(() => heard).toEqual(["Still there?"]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1, connections: 1 });
  });

  test("does not come back with a session that is over", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    discord.gateway.invalidate(false);
    expect(discord.gateway.sessions).toBe(0);
    await debugged(client, "Waiting for identify throttle");
    expect(discord.gateway).toMatchObject({ resumes: 0, connections: 2 });
  });

  test("keeps READY back", async () => {
    const discord = await aDiscord();
    const client = aClient(discord);
    discord.gateway.answerIdentify(false);
    const ready = once(client, Events.ClientReady);
    const login = client.login(discord.token);
    await expect.poll(() => discord.gateway.identifies).toBe(1);
    expect(discord.gateway.sessions).toBe(0);
    discord.gateway.answerIdentify(true);
    await Promise.all([login, ready, discord.gateway.ready()]);
  });

  test("refuses connections", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    const failed = once(client, Events.ShardError);
    discord.gateway.refuse(503);
    discord.gateway.closeAll(4000);
    await expect(failed).resolves.toMatchObject([{ message: "Unexpected server response: 503" }, 0]);
    discord.gateway.accept();
    await discord.gateway.ready();
    expect(discord.gateway.resumes).toBe(1);
  });

  test.each([
    [
      "another token",
      GatewayIntentBits.Guilds,
      `${Buffer.from("12345678901234567").toString("base64")}.a.b`,
      "An invalid token was provided.",
    ],
    ["an intent that it has not", GatewayIntentBits.MessageContent, undefined, "Used disallowed intents"],
  ])("turns away a bot with %s", async (_, intents, token, words) => {
    const discord = await aDiscord();
    await expect(aClient(discord, { intents }).login(token ?? discord.token)).rejects.toThrow(words);
  });

  test("closes with 4004 on a wrong token", async () => {
    const discord = await aDiscord();
    const socket = new WebSocket(`${discord.apiUrl.replace("http", "ws").replace("/api", "")}?v=10&encoding=json`);
    socket.addEventListener("open", () => socket.send(JSON.stringify({ op: 2, d: { token: "wrong", intents: 1 } })));
    const [{ code }] = (await once(socket, "close")) as [{ code: number }];
    expect(code).toBe(4004);
  });

  test("counts session starts down to none", async () => {
    const discord = await aDiscord();
    discord.gateway.sessionStarts.remaining = 1;
    await aBot(discord);
    expect(discord.gateway.sessionStarts.remaining).toBe(0);
    await expect(aClient(discord).login(discord.token)).rejects.toThrow("Not enough sessions remaining");
  });

  test("sends everything to both of two bots with one token", async () => {
    const discord = await aDiscord();
    const clients = [await aBot(discord), await aBot(discord)];
    const heard = clients.map(heardBy);
    await discord.person("Ann").say("Hello, both");
    await expect.poll(() => heard).toEqual([["Hello, both"], ["Hello, both"]]);
  });
});

describe("an interaction", () => {
  test("that is not answered in time fails, and cannot be answered any more", async () => {
    const discord = await aDiscord({ patience: 50 });
    const late = Promise.withResolvers<Interaction>();
    await aBot(discord, async (interaction) => late.resolve(interaction));
    expect(await discord.person("Ann").slash("week")).toEqual({ kind: "failed", why: "The application did not respond" });
    const interaction = await late.promise;
    if (!interaction.isChatInputCommand()) return;
    await expect(interaction.reply("Sorry")).rejects.toMatchObject({ code: 10062, status: 404 });
  });

  test("is answered once, and its token grows old", async () => {
    let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
    const discord = await aDiscord({ now: () => now });
    const codes: unknown[] = [];
    const client = await aBot(discord, async (interaction) => {
      const after = Routes.webhook(discord.applicationId, interaction.token);
      const callback = Routes.interactionCallback(interaction.id, interaction.token);
      const body = { content: "Hello", allowed_mentions: { parse: [] } };
      codes.push(await codeOf(client.rest.post(after, { body, auth: false })));
      await client.rest.post(callback, { body: { type: 4, data: body }, auth: false });
      codes.push(await codeOf(client.rest.post(callback, { body: { type: 4, data: body }, auth: false })));
      now = now.add({ minutes: 16 });
      codes.push(await codeOf(client.rest.post(after, { body, auth: false })));
    });
    expect(message(await discord.person("Ann").slash("week")).text).toBe("Hello");
    await expect.poll(() => codes).toEqual([10_015, 40_060, 50_027]);
  });

  test("has five follow-ups where the bot is only somebody's own", async () => {
    const discord = await aDiscord();
    const codes: unknown[] = [];
    await aBot(discord, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.reply("First");
      for (let count = 0; count < 6; count += 1) codes.push(await codeOf(interaction.followUp("More")));
    });
    const ann = discord.person("Ann");
    await ann.slash("log", { minutes: "20" }, ann.privately);
    await expect.poll(() => codes).toEqual([0, 0, 0, 0, 0, 40_094]);
  });
});

async function codeOf(request: Promise<unknown>): Promise<unknown> {
  return await request.then(
    () => 0,
    (error: unknown) => (error instanceof DiscordAPIError ? error.code : String(error)),
  );
}

describe("a request", () => {
  const say = async (discord: Discord, client: Client): Promise<string> => {
    const user = await client.users.fetch(discord.person("Ann").id);
    const { content } = await user.send({ content: "Hello", nonce: "n1", enforceNonce: true });
    return content;
  };
  const path = /^\/channels\/\d+\/messages$/u;

  test.each([
    ["is dropped before it is done", { kind: "drop-before" }],
    ["is dropped when it is done", { kind: "drop-after" }],
    ["is limited", { kind: "rate-limit", retryAfter: 0.1, scope: "shared" }],
    ["fails over there", { kind: "error", status: 502 }],
  ] as const)("that %s is sent again, and shown once", async (_, how) => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    discord.fail({ method: "POST", path }, how);
    expect(await say(discord, client)).toBe("Hello");
    const ann = discord.person("Ann");
    expect(ann.screen(ann.dm)).toHaveLength(1);
    expect(discord.requests.filter((request) => path.test(request.path))).toHaveLength(2);
    expect(discord.invalidRequests).toBe(0);
  });

  test("that is answered by half is shown, though the bot cannot know", async () => {
    const discord = await aDiscord();
    const client = await aBot(discord);
    discord.fail({ path }, { kind: "half-answer" });
    await expect(say(discord, client)).rejects.toThrow("ECONNRESET");
    const ann = discord.person("Ann");
    expect(ann.screen(ann.dm)).toHaveLength(1);
  });

  test("that hangs is never answered", async () => {
    const discord = await aDiscord();
    discord.fail({ path: /gateway/u }, { kind: "hang" });
    const asked = fetch(`${discord.apiUrl}/v10/gateway/bot`);
    await expect.poll(() => discord.requests).toMatchObject([{ method: "GET", path: "/gateway/bot", status: undefined }]);
    await discord.close();
    await expect(asked).rejects.toThrow("fetch failed");
  });

  test("beyond the limit waits, and counts as invalid", async () => {
    const discord = await aDiscord();
    discord.limits.perSecond = 2;
    const ask = async (): Promise<number> =>
      (await fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: `Bot ${discord.token}` } })).status;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
    expect((await fetch(`${discord.apiUrl}/v10/users/@me`)).status).toBe(401);
    expect(discord.invalidRequests).toBe(2);
  });
});
