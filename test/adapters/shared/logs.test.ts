/** What the operator reads of a failure: enough to mend it, and nothing of anybody. */

import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRequestError } from "@slack/web-api";
import { describe, expect, test } from "vitest";
import { describeError } from "#src/ports/describe-error.ts";
import { createOutage } from "../../../adapters/shared/outage-log.ts";
import { reasonOf } from "../../../adapters/discord/close-codes.ts";
import { logRequests, routeOf } from "../../../adapters/discord/requests.ts";
import { createClient, respond } from "../../../adapters/slack/client.ts";
import { openCoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";
import { openSlack } from "../../support/fake-slack/server.ts";

type Line = { readonly event: string; readonly fields: object };

function aLog() {
  const lines: Line[] = [];
  const note = (event: string, fields: object = {}): void => void lines.push({ event, fields });
  return { lines, log: { info: note, warn: note, error: note } };
}

describe("an error", () => {
  test.each<readonly [string, Error, object]>([
    ["Slack's own word", new WebAPIPlatformError({ ok: false, error: "invalid_blocks" }), { code: "invalid_blocks" }],
    ["the status", new WebAPIHTTPError(503, "", {}), { status: 503 }],
    ["what broke beneath it", new WebAPIRequestError(Object.assign(new Error("x"), { code: "ECONNRESET" })), { code: "ECONNRESET" }],
    ["its own code", Object.assign(new Error("x"), { code: "EACCES" }), { code: "EACCES" }],
  ])("is told with %s", (_, error, told) => {
    expect(describeError(error)).toMatchObject(told);
  });

  test("is told without what stands where a word should", () => {
    const told = describeError(new WebAPIPlatformError({ ok: false, error: "20 min strength, Ann" }));
    expect(JSON.stringify(told)).not.toContain("Ann");
  });
});

describe("a request to Discord", () => {
  test.each([
    ["https://discord.com/api/v10/channels/123/messages/456?limit=1", "/channels/:id/messages/:id"],
    ["https://discord.com/api/v10/webhooks/1/aW50ZXJhY3Rpb246MTI/messages/%40original", "/webhooks/:id/:token/messages/@original"],
    ["https://discord.com/api/v10/interactions/1/aW50ZXJ_Y3Rpb24/callback", "/interactions/:id/:token/callback"],
    ["https://discord.com/api/v10/users/@me/channels", "/users/@me/channels"],
  ])("%s is told as %s", (url, route) => {
    expect(routeOf(url)).toBe(route);
  });

  test("that fails is told by its status and Discord's code, and its body can still be read", async () => {
    const { lines, log } = aLog();
    const ask = logRequests(log, async () => Response.json({ code: 50035, message: "20 min strength" }, { status: 400 }));
    const response = await ask("https://discord.com/api/v10/channels/1/messages", { method: "POST" });
    expect(await response.json()).toMatchObject({ code: 50035 });
    expect(lines).toEqual([
      { event: "discord-request-failed", fields: { method: "POST", route: "/channels/:id/messages", status: 400, code: 50035 } },
    ]);
  });

  test("that is not answered is told by what broke", async () => {
    const { lines, log } = aLog();
    const ask = logRequests(log, () => Promise.reject(Object.assign(new Error("x"), { code: "ECONNREFUSED" })));
    await expect(ask("https://discord.com/api/v10/users/@me", {})).rejects.toThrow("x");
    expect(lines).toMatchObject([{ fields: { method: "GET", route: "/users/@me", code: "ECONNREFUSED" } }]);
  });
});

describe("a connection to Discord", () => {
  test("that is closed is told by its code, and the log says when it is over", async () => {
    const setup = await openCoachOnDiscord({ waits: { firstWait: 10 } });
    setup.discord.gateway.closeAll(4000);
    await setup.logs("discord-connection-closed");
    await setup.logs("discord-resumed");
    const told = setup.logged
      .filter(({ event }) => ["discord-connection-closed", "discord-resumed"].includes(event))
      .map(({ fields }) => fields);
    expect(told).toEqual([{ code: 4000, reason: "gateway" }, { seconds: expect.any(Number) }]);
  });

  test.each([
    [1006, "line"],
    [4004, "token"],
    [4008, "rate-limit"],
    [4009, "session"],
    [4014, "intents"],
    [4011, "set-up"],
    [4000, "gateway"],
  ])("closed by %i is one of %s", (code, reason) => {
    expect(reasonOf(code)).toBe(reason);
  });
});

test("logs a failed Slack call by method, status and Slack's code, without message text", async () => {
  const slack = await openSlack();
  const { lines, log } = aLog();
  const client = createClient(slack.apiUrl, log);
  slack.fail("chat.postMessage", { kind: "error", error: "not_in_channel" });
  slack.fail("users.info", { kind: "status", status: 503 });
  const token = slack.botToken;
  await expect(client.chat.postMessage({ token, channel: "C1", text: "20 min strength" })).rejects.toThrow(/not_in_channel/u);
  await expect(client.users.info({ token, user: "U1" })).rejects.toThrow();
  await expect(respond(new URL("/respond/none", slack.apiUrl).href, { text: "20 min strength" }, log)).rejects.toThrow();
  await slack.close();
  expect(lines).toMatchObject([
    { event: "slack-call-failed", fields: { method: "chat.postMessage", code: "not_in_channel" } },
    { event: "slack-call-failed", fields: { method: "users.info", status: 503 } },
    { event: "slack-call-failed", fields: { method: "response_url", code: "expired_url" } },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/20 min|xoxb/u);
});

test("an outage is counted from when it began, once", () => {
  let now = 0;
  const outage = createOutage(() => now);
  expect(outage.end()).toBeUndefined();
  outage.begin();
  now = 4000;
  outage.begin();
  now = 7400;
  expect([outage.end(), outage.end()]).toEqual([7, undefined]);
});
