/** The fake server's edge of HTTP, held by the real Bolt alone, and by what arrives where no Bolt is. */

import { createHmac } from "node:crypto";
import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/web-api";
import { describe, expect, onTestFinished, test } from "vitest";
import { openBolt } from "../../support/fake-slack/bolt.ts";
import { type Listener, openListener } from "../../support/fake-slack/listener.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Person, Seen, Slack, SlackOptions } from "../../support/fake-slack/types.ts";

async function aSlack(options: SlackOptions = { workspaces: 2 }): Promise<Slack> {
  const slack = await openSlack(options);
  onTestFinished(slack.close);
  return slack;
}

/** A Slack in whose first workspace the app is without any OAuth, as over Socket Mode, but aimed at a bot that is none. */
async function listened(...answers: Parameters<typeof openListener> extends [Slack, ...infer Rest] ? Rest : never) {
  const slack = await aSlack({ patience: 500 });
  const listener: Listener = await openListener(slack, ...answers);
  return { slack, listener, ann: slack.person("ann") };
}

async function shown(person: Person, place: string): Promise<Seen> {
  const fromBot = (): Seen | undefined => person.screen(place).findLast(({ isFromBot }) => isFromBot);
  await expect.poll(fromBot, { timeout: 5000, interval: 5 }).toBeDefined();
  const last = fromBot();
  if (!last) throw new Error("Look at the screen: something must be shown");
  return last;
}

const button = { type: "button", action_id: "press", text: { type: "plain_text", text: "More" }, value: "more" } as const;
const form: ModalView = {
  type: "modal",
  callback_id: "form",
  title: { type: "plain_text", text: "Words" },
  blocks: [
    {
      type: "input",
      block_id: "words",
      label: { type: "plain_text", text: "Which" },
      element: { type: "plain_text_input", action_id: "words" },
    },
  ],
};

/** Says by what it was reached, and from where. */
function tellAll(heard: string[]): (app: App) => void {
  const note = (what: string, context: { teamId?: string; enterpriseId?: string; isEnterpriseInstall: boolean }): void =>
    void heard.push([what, context.teamId, context.enterpriseId, context.isEnterpriseInstall ? "whole" : "one"].join(" "));
  return (app) => {
    app.command("/log", async ({ ack, respond, context, body }) => {
      await ack();
      note(`command ${body.text}`, context);
      await respond({ text: "More?", blocks: [{ type: "actions", elements: [button] }] });
    });
    app.action("press", async ({ ack, context, client, body }) => {
      await ack();
      note("press", context);
      if ("trigger_id" in body) await client.views.open({ trigger_id: body.trigger_id, view: form });
    });
    app.view("form", async ({ ack, context, view }) => {
      await ack();
      note(`form ${view.state.values["words"]?.["words"]?.value}`, context);
    });
    app.shortcut("quick", async ({ ack, context }) => {
      await ack();
      note("shortcut", context);
    });
    app.event("message", async ({ context, event }) => note(`message ${"text" in event ? event.text : ""}`, context));
    app.event("app_mention", async ({ context }) => note("mention", context));
    app.event("app_home_opened", async ({ context, client, event }) => {
      note("home", context);
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [{ type: "actions", elements: [button] }] } });
    });
    app.event("user_change", async ({ context, event }) => note(`change ${event.user.tz} ${event.user.locale}`, context));
  };
}

/** All that a person can do, once. */
async function doAll(person: Person, channel: string, botId: string): Promise<void> {
  await person.slash("/log", "20 strength", channel);
  await person.press(await shown(person, channel), "More");
  await expect.poll(person.modal, { timeout: 5000, interval: 5 }).toBeDefined();
  const modal = person.modal();
  if (modal) await person.submit(modal, "an hour");
  await person.shortcut("quick");
  await person.say("you & me");
  await person.say("nobody is named", channel);
  await person.say(`<@${botId}> hello`, channel);
  await person.openHome();
  await expect.poll(person.home, { timeout: 5000, interval: 5 }).toBeDefined();
  const home = person.home();
  if (home) await person.press(home, "More");
  await person.setTimeZone("Asia/Tokyo");
  await person.setLocale("en-US");
}

const all = [
  "command 20 strength",
  "press",
  "form an hour",
  "shortcut",
  "message you &amp; me",
  "mention",
  "home",
  "press",
  "change Asia/Tokyo en-GB",
  "change Asia/Tokyo en-US",
];

