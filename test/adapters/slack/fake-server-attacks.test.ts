/** What anybody may post to a bot, and the fake server does for a test: the real Bolt alone takes it, or refuses it. */

import { describe, expect, onTestFinished, test } from "vitest";
import { openBolt } from "../../support/fake-slack/bolt.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Slack } from "../../support/fake-slack/types.ts";

async function aSlack(): Promise<Slack> {
  const slack = await openSlack({ workspaces: 2 });
  onTestFinished(slack.close);
  return slack;
}

describe("anybody can post, and Bolt refuses", () => {
  const body = JSON.stringify({ type: "event_callback", team_id: "T000000001", event_id: "Ev1", event: { type: "app_home_opened" } });
  const ago = (seconds: number): string => String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) - seconds);

  test.each([
    ["nothing that Slack signed", {}, 200],
    ["nothing that it signed four minutes ago", { timestamp: ago(240) }, 200],
    ["what it signed six minutes ago", { timestamp: ago(360) }, 401],
    ["what was changed since", { signed: `${body} ` }, 401],
    ["what was signed with another secret", { secret: "guessed" }, 401],
    ["what is not signed", { signature: null }, 401],
    ["what says no time", { timestamp: null }, 401],
    ["what is signed by nobody", { signature: "v0=00" }, 401],
    ["what calls itself a form in another alphabet, and is JSON", { contentType: "application/x-www-form-urlencoded; charset=UTF-8" }, 200],
  ])("%s", async (_, how, status) => {
    const slack = await aSlack();
    const heard: string[] = [];
    await openBolt(slack, (app) => app.event("app_home_opened", async () => void heard.push("home")));
    await slack.browser().install(slack.teamId);
    expect(await slack.http.post(body, how)).toBe(status);
    expect(heard).toHaveLength(status === 200 ? 1 : 0);
    expect(slack.http.deliveries).toEqual([]);
  });

  test("ten million bytes", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    expect(await slack.http.post("x".repeat(10_000_000))).toBe(413);
  });
});

test("nothing is aimed at who does not answer Slack's challenge", async () => {
  const slack = await aSlack();
  await expect(openBolt(slack, undefined, { signingSecret: "another" })).rejects.toThrow("must answer Slack's challenge");
  await expect(slack.http.post("{}")).rejects.toThrow("must be aimed");
});
