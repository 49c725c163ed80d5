/** Slack over HTTP: what it sends is heard, and what somebody else sends is refused, with nothing done. */

import { createHmac } from "node:crypto";
import { request } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSlack } from "../../../adapters/slack/index.ts";
import { openHostedCoachOnSlack, type HostedCoachOnSlack, httpOptions } from "../../support/fake-slack/coach-on-slack.ts";

/** A coach that is installed in the first workspace. */
async function installed(options: Parameters<typeof openHostedCoachOnSlack>[0] = {}) {
  const hosted = await openHostedCoachOnSlack(options);
  await hosted.slack.browser().install(hosted.slack.teamId);
  return { ...hosted, ...hosted.at(0) };
}

/** What Slack would post for `/log 20 strength` of Ann's. */
function logged({ slack, at }: HostedCoachOnSlack, trigger = "trigger-1"): string {
  const { ann, workspace } = at(0);
  return new URLSearchParams({
    command: "/log",
    text: "20 strength",
    team_id: workspace.teamId,
    user_id: ann.id,
    channel_id: workspace.channel,
    trigger_id: trigger,
    response_url: `${slack.apiUrl.replace(/api\/$/u, "")}respond/none`,
  }).toString();
}

const form = { contentType: "application/x-www-form-urlencoded" } as const;
const inSeconds = (seconds: number): string => String(Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + seconds);

describe("what Slack sends over HTTP", () => {
  test("is acknowledged at once and answered: command, mention, message, button, form and App Home", async () => {
    const { slack, ann, bo, workspace, answerTo, minutesOf } = await installed();
    const first = await answerTo(() => ann.slash("/log", "20 strength"));
    expect(first.text).toContain("20 min strength logged for today; this week 20 of 40–60 min.");
    expect(first.isPrivate).toBe(true);
    const mention = await answerTo(() => ann.say(`<@${workspace.botId}> 10 strength`, workspace.channel));
    expect(mention.isPrivate).toBe(true);
    expect((await answerTo(() => ann.say("30 walk"), ann, ann.dm)).text).toContain("30 min walk");
    expect((await answerTo(() => ann.press(first, "This week"))).text).toContain("30 of 40–60 min");
    await ann.openHome();
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("30 of 40–60 min");
    await ann.shortcut("log-a-session");
    await expect.poll(ann.modal, { timeout: 8000 }).toBeDefined();
    const modal = ann.modal();
    if (modal) await ann.submit(modal, "15 strength");
    await expect.poll(() => minutesOf(ann), { timeout: 8000 }).toBe(75);
    expect(bo.screen(workspace.channel).filter(({ isFromBot }) => isFromBot)).toEqual([]);
    expect(slack.http.deliveries.map(({ status }) => status)).toEqual(slack.http.deliveries.map(() => 200));
  });

  test("and says again, with other headers, is recorded once (A3, A5)", async () => {
    const hosted = await installed();
    const { slack, ann, answerTo, minutesOf } = hosted;
    const event = {
      type: "message",
      channel_type: "im",
      user: ann.id,
      text: "20 strength",
      ts: "7.1",
      channel: ann.dm,
      client_msg_id: "m1",
    };
    const body = JSON.stringify({ type: "event_callback", team_id: slack.teamId, event_id: "Ev1", event });
    const retry = { headers: { "x-slack-retry-num": "1", "x-slack-retry-reason": "http_timeout" } };
    await answerTo(
      async () => void (await Promise.all([slack.http.post(body), slack.http.post(body, retry), slack.http.post(body, retry)])),
      ann,
      ann.dm,
    );
    expect(await slack.http.post(body, retry)).toBe(200);
    await answerTo(() => ann.say("/week"), ann, ann.dm);
    expect(await minutesOf(ann)).toBe(20);
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(2);
  });

  test("and nobody understands is acknowledged, so that it is not said again (A13)", async () => {
    const { slack, ann, workspace, answerTo } = await installed();
    await workspace.limitRate();
    expect(slack.http.deliveries.at(-1)?.status).toBe(200);
    expect(await slack.http.post(JSON.stringify({ type: "never_heard_of" }))).toBe(200);
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
  });
});

