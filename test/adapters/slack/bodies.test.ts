/** Requests of Slack's that are not what its types promise: each has a proper answer, and the next is answered. */

import { request } from "node:http";
import { describe, expect, test } from "vitest";
import { openHostedCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";
import { fresh, renewed, sentBy } from "../../support/fake-slack/sent.ts";
import { spoiledOf, swaps } from "../../support/malformed.ts";

const form = { contentType: "application/x-www-form-urlencoded" } as const;

/** A coach over HTTP that is installed in the first workspace. */
async function installed() {
  const hosted = await openHostedCoachOnSlack();
  await hosted.slack.browser().install(hosted.slack.teamId);
  const { ann, answerTo } = hosted.at(0);
  const answers = async (): Promise<void> => expect((await answerTo(() => ann.slash("/week", ""))).text).toContain("Strength days");
  return { ...hosted, ann, answers };
}

describe("over HTTP", () => {
  test.each(["null", "[]", '"x"', "5", "true", "-0", '""', "[null]"])(
    "a signed %s is refused in every form, and the next is answered",
    async (json) => {
      const { slack, answers } = await installed();
      expect(await slack.http.post(json)).toBe(400);
      expect(await slack.http.post(new URLSearchParams({ payload: json }).toString(), form)).toBe(400);
      for (const signature of [null, "v0=00"]) expect(await slack.http.post(json, { signature })).toBe(401);
      await answers();
    },
  );

  test.each<[body: string, contentType: string, status: readonly number[]]>([
    ["", "application/json", [400]],
    ["", form.contentType, [200]],
    ["{", "application/json", [400]],
    ['{"a":', "application/json", [400]],
    ["payload=", form.contentType, [400]],
    ["payload=%7B", form.contentType, [400]],
    ["payload", form.contentType, [400]],
    ["payload=1&payload=2", form.contentType, [200]],
    ["nothing=1", form.contentType, [200]],
    ["{}", "application/json", [200]],
    ['{"event":null}', "application/json", [200]],
    ['{"event":"x","type":"event_callback"}', "application/json", [200]],
    ['{"type":"url_verification"}', "application/json", [200]],
    ['{"type":"url_verification","challenge":{"a":[]}}', "application/json; charset=utf-8", [200]],
    ['{"__proto__":null,"command":5}', "application/json", [200]],
    ["command=%2Flog", "text/plain", [400]],
    ["command=%2Flog", "multipart/form-data; boundary=x", [400]],
    ["command=%2Flog", "", [400]],
    ["\u0000\u0001", "application/octet-stream", [400]],
  ])("a signed %j as %j has a proper answer, and the next is answered", async (body, contentType, status) => {
    const { slack, answers } = await installed();
    expect(status).toContain(await slack.http.post(body, { contentType }));
    await answers();
  });

  test.each([
    "application/x-www-form-urlencoded;charset=UTF-8",
    "application/x-www-form-urlencoded; charset=utf-8",
    "Application/X-WWW-Form-Urlencoded",
  ])("a form is read as %s, too", async (contentType) => {
    const { slack, ann, answers, at } = await installed();
    const { minutesOf, workspace } = at(0);
    const about = { command: "/log", text: "20 strength", team_id: workspace.teamId, user_id: ann.id, channel_id: workspace.channel };
    const body = new URLSearchParams({ ...about, trigger_id: fresh(), response_url: `${slack.apiUrl.replace(/api\/$/u, "")}respond/none` });
    expect(await slack.http.post(body.toString(), { contentType })).toBe(200);
    await expect.poll(() => minutesOf(ann), { timeout: 8000 }).toBe(20);
    await answers();
  });

  test("what is spoiled is acknowledged, costs itself and no other", { timeout: 180_000 }, async () => {
    const { slack, ann, answers } = await installed();
    for (const sent of sentBy({ slack, ann })) {
      for (const payload of spoiledOf(sent.payload, swaps.slice(0, 2))) {
        const isEvent = sent.type === "events_api";
        const json = JSON.stringify(renewed(payload) ?? null);
        const body = isEvent ? json : new URLSearchParams({ payload: json }).toString();
        expect(await slack.http.post(body, isEvent ? {} : form)).toBe(payload === undefined || payload === null ? 400 : 200);
      }
      await answers();
    }
  });

  test("a request that breaks off in its body ends nothing", async () => {
    const { origin, answers } = await installed();
    for (const at of [0, 1, 2]) {
      const open = request(`${origin}/slack/events`, { method: "POST", headers: { "content-length": 1000 } });
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      open.on("error", () => undefined).on("close", () => resolve());
      open.write("x".repeat(at + 1), () => open.destroy());
      await closed;
    }
    await answers();
    expect((await fetch(origin)).status).toBe(404);
  });
});
