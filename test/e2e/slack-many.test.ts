/** The whole program as a process in many workspaces of a Slack of this machine: installed, used, and taken out. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { after, openProgramOnSlack, startOn } from "../support/fake-slack/program.ts";

describe("in many workspaces", () => {
  test("each is installed, used, taken out and installed again by itself, and keys are changed meanwhile", async () => {
    const setup = await openProgramOnSlack("over HTTP");
    const { slack } = setup;
    const [one, other] = [slack.workspace(0), slack.workspace(1)];
    const [old, young] = [7, 8].map((value) => Buffer.alloc(32, value).toString("base64")) as [string, string];
    const before = await startOn(setup);
    expect((await slack.browser().install(other.teamId)).text).toContain("/log 20 strength");
    for (const { channel, person } of [one, other])
      expect((await after(person("ann"), channel, () => person("ann").slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    const first = await before.kill("SIGTERM");

    const renewing = await startOn(setup, undefined, { SLACK_TOKEN_KEYS: `${young},${old}` });
    await slack.uninstall(one.teamId);
    await renewing.said('"event":"slack-uninstalled"');
    const second = await renewing.kill("SIGTERM");
    expect(second.stderr).toContain("The tokens of 2 workspaces are kept under the first of SLACK_TOKEN_KEYS now");

    const last = await startOn(setup, undefined, { SLACK_TOKEN_KEYS: young });
    expect((await slack.browser().install(one.teamId)).status).toBe(200);
    for (const { channel, person } of [one, other])
      expect((await after(person("ann"), channel, () => person("ann").slash("/week", ""))).text).toContain("20 of 40–60 min");
    const third = await last.kill("SIGTERM");

    const secrets = [old, young, slack.oauth.clientSecret, slack.http.signingSecret, "xoxb-", "any-random-words"];
    const said = [first, second, third].map(({ stdout, stderr }) => stdout + stderr).join("");
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
    const file = ["", "-wal"].map((end) => join(setup.folder, `coach.db${end}`)).filter((path) => existsSync(path));
    expect(secrets.filter((secret) => file.some((path) => readFileSync(path, "latin1").includes(secret)))).toEqual([]);
    expect(slack.problems).toEqual([]);
  });

  test("a key that is lost is told at the start, and nothing is thrown away", async () => {
    const setup = await openProgramOnSlack("over HTTP");
    await (await startOn(setup)).kill("SIGTERM");
    const program = await startOn(setup, undefined, { SLACK_TOKEN_KEYS: Buffer.alloc(32, 9).toString("base64") });
    const { stderr } = await program.kill("SIGTERM");
    expect(stderr).toContain("The tokens of 1 workspace are kept under another key");
    const again = await startOn(setup);
    const ann = setup.slack.person("ann");
    expect((await after(ann, setup.slack.channel, () => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    await again.kill("SIGTERM");
  });
});