describe("what was not sent by Slack", () => {
  test.each<readonly [string, Parameters<HostedCoachOnSlack["slack"]["http"]["post"]>[1]]>([
    ["another secret", { ...form, secret: "0123456789abcdef0123456789abcdef" }],
    ["no signature", { ...form, signature: null }],
    ["an empty signature", { ...form, signature: "" }],
    ["a signature of another kind", { ...form, signature: `v1=${"0".repeat(64)}` }],
    ["a timestamp of six minutes ago", { ...form, timestamp: inSeconds(-360) }],
    ["no timestamp", { ...form, timestamp: null }],
    ["no number as timestamp", { ...form, timestamp: "yesterday" }],
  ])("with %s is refused, with nothing done", async (_, how) => {
    const hosted = await installed();
    const { slack, ann } = { ...hosted, ...hosted.at(0) };
    expect(await slack.http.post(logged(hosted), how)).toBe(401);
    await hosted.logs("slack-request-refused");
    expect(slack.calls("response_url")).toEqual([]);
    expect(await hosted.minutesOf(ann)).toBeUndefined();
  });

  test("but was signed by it and changed since is refused", async () => {
    const hosted = await installed();
    const { slack, ann } = hosted;
    const timestamp = inSeconds(0);
    const signed = `v0:${timestamp}:${logged(hosted)}`;
    const signature = `v0=${createHmac("sha256", slack.http.signingSecret).update(signed).digest("hex")}`;
    expect(await slack.http.post(logged(hosted).replace("20+", "600+"), { ...form, timestamp, signature })).toBe(401);
    expect(await slack.http.post(logged(hosted), { ...form, timestamp: String(Number(timestamp) + 1), signature })).toBe(401);
    expect(await hosted.minutesOf(ann)).toBeUndefined();
  });

  test("but was recorded on its way and sent once more within five minutes does nothing", async () => {
    const hosted = await installed();
    const { slack, ann, minutesOf } = hosted;
    const [timestamp, body] = [inSeconds(-100), logged(hosted)];
    expect(await slack.http.post(body, { ...form, timestamp })).toBe(200);
    await expect.poll(() => minutesOf(ann), { timeout: 8000 }).toBe(20);
    expect(await slack.http.post(body, { ...form, timestamp })).toBe(200);
    expect(await slack.http.post(body, { ...form, timestamp })).toBe(200);
    await hosted.answerTo(() => ann.slash("/week", ""));
    expect(await minutesOf(ann)).toBe(20);
  });

  test("is refused where it is larger than anything of Slack's, signed or not (G7)", async () => {
    const hosted = await installed();
    const { slack, ann } = hosted;
    const large = `text=${"x".repeat(10_000_000)}`;
    expect(await slack.http.post(large, form)).toBe(413);
    expect(await slack.http.post(large, { ...form, signature: null })).toBe(413);
    expect((await hosted.answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
  });

  test.each(["{", "[]", '"a"', "payload=%7B", '{"type":"event_callback"}', '{"type":"block_actions"}'])(
    "and makes no sense is refused or passed over, and the next is answered: %j",
    async (body) => {
      const hosted = await installed();
      for (const how of [{}, form]) expect([200, 400]).toContain(await hosted.slack.http.post(body, how));
      expect((await hosted.answerTo(() => hosted.ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    },
  );

  test("at addresses that are not there is not found", async () => {
    const { origin } = await installed();
    for (const path of ["/", "/slack", "/slack/events", "/.env", "/slack/events/../../etc/passwd"])
      expect((await fetch(origin + path)).status).toBe(404);
  });
});

test("a request that never comes to its end does not hold up a stop", async () => {
  const { adapter, origin } = await installed();
  const open = request(`${origin}/slack/events`, { method: "POST", headers: { "content-length": 1000 } });
  const closed = new Promise<void>((resolve) => {
    open.on("error", () => resolve());
    open.on("close", () => resolve());
  });
  open.write("{");
  await adapter.stop();
  await closed;
  await expect(fetch(origin)).rejects.toThrow();
});

test("a port that somebody else has ends this adapter, and says what to change", async () => {
  const { slack, store, origin } = await installed();
  const told: string[] = [];
  const nothing = (): void => {};
  const clock = { now: () => Temporal.Now.instant() };
  const adapter = createSlack({
    ...httpOptions(slack, store, clock),
    port: Number(new URL(origin).port),
    apiUrl: slack.apiUrl,
    prefix: "",
    clock,
    log: { info: nothing, warn: nothing, error: nothing },
    renderPng: async () => new Uint8Array(),
    tell: (line) => void told.push(line),
  });
  onTestFinished(() => adapter.stop());
  await adapter.start({ handle: async () => undefined, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => false });
  await adapter.ended;
  expect(told).toEqual([
    expect.stringMatching(/^Slack cannot be heard on 127\.0\.0\.1, port \d+ \(EADDRINUSE\)\. PORT and HOST say where to listen\.$/u),
  ]);
});
