/** The fake Slack server, held by the real Bolt alone: what it offers arrives, and what it promises to refuse is refused. */

import { App, SocketModeReceiver } from "@slack/bolt";
import { type KnownBlock, type ModalView, WebClient } from "@slack/web-api";
import { describe, expect, onTestFinished, test } from "vitest";
import { silent } from "../../../adapters/slack/client.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Person, Seen, Slack } from "../../support/fake-slack/types.ts";

type Bot = { readonly slack: Slack; readonly app: App; readonly ann: Person; readonly bo: Person };

function clientOf({ apiUrl, botToken }: Slack, token = botToken): WebClient {
  return new WebClient(token, { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: silent });
}

async function aSlack(): Promise<Slack> {
  const slack = await openSlack();
  onTestFinished(slack.close);
  return slack;
}

/** A bot that does what `listen` says, connected. */
async function aBot(listen: (app: App) => void): Promise<Bot> {
  const slack = await aSlack();
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logger: silent,
    clientPingTimeout: 200,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const app = new App({ receiver, logger: silent, token: slack.botToken, clientOptions: { slackApiUrl: slack.apiUrl } });
  listen(app);
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return { slack, app, ann: slack.person("ann"), bo: slack.person("bo") };
}

async function shown(person: Person, place: string, count = 1): Promise<Seen> {
  const fromBot = (): readonly Seen[] => person.screen(place).filter(({ isFromBot }) => isFromBot);
  await expect.poll(() => fromBot().length, { timeout: 5000, interval: 5 }).toBe(count);
  const last = fromBot().at(-1);
  if (!last) throw new Error("Look at the screen: something must be shown");
  return last;
}

const button = { type: "button", action_id: "press", text: { type: "plain_text", text: "More" }, value: "more" } as const;
const quiet = { unfurl_links: false, unfurl_media: false } as const;
const section = (text: string): KnownBlock => ({ type: "section", text: { type: "mrkdwn", text } });
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

describe("Bolt in Socket Mode", () => {
  test("answers a command to its asker alone", async () => {
    const { slack, ann, bo } = await aBot((app) => {
      app.command("/log", async ({ ack, respond, body }) => {
        await ack();
        await respond({ text: `${body.text} &amp; done` });
      });
    });
    await ann.slash("/log", "20 strength");
    expect(await shown(ann, slack.channel)).toMatchObject({ text: "20 strength & done", isPrivate: true });
    expect(bo.screen(slack.channel)).toEqual([]);
    expect(slack.socket.acknowledged).toHaveLength(1);
  });

  test("hears what is said to it and where it is named, and nothing else", async () => {
    const { slack, ann } = await aBot((app) => {
      app.event("message", async ({ say }) => void (await say({ text: "direct", ...quiet })));
      app.event("app_mention", async ({ say }) => void (await say({ text: "named", ...quiet })));
    });
    await ann.say("nobody is named", slack.channel);
    await ann.say(`<@${slack.botId}> hello`, slack.channel);
    await ann.say("hello");
    expect((await shown(ann, slack.channel)).text).toBe("named");
    expect((await shown(ann, ann.dm)).text).toBe("direct");
  });

  test("hears a press, opens a form with it, and hears what was filled in", async () => {
    const heard: unknown[] = [];
    const { slack, ann } = await aBot((app) => {
      app.command("/log", async ({ ack, respond }) => {
        await ack();
        await respond({ text: "More?", blocks: [section("More?"), { type: "actions", elements: [button] }] });
      });
      app.action("press", async ({ ack, client, body, action }) => {
        await ack();
        if (action.type === "button") heard.push(action.value);
        if ("trigger_id" in body) await client.views.open({ trigger_id: body.trigger_id, view: form });
      });
      app.view("form", async ({ ack, view }) => {
        await ack();
        heard.push(view.state.values["words"]?.["words"]?.value);
      });
    });
    await ann.slash("/log", "");
    await ann.press(await shown(ann, slack.channel), "More");
    await expect.poll(() => ann.modal()?.title, { interval: 5 }).toBe("Words");
    const modal = ann.modal();
    if (modal) await ann.submit(modal, "an hour");
    await expect.poll(() => heard, { interval: 5 }).toEqual(["more", "an hour"]);
    expect(ann.modal()).toBeUndefined();
  });

  test("shows an App Home to whom it belongs", async () => {
    const { ann, bo } = await aBot((app) => {
      app.event("app_home_opened", async ({ client, event }) => {
        await client.views.publish({ user_id: event.user, view: { type: "home", blocks: [section("Your week")] } });
      });
    });
    await ann.openHome();
    await expect.poll(() => ann.home()?.text, { interval: 5 }).toBe("Your week");
    expect(bo.home()).toBeUndefined();
  });

  test("connects anew where Slack wants it to", async () => {
    const { slack, ann } = await aBot((app) => {
      app.event("message", async ({ say }) => void (await say({ text: "here", ...quiet })));
    });
    slack.socket.break();
    await expect.poll(slack.socket.greeted, { timeout: 10_000, interval: 10 }).toBe(2);
    await ann.say("hello");
    expect((await shown(ann, ann.dm)).text).toBe("here");
  });
});

