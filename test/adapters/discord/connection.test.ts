/** The connection to Discord through all that can become of a line, against a gateway on this machine. */

import { describe, expect, onTestFinished, test } from "vitest";
import type { LogFields } from "#src/ports/runtime.ts";
import { createConnection, type Connection } from "../../../adapters/discord/connection.ts";
import type { GatewayHandlers, Patience } from "../../../adapters/discord/gateway-session.ts";
import { aDiscord } from "../../support/fake-discord/bot.ts";
import type { Discord } from "../../support/fake-discord/server.ts";

type Held = {
  readonly line: Connection;
  /** What came in, in its order. */
  readonly heard: string[];
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
  readonly start: () => Promise<void>;
  /** Waits until `event` was logged. */
  readonly logs: (event: string) => Promise<void>;
};

/** A line whose waits are short, where waiting is not what is tested. */
function hold(
  { token, apiUrl }: Pick<Discord, "token" | "apiUrl">,
  patience: Partial<Patience> = {},
  api: Partial<GatewayHandlers> = {},
): Held {
  const heard: string[] = [];
  const logged: Held["logged"] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const log = { info: note, warn: note, error: note };
  const line = createConnection({ token, apiUrl, log, patience: { firstWait: 20, ...patience } });
  onTestFinished(() => line.stop());
  const all: GatewayHandlers = {
    onInteraction: ({ type }) => void heard.push(`interaction ${type}`),
    onMessage: ({ content }) => void heard.push(content),
    onReady: ({ botName }) => void heard.push(`ready ${botName}`),
    ...api,
  };
  const logs = async (event: string): Promise<void> =>
    await expect.poll(() => logged.map((one) => one.event), { timeout: 15_000, interval: 20 }).toContain(event);
  return { line, heard, logged, start: () => line.start(all), logs };
}

describe("a line", () => {
  test("is ready once Discord knows the bot, and hands on what comes", async () => {
    const discord = await aDiscord();
    const { line, heard, start } = hold(discord);
    await start();
    await discord.person("ann").say("20 strength");
    await expect.poll(() => heard).toEqual([expect.stringMatching(/^ready /u), "20 strength"]);
    expect(discord.gateway).toMatchObject({ sessions: 1, identifies: 1 });
    await line.stop();
    expect(await line.ended).toBe("stopped");
    await expect.poll(() => discord.gateway.sessions).toBe(0);
    await line.stop();
  });

  test("resumes after a break, and misses nothing that was said meanwhile", async () => {
    const discord = await aDiscord();
    const { heard, start, logs } = hold(discord);
    await start();
    discord.gateway.closeAll(4000);
    for (const text of ["one", "two"]) await discord.person("ann").say(text);
    await logs("discord-resumed");
    await expect.poll(() => heard.slice(1)).toEqual(["one", "two"]);
    expect(discord.gateway).toMatchObject({ identifies: 1, resumes: 1 });
  });

  test("begins a new session where Discord forgot the old one", async () => {
    const discord = await aDiscord();
    const { heard, start } = hold(discord);
    await start();
    discord.gateway.invalidate(false);
    await expect.poll(() => discord.gateway.identifies, { timeout: 15_000 }).toBe(2);
    await discord.gateway.ready();
    await discord.person("ann").say("20 strength");
    await expect.poll(() => heard.at(-1)).toBe("20 strength");
  });

  test("that says nothing any more is noticed by the heartbeat, given up and replaced", async () => {
    const discord = await aDiscord({ heartbeat: 100 });
    const { heard, start, logs } = hold(discord, { silence: 1500 });
    await start();
    discord.gateway.freeze();
    await logs("discord-heartbeat-lost");
    await expect.poll(() => heard.length, { timeout: 10_000 }).toBe(2);
    await discord.person("ann").say("20 strength");
    await expect.poll(() => heard.at(-1)).toBe("20 strength");
    discord.gateway.cut();
  });

  test("that lives is not taken for silent, however little is said", async () => {
    const discord = await aDiscord({ heartbeat: 50 });
    const { start, logged } = hold(discord, { silence: 2000 });
    await start();
    const beats = (): number => discord.gateway.heartbeats;
    await expect.poll(beats, { timeout: 15_000 }).toBeGreaterThan(50);
    expect(logged.map(({ event }) => event)).toEqual(["discord-ready"]);
  });

  test("goes on where what is done with a message throws", async () => {
    const discord = await aDiscord();
    const heard: string[] = [];
    const onMessage: GatewayHandlers["onMessage"] = ({ content }) => {
      heard.push(content);
      if (content === "bad") throw new Error("It was bad");
    };
    const { start, logs } = hold(discord, {}, { onMessage });
    await start();
    for (const text of ["bad", "good"]) await discord.person("ann").say(text);
    await logs("discord-handler-failed");
    await expect.poll(() => heard).toEqual(["bad", "good"]);
  });
});

