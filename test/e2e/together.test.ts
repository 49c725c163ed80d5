/** Discord and Slack in one process: while one of them is out, slow, flooded or takes the bot no longer, the other answers as before. */

import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { root } from "../support/project.ts";
import {
  answersTo,
  anything,
  botCalls,
  expectDiscord,
  expectSlack,
  expectStop,
  failSlack,
  findLate,
  forever,
  logged,
  openPlatforms,
  startConnected,
  startOn,
  wordsOf,
} from "../support/fake-slack/groups.ts";

function count(text: string, words: string): number {
  return text.split(words).length - 1;
}

describe("Discord answers", () => {
  test("while Slack is out from the start", async () => {
    const setup = await openPlatforms();
    failSlack(setup, { kind: "status", status: 503 });
    const program = startOn(setup);
    await program.said('"event":"slack-waiting"');
    await program.said('"event":"discord-commands-registered"');
    await expectDiscord(setup);
    await expectStop(program);
  });

  test("while Slack goes out, and Slack does again when it is back", async () => {
    const setup = await openPlatforms();
    const { slack } = setup;
    const program = await startConnected(setup);
    failSlack(setup, { kind: "status", status: 503 });
    slack.socket.break();
    await program.said('"event":"slack-waiting"');
    await expectDiscord(setup);
    slack.heal();
    await slack.socket.ready();
    await expectSlack(setup);
    await expectStop(program);
  });

  test("while Slack answers no call at all, from the start", async () => {
    const setup = await openPlatforms();
    failSlack(setup, { kind: "hang" });
    const program = startOn(setup);
    await program.said('"event":"discord-commands-registered"');
    await expectDiscord(setup);
    expect(setup.slack.calls("apps.connections.open")).toHaveLength(1);
    setup.slack.heal();
    await expectStop(program);
  });

  test("while Slack answers none of the calls for forty commands", async () => {
    const setup = await openPlatforms();
    const { slack } = setup;
    const program = await startConnected(setup);
    failSlack(setup, { kind: "hang" });
    const people = Array.from({ length: 40 }, (_, place) => slack.person(`person ${place}`));
    await Promise.all(people.map((person) => person.slash("/log", "20 strength")));
    await expectDiscord(setup);
    expect(people.flatMap((person) => answersTo(setup, person))).toEqual([]);
    slack.heal();
    await expectStop(program);
  });

  test("while Slack is flooded with 300 commands at once, of which each is answered once", { timeout: 60_000 }, async () => {
    const setup = await openPlatforms();
    const { slack } = setup;
    const program = await startConnected(setup);
    const people = Array.from({ length: 60 }, (_, place) => slack.person(`person ${place}`));
    const flood = Promise.all(people.flatMap((person) => Array.from({ length: 5 }, () => person.slash("/log", "4 strength"))));
    await expectDiscord(setup);
    await flood;
    const answers = (): readonly string[] => people.flatMap((person) => answersTo(setup, person).map(({ text }) => text));
    await expect.poll(() => answers().length, { timeout: 50_000, interval: 50 }).toBe(300);
    expect(answers().filter((text) => text.includes("this week 20 of 40–60 min"))).toHaveLength(60);
    await expectStop(program);
  });

  test("while Slack holds events back and says so (A13)", async () => {
    const setup = await openPlatforms();
    const program = await startConnected(setup);
    await setup.slack.limitRate();
    await program.said('"event":"slack-notice"');
    await expectDiscord(setup);
    await expectSlack(setup);
    await expectStop(program);
  });

  test("when Slack takes the app no longer, which is said once", async () => {
    const setup = await openPlatforms();
    const { slack } = setup;
    const program = await startConnected(setup);
    failSlack(setup, { kind: "error", error: "invalid_auth" });
    slack.socket.break();
    await program.said("Slack does not take SLACK_APP_TOKEN (invalid_auth).");
    await expectDiscord(setup);
    expect(slack.calls("apps.connections.open")).toHaveLength(2);
    const stderr = await expectStop(program, 69);
    expect(count(stderr, "Slack does not take")).toBe(1);
    expect(count(stderr, "Slack is off until the next start: nobody gets an answer or a message there. Discord goes on.")).toBe(1);
  });

  test("when Slack does not take the bot's token from the start, which is said once", async () => {
    const setup = await openPlatforms();
    failSlack(setup, { kind: "error", error: "invalid_auth" }, botCalls);
    const program = startOn(setup);
    await program.said("Slack does not take SLACK_BOT_TOKEN (invalid_auth).");
    await program.said('"event":"discord-commands-registered"');
    await expectDiscord(setup);
    expect(count(await expectStop(program, 69), "Slack does not take")).toBe(1);
  });

  test("when Slack takes the bot's token no longer, which is told", async () => {
    const setup = await openPlatforms();
    const program = await startConnected(setup);
    await expectSlack(setup);
    failSlack(setup, { kind: "error", error: "token_revoked" }, botCalls);
    await setup.slack.person("ann").say("20 strength");
    await program.said('"level":"error","event":"slack-token-refused"');
    await program.said("Slack is off until the next start");
    await expectDiscord(setup);
    expect(count(await expectStop(program, 69), "Slack does not take SLACK_BOT_TOKEN (token_revoked).")).toBe(1);
  });

  test("when Slack says that the app was taken out of the workspace, which is told", async () => {
    const setup = await openPlatforms();
    const program = await startConnected(setup);
    await expectSlack(setup);
    await setup.slack.uninstall(setup.slack.teamId);
    await program.said("Slack is off until the next start");
    await expectDiscord(setup);
    await expectStop(program, 69);
  });

  test("when Slack refuses the bot's token once, and takes it when it is asked", async () => {
    const setup = await openPlatforms();
    const program = await startConnected(setup);
    setup.slack.fail("users.info", { kind: "error", error: "invalid_auth" });
    setup.slack.fail("chat.postMessage", { kind: "error", error: "invalid_auth" });
    await setup.slack.person("bo").say("20 strength");
    await expectSlack(setup);
    expect(await expectStop(program)).not.toContain("Slack does not take");
  });

  test("and the clock ticks while Slack answers 500 to everything from the start (C12)", async () => {
    const setup = await openPlatforms();
    const server = createServer((_, response) => void response.writeHead(500).end("no")).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const address = server.address();
    const turned = pathToFileURL(join(root, "test/support/turned-clock.ts")).href;
    const at = (instant: Temporal.Instant): Readonly<Record<string, string>> => ({
      SLACK_API_URL: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/api/`,
      CLOCK_AT: instant.toString(),
      NODE_OPTIONS: `--import=${turned}`,
    });
    const before = startOn(setup, at(Temporal.Instant.from("2026-11-25T11:00:00Z")));
    await before.said('"event":"discord-commands-registered"');
    const { dueAt, person } = await findLate(setup);
    await expectStop(before);
    const program = startOn(setup, at(dueAt.subtract({ seconds: 3 })));
    await program.said('"event":"slack-waiting"');
    expect((await person.next(person.dm)).text).toContain("20 min strength yesterday");
    await expectDiscord(setup);
    await expectStop(program);
  });
});

describe("Slack answers", () => {
  test("while Discord is out from the start", async () => {
    const setup = await openPlatforms();
    setup.discord.fail(anything, { kind: "error", status: 503 }, forever);
    setup.discord.gateway.refuse(503);
    const program = startOn(setup);
    await program.said('"event":"discord-waiting"');
    await program.said('"event":"slack-connected"');
    await expectSlack(setup);
    await expectStop(program);
  });

  test("while Discord goes out", async () => {
    const setup = await openPlatforms();
    const { discord } = setup;
    const program = await startConnected(setup);
    discord.fail(anything, { kind: "error", status: 503 }, forever);
    discord.gateway.refuse(503);
    discord.gateway.cut();
    await program.said('"event":"discord-reconnecting"');
    await expectSlack(setup);
    await expectStop(program);
  });

  test("while Discord answers no request at all, from the start", async () => {
    const setup = await openPlatforms();
    setup.discord.fail(anything, { kind: "hang" }, forever);
    const program = startOn(setup);
    await program.said('"event":"slack-connected"');
    await expectSlack(setup);
    await expectStop(program);
  });

  test("while Discord answers none of the requests for forty commands", async () => {
    const setup = await openPlatforms(1000);
    const { discord } = setup;
    await startConnected(setup);
    discord.fail(anything, { kind: "hang" }, forever);
    const people = Array.from({ length: 40 }, (_, place) => discord.person(`person ${place}`));
    const asked = people.map((person) => person.slash("log", { sessions: "20 strength" }));
    await expectSlack(setup);
    expect((await Promise.all(asked)).map(({ kind }) => kind)).toEqual(people.map(() => "failed"));
  });

  test("while Discord is flooded with 150 commands at once", async () => {
    const setup = await openPlatforms();
    const { discord } = setup;
    const program = await startConnected(setup);
    const people = Array.from({ length: 150 }, (_, place) => discord.person(`person ${place}`));
    const flood = Promise.all(people.map((person) => person.slash("log", { sessions: "20 strength" })));
    await expectSlack(setup);
    const answers = (await flood).filter(({ kind }) => kind === "message").map(wordsOf);
    expect(answers.filter((text) => !text.includes(logged))).toEqual([]);
    await expectStop(program);
  });

  test.each<[code: number, said: string]>([
    [4004, "Discord does not take DISCORD_TOKEN."],
    ...[4010, 4011, 4012, 4013, 4014].map(
      (code) => [code, `Discord closed the connection for good, with its code ${code}`] as [number, string],
    ),
  ])("when Discord closes the line for good with %i, which is said once", async (code, said) => {
    const setup = await openPlatforms();
    const program = await startConnected(setup);
    setup.discord.gateway.closeAll(code);
    await program.said(said);
    await program.said("Discord is off until the next start: nobody gets an answer or a message there. Slack goes on.");
    await expectSlack(setup);
    expect(count(await expectStop(program, 69), said)).toBe(1);
  });
});

test("when neither takes the bot any longer the program ends, and whoever watches over it is told", async () => {
  const setup = await openPlatforms();
  const { slack, discord } = setup;
  const program = await startConnected(setup);
  discord.gateway.closeAll(4004);
  await program.said("Discord does not take DISCORD_TOKEN.");
  slack.fail("apps.connections.open", { kind: "error", error: "invalid_auth" }, forever);
  slack.socket.break();
  const { code, stderr } = await program.ended;
  expect(code).toBe(1);
  expect(stderr).toContain("Slack does not take SLACK_APP_TOKEN (invalid_auth).");
});
