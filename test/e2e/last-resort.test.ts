/** The whole program on both platforms, when what arrives is not what an SDK can take, and when an error comes from nowhere. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { expectDiscord, expectSlack, expectStop, openPlatforms, startConnected, startOn } from "../support/fake-slack/groups.ts";
import { without } from "../support/malformed.ts";

/** What makes a process throw in a turn of its own, as often as it gets the signal. */
const thrower = (kind: string): string => `
  process.on("SIGUSR2", () => {
    if (${JSON.stringify(kind)} === "error") setImmediate(() => { throw new TypeError("canary"); });
    else void Promise.reject(${JSON.stringify(kind)} === "word" ? "canary" : new RangeError("canary"));
  });
  process.stderr.write("thrower-ready\\n");
`;

async function withThrower(kind: string) {
  const setup = await openPlatforms();
  const file = join(setup.folder, "thrower.mjs");
  writeFileSync(file, thrower(kind));
  const program = startOn(setup, { NODE_OPTIONS: `--import=${pathToFileURL(file).href}` });
  await program.said('"event":"slack-connected"');
  await program.said('"event":"discord-commands-registered"');
  return { setup, program };
}

describe("both platforms go on", () => {
  test.each([
    ["entitlements", ["entitlements"]],
    ["user", ["user", "member"]],
    ["authorizing_integration_owners", ["authorizing_integration_owners"]],
    ["everything", ["id", "token", "type", "data", "user", "member", "channel", "channel_id", "entitlements"]],
  ])("after an interaction without %s", async (_, fields) => {
    const setup = await openPlatforms(200);
    const program = await startConnected(setup);
    setup.discord.gateway.spoilNext((data) => without(data, ...fields));
    await setup.discord.person("bo").slash("week");
    await expectDiscord(setup);
    await expectSlack(setup);
    await expectStop(program);
  });

  test("after a form with a null component, a message of nothing, and an envelope of nothing", async () => {
    const setup = await openPlatforms();
    const program = await startConnected(setup);
    const { gateway } = setup.discord;
    const form = { id: "1", application_id: "2", token: "t", type: 5, data: { custom_id: "/log", components: [null] }, channel_id: "3" };
    gateway.dispatch("INTERACTION_CREATE", form);
    for (const data of [null, {}, [], "x"]) gateway.dispatch("MESSAGE_CREATE", data);
    await program.said('"packet":"MESSAGE_CREATE"');
    await Promise.all([setup.slack.socket.send("interactive", []), setup.slack.socket.send("events_api", {})]);
    await expectDiscord(setup);
    await expectSlack(setup);
    expect(await expectStop(program)).toContain('"packet":"INTERACTION_CREATE"');
  });

  test.each([
    ["error", /"origin":"uncaughtException","error":"TypeError","code":"","where":"at /u],
    ["rejection", /"origin":"unhandledRejection","error":"RangeError","code":"","where":"at /u],
    ["word", /"origin":"unhandledRejection","error":"\w+","code":"ERR_UNHANDLED_REJECTION"/u],
  ])("after an error that nobody caught: %s", async (kind, line) => {
    const { setup, program } = await withThrower(kind);
    program.signal("SIGUSR2");
    await program.said('"event":"uncaught"');
    await expectDiscord(setup);
    await expectSlack(setup);
    const stderr = await expectStop(program);
    expect(stderr).not.toContain("canary");
    expect(stderr).toMatch(line);
  });
});

test("errors that nobody caught and that do not end are the end, with a code that says so", async () => {
  const { program } = await withThrower("error");
  const timer = setInterval(() => program.signal("SIGUSR2"), 20);
  const { code, stderr } = await program.ended;
  clearInterval(timer);
  expect(code).toBe(70);
  expect(stderr).toContain("Sweetspot ends, as its state cannot be trusted any more");
  expect(stderr.split('"event":"uncaught"').length - 1).toBe(21);
});