test("a picture that is uploaded in Slack's three steps is seen as it was", async () => {
  const slack = await aSlack();
  const [client, ann] = [clientOf(slack), slack.person("ann")];
  const bytes = new Uint8Array([137, 80, 78, 71, 0, 255]);
  const { upload_url: url = "", file_id: id = "" } = await client.files.getUploadURLExternal({ filename: "a.png", length: bytes.length });
  expect((await fetch(url, { method: "POST", body: bytes })).status).toBe(200);
  await client.files.completeUploadExternal({ files: [{ id, title: "A week" }] });
  const blocks: KnownBlock[] = [{ type: "image", slack_file: { id }, alt_text: "A week" }];
  await client.chat.postMessage({ channel: ann.dm, text: "A week", blocks, ...quiet });
  expect((await shown(ann, ann.dm)).pictures).toEqual([{ alt: "A week", bytes: Buffer.from(bytes) }]);
});

test("profiles tell the time zone, and who has left", async () => {
  const slack = await aSlack();
  const [client, ann] = [clientOf(slack), slack.person("ann")];
  expect((await client.users.info({ user: ann.id })).user).toMatchObject({ tz: "Europe/Berlin", deleted: false });
  await ann.setTimeZone("Asia/Tokyo");
  ann.deactivate();
  expect((await client.users.info({ user: ann.id })).user).toMatchObject({ tz: "Asia/Tokyo", deleted: true });
});

test.each(["xoxb-unknown", "xapp-unknown"])("the token %s is refused", async (token) => {
  const client = clientOf(await aSlack(), token);
  await expect(client.users.info({ user: "U1" })).rejects.toMatchObject({ data: { error: "invalid_auth" } });
  await expect(client.apps.connections.open({})).rejects.toMatchObject({ data: { error: "invalid_auth" } });
});

test("an address takes five answers, and a trigger opens one form", async () => {
  const trouble: unknown[] = [];
  const statuses: number[] = [];
  const { slack, ann } = await aBot((app) => {
    app.command("/log", async ({ ack, body, client }) => {
      await ack();
      const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text: "one" }) };
      for (let use = 0; use < 6; use += 1) statuses.push((await fetch(body.response_url, request)).status);
      await client.views.open({ trigger_id: body.trigger_id, view: form });
      await client.views.open({ trigger_id: body.trigger_id, view: form }).catch((error: unknown) => trouble.push(error));
    });
  });
  await ann.slash("/log", "");
  await expect.poll(() => trouble, { interval: 5 }).toMatchObject([{ data: { error: "expired_trigger_id" } }]);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 404]);
  await shown(ann, slack.channel, 5);
});

describe("what Slack refuses is refused, and told", () => {
  const actions = (...elements: (typeof button)[]): KnownBlock => ({ type: "actions", elements });
  const select = (count: number): KnownBlock => {
    const options = Array.from({ length: count }, (_, index) => ({
      text: { type: "plain_text" as const, text: "one" },
      value: `${index}`,
    }));
    return { type: "actions", elements: [{ type: "static_select", action_id: "pick", options }] };
  };
  const labelled = (text: string, value = "more"): typeof button =>
    ({ ...button, text: { type: "plain_text", text }, value }) as unknown as typeof button;
  const image = { type: "image", slack_file: { id: "F1" }, alt_text: "" } as const;

  test.each<readonly [what: string, text: string, blocks: KnownBlock[]]>([
    ["no words", " ", []],
    ["too many words", "a".repeat(40_001), []],
    ["markup", "<!channel>", []],
    ["a bare ampersand", "you & me", []],
    ["more than 50 blocks", "ok", Array.from({ length: 51 }, () => section("one"))],
    ["a section without words", "ok", [section("")]],
    ["a section that is too long", "ok", [section("a".repeat(3001))]],
    ["no buttons", "ok", [actions()]],
    [
      "26 buttons",
      "ok",
      [actions(...Array.from({ length: 26 }, (_, id) => ({ ...button, action_id: `p${id}` }) as unknown as typeof button))],
    ],
    ["the same action twice", "ok", [actions(button, button)]],
    ["a label that is too long", "ok", [actions(labelled("a".repeat(76)))]],
    ["a value that is too long", "ok", [actions(labelled("More", "a".repeat(2001)))]],
    ["a list of nothing", "ok", [select(0)]],
    ["a list of 101", "ok", [select(101)]],
    ["a picture without words for it", "ok", [image]],
  ])("a message with %s", async (_, text, blocks) => {
    const slack = await aSlack();
    const ann = slack.person("ann");
    const posting = clientOf(slack).chat.postMessage({ channel: ann.dm, text, blocks, ...quiet });
    await expect(posting).rejects.toMatchObject({ data: { ok: false } });
    expect(slack.problems).toHaveLength(1);
    expect(ann.screen(ann.dm)).toEqual([]);
  });
});
