/** The fake server's workspaces and its OAuth, held by the real Bolt alone: what it gives is good, and what it promises to refuse is refused. */

import { describe, expect, onTestFinished, test } from "vitest";
import { clientOf, openBolt } from "../../support/fake-slack/bolt.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Slack, SlackOptions } from "../../support/fake-slack/types.ts";

async function aSlack(options: SlackOptions = { workspaces: 2 }): Promise<Slack> {
  const slack = await openSlack(options);
  onTestFinished(slack.close);
  return slack;
}

/** By what Slack refuses a token; undefined where it takes it. */
async function refusal(slack: Slack, token: string | undefined): Promise<unknown> {
  return await clientOf(slack, token)
    .auth.test()
    .then(() => undefined)
    .catch((error: unknown) => (error as { readonly data: { readonly error: string } }).data.error);
}

/** The code in the address to which Slack sends a browser. */
function codeIn(callback: string): string {
  return new URL(callback).searchParams.get("code") ?? "";
}

/** A code that Slack gave for the first workspace. */
async function aCode(slack: Slack): Promise<string> {
  const browser = slack.browser();
  await browser.ask();
  return codeIn(browser.approve(slack.workspace(0).teamId));
}

describe("an installation", () => {
  test("in two workspaces gives a token for each, which says whose it is", async () => {
    const slack = await aSlack();
    const { store } = await openBolt(slack);
    const [one, other] = [slack.workspace(0), slack.workspace(1)];
    for (const { teamId, botId } of [one, other]) {
      expect((await slack.browser().install(teamId)).status).toBe(200);
      const kept = await store.fetchInstallation({ teamId, enterpriseId: undefined, isEnterpriseInstall: false });
      const token = slack.oauth.token(teamId);
      expect(kept).toMatchObject({ team: { id: teamId }, appId: "A1", bot: { token, userId: botId, scopes: ["commands", "chat:write"] } });
      expect(kept.enterprise).toBeUndefined();
      const said = await clientOf(slack, token).auth.test();
      expect(said).toMatchObject({ team_id: teamId, user_id: botId, bot_id: kept.bot?.id, is_enterprise_install: false });
    }
    expect(slack.oauth.token(one.teamId)).not.toBe(slack.oauth.token(other.teamId));
    expect(one.botId).not.toBe(other.botId);
    expect(one.calls("auth.test")).toHaveLength(2);
  });

  test("in a whole organisation names no workspace, and is good in all of its workspaces", async () => {
    const slack = await aSlack({ inOrganisation: 2 });
    const { store } = await openBolt(slack);
    const { enterpriseId, name } = slack.organisation;
    expect((await slack.browser().install(enterpriseId)).status).toBe(200);
    const kept = await store.fetchInstallation({ teamId: undefined, enterpriseId, isEnterpriseInstall: true });
    expect(kept).toMatchObject({ isEnterpriseInstall: true, enterprise: { id: enterpriseId, name } });
    expect(kept.team).toBeUndefined();
    const client = clientOf(slack, slack.oauth.token(enterpriseId));
    expect(await client.auth.test()).toMatchObject({ enterprise_id: enterpriseId, is_enterprise_install: true });
    const [here, there] = [slack.workspace(0).person("ann"), slack.workspace(1).person("ann")];
    expect([here.id, here.dm]).toEqual([there.id, there.dm]);
    await client.chat.postMessage({ channel: here.dm, text: "Hello" });
    expect([here, there].map((ann) => ann.screen(ann.dm).length)).toEqual([1, 1]);
  });

  test("in one workspace of an organisation is that workspace's alone", async () => {
    const slack = await aSlack({ inOrganisation: 2 });
    const { store } = await openBolt(slack);
    const { teamId, enterpriseId } = slack.workspace(1);
    await slack.browser().install(teamId);
    const kept = await store.fetchInstallation({ teamId, enterpriseId, isEnterpriseInstall: false });
    expect(kept).toMatchObject({ isEnterpriseInstall: false, team: { id: teamId }, enterprise: { id: enterpriseId } });
    expect(slack.oauth.token(slack.workspace(0).teamId)).toBeUndefined();
    await expect(slack.workspace(0).person("ann").slash("/log", "")).rejects.toThrow("must be installed");
  });

  test("that is made once more gives the same token, where tokens do not rotate", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    const { teamId } = slack.workspace(0);
    await slack.browser().install(teamId);
    const first = slack.oauth.token(teamId);
    await slack.browser().install(teamId);
    expect(slack.oauth.token(teamId)).toBe(first);
  });
});

