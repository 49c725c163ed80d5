/** Where something was said, as far as Slack tells: without a place nothing is done that belongs to one. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMessage, readPressed, readSlash, readSubmission } from "../../../adapters/slack/inbound.ts";
import { openHostedCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";
import type { Json } from "../../support/malformed.ts";

const someone = { home: "T1", user: "U1" };
const slash = {
  command: "/coach",
  text: "group join",
  user_id: "U1",
  channel_id: "C1",
  trigger_id: "t1",
  response_url: "http://127.0.0.1:1/",
};
const press = { trigger_id: "t1", response_url: slash.response_url, actions: [{ value: "/group join" }] };
const metadata = { kind: "address", url: slash.response_url, isDirect: false };
const submission = { view: { id: "V1", callback_id: "/group join", private_metadata: "", state: { values: {} } } };

/** Everything but an id of Slack's. */
const noId = fc.oneof(
  fc.constantFrom<Json>(null, "", " ", "C1 T2", "C1\n", "general room", 5, true, [], {}, ["C1"], { id: "" }),
  fc
    .jsonValue({ maxDepth: 1 })
    .map((value) => value as Json)
    .filter((value) => typeof value !== "string" || !/^\w{1,64}$/u.test(value)),
);

describe("without the id of a channel", () => {
  test("a command, a press and a form belong nowhere", () => {
    fc.assert(
      fc.property(noId, (id) => {
        const channel = id as never;
        expect(readSlash({ ...slash, channel_id: channel }, someone, "").surface).toBeUndefined();
        expect(readPressed({ ...press, container: { type: "message", channel_id: channel } }, someone).asked.surface).toBeUndefined();
        expect(readPressed({ ...press, channel: { id: channel } }, someone).asked.surface).toBeUndefined();
        const view = { ...submission.view, private_metadata: JSON.stringify({ ...metadata, channel: id }) };
        expect(readSubmission({ view }, someone).surface).toBeUndefined();
      }),
    );
    expect(readPressed(press, someone).asked.surface).toBeUndefined();
    const view = { ...submission.view, private_metadata: JSON.stringify(metadata) };
    expect(readSubmission({ view }, someone).surface).toBeUndefined();
  });

  test("or of whoever speaks, a message cannot be read", () => {
    fc.assert(
      fc.property(noId, fc.boolean(), (id, isDirect) => {
        const how = { botId: "U9", isDirect, prefix: "" };
        const said = { channel: id as never, ts: "7.1", text: "20 strength", user: "U1" };
        expect(() => readMessage(said, someone, how)).toThrow(TypeError);
        expect(() => readMessage({ ...said, channel: "D1" }, { ...someone, home: id as never }, { ...how, isDirect: true })).toThrow(
          TypeError,
        );
      }),
    );
  });

  test("of a conversation of two, no message is taken for one that nobody else reads", () => {
    const said = { channel: "C1", ts: "7.1", text: "20 strength", user: "U1" };
    expect(() => readMessage(said, someone, { botId: "U9", isDirect: true, prefix: "" })).toThrow(TypeError);
    expect(readMessage({ ...said, channel: "D1" }, someone, { botId: "U9", isDirect: true, prefix: "" })?.surface?.reach).toBe("direct");
  });
});

test("with it, they belong there", () => {
  const address = "channel T1 C1";
  expect(readSlash(slash, someone, "").surface?.address).toBe(address);
  expect(readPressed({ ...press, container: { type: "message", channel_id: "C1" } }, someone).asked.surface?.address).toBe(address);
  expect(readPressed({ ...press, channel: { id: "C1" } }, someone).asked.surface?.address).toBe(address);
});

const form = { contentType: "application/x-www-form-urlencoded" } as const;

describe.each([
  ["in a workspace", { workspaces: 1 }],
  ["in an organisation", { workspaces: 0, inOrganisation: 2 }],
])("%s", (_, options) => {
  test("a group is neither begun nor joined where Slack names no channel, and the person reads so", async () => {
    const hosted = await openHostedCoachOnSlack(options);
    const { slack } = hosted;
    const { workspace, ann, answerTo } = hosted.at(0);
    const isOrgWide = "inOrganisation" in options;
    await slack.browser().install(isOrgWide ? slack.organisation.enterpriseId : workspace.teamId);
    workspace.promote(ann);
    await answerTo(() => ann.slash("/log", "20 strength"));
    const used = slack.calls("response_url").length;
    const organisation = isOrgWide ? { enterprise_id: slack.organisation.enterpriseId, is_enterprise_install: "true" } : {};
    const about = { command: "/coach", team_id: workspace.teamId, user_id: ann.id, ...organisation };
    for (const text of ["group create Morning crew", "group join"]) {
      for (const channel of [{}, { channel_id: "" }, { channel_id: "no channel" }]) {
        const body = {
          ...about,
          text,
          ...channel,
          trigger_id: crypto.randomUUID(),
          response_url: `${slack.apiUrl.replace(/api\/$/u, "")}respond/none`,
        };
        expect(await slack.http.post(new URLSearchParams(body).toString(), form)).toBe(200);
      }
    }
    await expect.poll(() => slack.calls("response_url").length - used, { timeout: 15_000 }).toBeGreaterThanOrEqual(6);
    const said = slack
      .calls("response_url")
      .slice(used)
      .map(({ body }) => String(body["text"]));
    expect(said.filter((words) => !words.includes("couldn't see which channel"))).toEqual([]);
    expect((await answerTo(() => ann.slash("/coach", "group join"))).text).toContain("no channel of a group");
  });
});