describe("a line that Discord does not take", () => {
  test("ends before it identifies where the token is refused", async () => {
    const discord = await aDiscord();
    const { line, start, logged } = hold({ ...discord, token: `${discord.token.slice(0, -4)}AAAA` });
    await start();
    expect(await line.ended).toEqual({ refused: 4004 });
    expect(discord.gateway.identifies).toBe(0);
    expect(logged.map(({ event }) => event)).toEqual(["discord-request-failed", "discord-token-refused"]);
  });

  test.each([4004, 4010, 4011, 4012, 4013, 4014])("ends with the code %i by which it was closed for good", async (code) => {
    const discord = await aDiscord();
    const { line, start, logged } = hold(discord);
    await start();
    discord.gateway.closeAll(code);
    expect(await line.ended).toEqual({ refused: code });
    expect(logged).toContainEqual({ event: "discord-closed", fields: { code } });
    expect(discord.gateway).toMatchObject({ identifies: 1, sessions: 0 });
  });
});

describe("a line that cannot be had now", () => {
  test("waits with identifying until there are session starts again", async () => {
    const discord = await aDiscord();
    discord.gateway.sessionStarts = { remaining: 49, total: 1000, resetAfter: 300 };
    const { start, logged, logs } = hold(discord);
    await start();
    expect(discord.gateway.identifies).toBe(0);
    expect(logged[0]?.event).toBe("discord-session-starts-spent");
    discord.gateway.sessionStarts = { remaining: 1000, total: 1000, resetAfter: 300 };
    await logs("discord-ready");
    expect(discord.gateway.identifies).toBe(1);
  });

  test("is given up after its deadline where Discord never says that it is ready, and tried again", async () => {
    const discord = await aDiscord();
    discord.gateway.answerIdentify(false);
    const { start, heard, logs } = hold(discord, { login: 400 });
    await start();
    await logs("discord-login-late");
    expect(heard).toEqual([]);
    discord.gateway.answerIdentify(true);
    await logs("discord-ready");
    await discord.person("ann").say("20 strength");
    await expect.poll(() => heard.slice(1)).toEqual(["20 strength"]);
    expect(discord.gateway.sessions).toBe(1);
  });

  test.each([
    ["API", "discord-unreachable", (discord: Discord) => discord.fail({ path: /^\/gateway\/bot$/u }, { kind: "error", status: 503 }, 3)],
    ["gateway", "discord-connection-failed", (discord: Discord) => discord.gateway.refuse(503)],
  ])("is tried again, later each time, while the %s is out", async (_, event, trouble) => {
    const discord = await aDiscord({ heartbeat: 100 });
    trouble(discord);
    const { start, logs, logged } = hold(discord, { longestWait: 1000 });
    await start();
    await expect.poll(() => logged.filter((one) => one.event === event).length, { timeout: 10_000 }).toBe(3);
    discord.gateway.accept();
    await logs("discord-ready");
    // What the SDK had begun before would be there by now.
    await expect.poll(() => discord.gateway.heartbeats, { timeout: 10_000 }).toBeGreaterThan(8);
    expect(logged.filter((one) => one.event === event).length).toBeLessThan(8);
    expect(discord.gateway).toMatchObject({ identifies: 1, connections: 1, sessions: 1 });
  });

  test("that breaks again and again is given up for a while instead of retried at once", async () => {
    const discord = await aDiscord({ heartbeat: 100 });
    const { start, logs, logged, heard } = hold(discord, { breaks: 5, longestWait: 1000 });
    await start();
    discord.gateway.refuse(503);
    discord.gateway.closeAll(4000);
    await logs("discord-connection-unstable");
    discord.gateway.accept();
    await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(2);
    const beats = discord.gateway.heartbeats;
    await expect.poll(() => discord.gateway.heartbeats - beats, { timeout: 10_000 }).toBeGreaterThan(8);
    expect(logged.length).toBeLessThan(40);
    expect(discord.gateway).toMatchObject({ identifies: 2, resumes: 0, sessions: 1 });
  });

  test.each([
    ["the API does not answer", (discord: Discord) => discord.fail({ path: /^\/gateway\/bot$/u }, { kind: "hang" })],
    ["the gateway does not answer", (discord: Discord) => discord.gateway.answerIdentify(false)],
    ["it waits for its next try", (discord: Discord) => discord.fail({ path: /^\/gateway\/bot$/u }, { kind: "error", status: 503 }, 99)],
  ])("stops while %s", async (_, trouble) => {
    const discord = await aDiscord();
    trouble(discord);
    const { line, start } = hold(discord, { firstWait: 60_000 });
    const started = start();
    await expect.poll(() => discord.requests.length + discord.gateway.identifies).toBeGreaterThan(0);
    await line.stop();
    await started;
    expect(await line.ended).toBe("stopped");
  });
});