describe("a browser", () => {
  test("is sent back with nothing where somebody declines", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    const browser = slack.browser();
    expect((await browser.ask()).url).toContain(slack.oauth.authorizationUrl);
    const callback = browser.deny();
    expect(new URL(callback).searchParams.get("error")).toBe("access_denied");
    expect((await browser.open(callback)).text).toContain("slack_oauth_installer_authorization_error");
    expect(slack.calls("oauth.v2.access")).toEqual([]);
  });

  test("keeps its cookie to itself: what began in one does not end in another, nor a second time", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    const { teamId } = slack.workspace(0);
    const browser = slack.browser();
    await browser.ask();
    const callback = browser.approve(teamId);
    expect((await slack.browser().open(callback)).status).toBe(400);
    expect(slack.oauth.token(teamId)).toBeUndefined();
    const thief = browser.copy();
    expect((await browser.open(callback)).status).toBe(200);
    expect((await browser.open(callback)).status).toBe(400);
    // Bolt's own states are good for more than once; Slack's codes are not.
    expect((await thief.open(callback)).status).toBe(500);
    expect(slack.calls("oauth.v2.access")).toHaveLength(2);
  });

  test("comes back with any state that somebody makes up", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    const browser = slack.browser();
    await browser.ask();
    const callback = new URL(browser.approve(slack.workspace(0).teamId));
    callback.searchParams.set("state", "made-up");
    expect((await browser.open(callback.href)).text).toContain("slack_oauth_invalid_state");
  });

  test("reaches a bot that stands behind a name", async () => {
    const slack = await aSlack();
    const redirectUri = "https://coach.example/slack/oauth_redirect";
    const installerOptions = {
      directInstall: true,
      redirectUriPath: "/slack/oauth_redirect",
      clientOptions: { slackApiUrl: slack.apiUrl },
      authorizationUrl: slack.oauth.authorizationUrl,
    };
    const { origin } = await openBolt(slack, undefined, { redirectUri, installerOptions });
    await slack.http.aim(origin, "https://coach.example");
    const page = await slack.browser().install(slack.workspace(0).teamId);
    expect(page.status).toBe(200);
    expect(page.url).toMatch(/^https:\/\/coach\.example\/slack\/oauth_redirect\?code=/u);
  });

  test.each([
    ["another app", { client_id: "1.2" }, "invalid_client_id"],
    ["no scopes", { scope: "" }, "no_scopes"],
    ["an address that is not the bot's", { redirect_uri: "https://evil.example/slack/oauth_redirect" }, "bad_redirect_uri"],
  ])("is not asked for %s", async (_, wrong, text) => {
    const slack = await aSlack();
    await openBolt(slack);
    const asked = new URLSearchParams({ client_id: slack.oauth.clientId, scope: "commands", state: "s", ...wrong });
    const browser = slack.browser();
    expect(await browser.open(`${slack.oauth.authorizationUrl}?${asked.toString()}`)).toMatchObject({ status: 400, text });
    expect(() => browser.approve(slack.workspace(0).teamId)).toThrow("must be open");
  });
});