describe("Bolt over HTTP", () => {
  test("hears all that somebody does in the second of two workspaces", async () => {
    const slack = await aSlack();
    const heard: string[] = [];
    await openBolt(slack, tellAll(heard));
    const { teamId, channel, botId, person } = slack.workspace(1);
    await slack.browser().install(teamId);
    await doAll(person("ann"), channel, botId);
    await expect.poll(() => heard, { timeout: 5000, interval: 5 }).toEqual(all.map((what) => `${what} ${teamId}  one`));
    expect(slack.http.deliveries.map(({ retry, status }) => [retry, status])).toEqual(all.map(() => [0, 200]));
    expect(slack.problems).toEqual([]);
  });

  test.each([true, false])("hears it in a workspace of an organisation, installed in the whole of it: %s", async (isWhole) => {
    const slack = await aSlack({ workspaces: 1, inOrganisation: 2 });
    const heard: string[] = [];
    await openBolt(slack, tellAll(heard));
    const { teamId, channel, botId, person } = slack.workspace(2);
    const { enterpriseId } = slack.organisation;
    await slack.browser().install(isWhole ? enterpriseId : teamId);
    await doAll(person("bo"), channel, botId);
    const how = `${teamId} ${enterpriseId} ${isWhole ? "whole" : "one"}`;
    await expect.poll(() => heard, { timeout: 5000, interval: 5 }).toEqual(all.map((what) => `${what} ${how}`));
    expect(slack.problems).toEqual([]);
  });

  test("shows what was said to those alone who are there", async () => {
    const slack = await aSlack({ inOrganisation: 2 });
    await openBolt(slack, tellAll([]));
    await slack.browser().install(slack.organisation.enterpriseId);
    const [here, there] = [slack.workspace(0), slack.workspace(1)];
    expect(here.channel).not.toBe(there.channel);
    await here.person("ann").slash("/log", "");
    await shown(here.person("ann"), here.channel);
    expect(there.person("ann").screen(here.channel)).toEqual([]);
    expect(here.person("bo").screen(here.channel)).toEqual([]);
  });
});

describe("what was not acknowledged", () => {
  test("is sent again at once where it is an event, and says so", async () => {
    const { slack, listener, ann } = await listened({ status: 500 }, undefined, { status: 302 });
    await ann.say("hello");
    expect(slack.http.deliveries).toEqual([
      { what: "message", retry: 0, status: 500 },
      { what: "message", retry: 1, status: "late" },
      { what: "message", retry: 2, status: 302 },
      { what: "message", retry: 3, status: 200 },
    ]);
    const retries = listener.heard.map(({ headers }) => [headers["x-slack-retry-num"], headers["x-slack-retry-reason"]]);
    expect(retries).toEqual([
      [undefined, undefined],
      ["1", "http_error"],
      ["2", "http_timeout"],
      ["3", "http_error"],
    ]);
    expect(new Set(listener.heard.map(({ body }) => body["event_id"])).size).toBe(1);
  });

  test("is given up after three times, and where nobody listens", async () => {
    const { slack, listener, ann } = await listened();
    await listener.close();
    await ann.openHome();
    const statuses = slack.http.deliveries.map(({ retry, status }) => [retry, status]);
    expect(statuses).toEqual([0, 1, 2, 3].map((retry) => [retry, "unreachable"]));
  });

  test("is not sent again where the bot does not want it", async () => {
    const { slack, ann } = await listened({ status: 500, headers: { "x-slack-no-retry": "1" } });
    await ann.say("hello");
    expect(slack.http.deliveries).toHaveLength(1);
  });

  test("is not sent again where it is a command or a press", async () => {
    const { slack, ann } = await listened({ status: 500 }, undefined);
    await ann.slash("/log", "");
    await ann.shortcut("quick");
    expect(slack.http.deliveries).toEqual([
      { what: "/log", retry: 0, status: 500 },
      { what: "shortcut", retry: 0, status: "late" },
    ]);
  });
});

test("all is signed over its very words", async () => {
  const { slack, listener, ann } = await listened();
  await ann.say("ü & 💪");
  await ann.slash("/log", "ü & 💪");
  await ann.shortcut("quick");
  for (const { headers, text } of listener.heard) {
    const timestamp = String(headers["x-slack-request-timestamp"]);
    expect(Math.abs(Number(timestamp) - Temporal.Now.instant().epochMilliseconds / 1000)).toBeLessThan(60);
    const signature = createHmac("sha256", slack.http.signingSecret).update(`v0:${timestamp}:${text}`).digest("hex");
    expect(headers["x-slack-signature"]).toBe(`v0=${signature}`);
  }
  const types = listener.heard.map(({ headers }) => headers["content-type"]);
  expect(types).toEqual(["application/json", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded"]);
  expect(listener.heard[1]?.body).toMatchObject({ command: "/log", text: "ü & 💪", is_enterprise_install: "false" });
});

describe("what names nobody", () => {
  test("are too many events, in an envelope of their own", async () => {
    const { slack, listener } = await listened();
    await slack.limitRate();
    expect(listener.heard[0]?.body).toEqual({
      token: "verification-token",
      type: "app_rate_limited",
      team_id: slack.teamId,
      minute_rate_limited: expect.any(Number),
      api_app_id: "A1",
    });
  });

  test("is the end of an installation", async () => {
    const { slack, listener } = await listened();
    await slack.uninstall(slack.teamId);
    const [revoked, uninstalled] = listener.heard.map(({ body }) => body);
    expect(revoked).toMatchObject({ team_id: slack.teamId, event: { type: "tokens_revoked", tokens: { oauth: [], bot: [slack.botId] } } });
    expect(uninstalled).toMatchObject({ type: "event_callback", team_id: slack.teamId, event: { type: "app_uninstalled" } });
    expect(uninstalled).not.toHaveProperty("authorizations");
  });
});