describe("a code", () => {
  const exchange = async (slack: Slack, more: object): Promise<unknown> => {
    const { clientId, clientSecret } = slack.oauth;
    const asked = { client_id: clientId, client_secret: clientSecret, ...more };
    return await clientOf(slack)
      .oauth.v2.access(asked)
      .then(({ team }) => team?.id)
      .catch((error: unknown) => (error as { readonly data: { readonly error: string } }).data.error);
  };

  test("is good once", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    const code = await aCode(slack);
    expect(await exchange(slack, { code })).toBe(slack.workspace(0).teamId);
    expect(await exchange(slack, { code })).toBe("invalid_code");
  });

  test("is good for ten minutes", async () => {
    let now = Temporal.Now.instant();
    const slack = await aSlack({ workspaces: 1, now: () => now });
    await openBolt(slack);
    const [code, late] = [await aCode(slack), await aCode(slack)];
    now = now.add({ minutes: 9 });
    expect(await exchange(slack, { code })).toBe(slack.workspace(0).teamId);
    now = now.add({ minutes: 1 });
    expect(await exchange(slack, { code: late })).toBe("invalid_code");
  });

  test.each([
    ["another app", { client_id: "1.2" }, "invalid_client_id"],
    ["whoever does not know the app's secret", { client_secret: "guessed" }, "bad_client_secret"],
    ["another address", { redirect_uri: "https://evil.example/" }, "bad_redirect_uri"],
    ["whoever makes one up", { code: "made-up" }, "invalid_code"],
  ])("is not for %s", async (_, wrong, error) => {
    const slack = await aSlack();
    await openBolt(slack);
    expect(await exchange(slack, { code: await aCode(slack), ...wrong })).toBe(error);
    expect(slack.oauth.token(slack.workspace(0).teamId)).toBeUndefined();
  });

  test("may be exchanged with the app's secret in a header", async () => {
    const slack = await aSlack();
    await openBolt(slack);
    const { clientId, clientSecret } = slack.oauth;
    const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
    const body = new URLSearchParams({ code: await aCode(slack) });
    const answer = await fetch(`${slack.apiUrl}oauth.v2.access`, { method: "POST", headers: { authorization }, body });
    expect(await answer.json()).toMatchObject({ ok: true, team: { id: slack.workspace(0).teamId }, token_type: "bot" });
  });
});

test("people of two workspaces may have one id, and neither sees what the other is told", async () => {
  const slack = await aSlack();
  await openBolt(slack);
  const [one, other] = [slack.workspace(0), slack.workspace(1)];
  for (const { teamId } of [one, other]) await slack.browser().install(teamId);
  const [ann, namesake] = [one.person("ann"), other.person("ann")];
  expect(ann.id).toBe(namesake.id);
  expect(one.channel).toBe(other.channel);
  const client = clientOf(slack, slack.oauth.token(one.teamId));
  await client.chat.postMessage({ channel: ann.dm, text: "For Ann" });
  await client.views.publish({ user_id: ann.id, view: { type: "home", blocks: [] } });
  const refused = client.chat.postMessage({ channel: namesake.dm, text: "For another Ann" });
  await expect(refused).rejects.toMatchObject({ data: { error: "channel_not_found" } });
  expect(ann.screen(ann.dm)).toHaveLength(1);
  expect([...namesake.screen(namesake.dm), ...namesake.screen(other.channel)]).toEqual([]);
  expect([ann.home() !== undefined, namesake.home()]).toEqual([true, undefined]);
});

test("a token is taken in the body too; none is, and one that nobody gave, are refused", async () => {
  const slack = await aSlack();
  await openBolt(slack);
  const { teamId } = slack.workspace(0);
  await slack.browser().install(teamId);
  const body = new URLSearchParams({ token: slack.oauth.token(teamId) ?? "" });
  const answer = await fetch(`${slack.apiUrl}auth.test`, { method: "POST", body });
  expect(await answer.json()).toMatchObject({ ok: true, team_id: teamId });
  expect(await refusal(slack, undefined)).toBe("not_authed");
  expect(await refusal(slack, "xoxb-made-up")).toBe("invalid_auth");
});
