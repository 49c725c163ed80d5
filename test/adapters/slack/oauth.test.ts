/** The way into many workspaces: installing, installing anew, and every wrong way in. */

import { describe, expect, test } from "vitest";
import type { DeliveryKey } from "#core/lib/ids.ts";
import { type Reply, text } from "#core/model/reply.ts";
import { createManifest } from "../../../adapters/slack/manifest/index.ts";
import { openHostedCoachOnSlack, kept, to } from "../../support/fake-slack/coach-on-slack.ts";

const hello: Reply = { blocks: [text("Hello.")] };
const key = (name: string): DeliveryKey => `weekly ${name}` as DeliveryKey;

describe("installing", () => {
  test("leads through Slack to a page that says what to type, and then the bot answers there", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { ann, workspace, answerTo } = hosted.at(0);
    const page = await hosted.slack.browser().install(workspace.teamId);
    expect(page.status).toBe(200);
    expect(page.text).toContain("/log 20 strength");
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    expect(await kept(hosted, workspace.teamId)).toContain(hosted.slack.oauth.token(workspace.teamId) ?? "no token");
  });

  test("asks for no more than the manifest says", async () => {
    const { slack } = await openHostedCoachOnSlack();
    const { url } = await slack.browser().ask();
    const scopes = new URL(url).searchParams.get("scope")?.split(",");
    expect(scopes).toEqual(createManifest({ prefix: "", publicUrl: undefined }).oauth_config.scopes.bot);
  });

  test("again replaces the token, and people are who they were", async () => {
    const hosted = await openHostedCoachOnSlack({ rotation: 43_200 });
    const { ann, workspace, answerTo } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    await answerTo(() => ann.slash("/log", "20 strength"));
    const before = await kept(hosted, workspace.teamId);
    expect((await hosted.slack.browser().install(workspace.teamId)).status).toBe(200);
    expect(await kept(hosted, workspace.teamId)).not.toBe(before);
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("40 of 40–60 min");
  });

  test("in a whole organisation lets it answer in each of its workspaces, where people are one each", async () => {
    const hosted = await openHostedCoachOnSlack({ workspaces: 0, inOrganisation: 2 });
    const { enterpriseId } = hosted.slack.organisation;
    expect((await hosted.slack.browser().install(enterpriseId)).status).toBe(200);
    const [one, other] = [hosted.at(0), hosted.at(1)];
    expect((await one.answerTo(() => one.ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    // Ids are the organisation's own: the same person, wherever she types.
    expect((await other.answerTo(() => other.ann.slash("/log", "20 strength"))).text).toContain("40 of 40–60 min");
    expect(await hosted.adapter.send(to(enterpriseId, one.ann), hello, key("ann"))).toEqual({ kind: "sent" });
  });

  test("in a workspace of an organisation is that workspace's alone", async () => {
    const hosted = await openHostedCoachOnSlack({ workspaces: 0, inOrganisation: 2 });
    const [one, other] = [hosted.at(0), hosted.at(1)];
    await hosted.slack.browser().install(one.workspace.teamId);
    expect((await one.answerTo(() => one.ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    const result = await hosted.adapter.send(to(other.workspace.teamId, other.ann), hello, key("ann"));
    expect(result.kind === "later" && result.after?.total("hours")).toBe(6);
    expect(hosted.slack.calls("chat.postMessage")).toEqual([]);
  });
});

test("the installation cookie is SameSite, HttpOnly and Secure until it is deleted", async () => {
  const hosted = await openHostedCoachOnSlack();
  const cookieOf = async (url: string, cookie = ""): Promise<string> => {
    const response = await fetch(url, { redirect: "manual", headers: { cookie } });
    const [set = "", ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    return set;
  };
  const set = await cookieOf(`${hosted.origin}/slack/install`);
  const attributes = (line: string): readonly string[] => line.split("; ").slice(1).toSorted();
  expect(attributes(set)).toEqual(["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax", "Secure"]);
  const [cookie = ""] = set.split(";");
  const state = cookie.split("=")[1] ?? "";
  expect(state.length).toBeGreaterThan(40);
  const over = await cookieOf(`${hosted.origin}/slack/oauth_redirect?code=none&state=${state}`, cookie);
  expect(attributes(over)).toEqual(["Expires=Thu, 01 Jan 1970 00:00:00 GMT", "HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
});

describe("a way in that is not ours", () => {
  test("or was used already installs nothing, and leaves what is there", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { teamId } = hosted.at(0).workspace;
    const browser = hosted.slack.browser();
    await browser.ask();
    const back = browser.approve(teamId);
    expect((await browser.open(back)).status).toBe(200);
    const before = await kept(hosted, teamId);
    const again = await browser.open(back);
    expect([again.status, again.text.includes("works once")]).toEqual([400, true]);
    expect(await kept(hosted, teamId)).toBe(before);
  });

  test("used again with the cookie of its time and a fresh code installs nothing", async () => {
    const hosted = await openHostedCoachOnSlack();
    const [mine, theirs] = [hosted.at(0).workspace.teamId, hosted.at(1).workspace.teamId];
    const browser = hosted.slack.browser();
    await browser.ask();
    const [first, second] = [browser.approve(mine), browser.approve(theirs)];
    const cookie = `slack-app-oauth-state=${new URL(first).searchParams.get("state") ?? ""}`;
    const statuses: number[] = [];
    for (const url of [first, second]) statuses.push((await fetch(url, { headers: { cookie } })).status);
    expect(statuses).toEqual([200, 400]);
    expect(await kept(hosted, theirs)).toBeUndefined();
  });

  test("or begun in another browser installs nothing: nobody can make somebody else install their workspace", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { teamId } = hosted.at(0).workspace;
    const [attacker, victim] = [hosted.slack.browser(), hosted.slack.browser()];
    await attacker.ask();
    const back = attacker.approve(teamId);
    expect((await victim.open(back)).status).toBe(400);
    await victim.ask();
    expect((await victim.open(back)).status).toBe(400);
    expect(await kept(hosted, teamId)).toBeUndefined();
  });

  test.each(["", "made-up", "a.b.c", "a.99999999999999.c"])("with the state %j installs nothing", async (state) => {
    const hosted = await openHostedCoachOnSlack();
    const { teamId } = hosted.at(0).workspace;
    const browser = hosted.slack.browser();
    await browser.ask();
    const back = new URL(browser.approve(teamId));
    back.searchParams.set("state", state);
    const page = await fetch(back, { headers: { cookie: `slack-app-oauth-state=${state}` } });
    expect(page.status).toBe(400);
    expect(hosted.slack.calls("oauth.v2.access")).toEqual([]);
    expect(await kept(hosted, teamId)).toBeUndefined();
  });

  test("with a code that Slack does not know says so, and the operator hears of it", async () => {
    const hosted = await openHostedCoachOnSlack();
    const browser = hosted.slack.browser();
    await browser.ask();
    const back = new URL(browser.approve(hosted.slack.teamId));
    back.searchParams.set("code", "made-up");
    const page = await browser.open(back.href);
    expect([page.status, page.text.includes("Nothing was installed")]).toEqual([502, true]);
    await hosted.logs("slack-install-failed");
  });

  test("that somebody declines is fine", async () => {
    const hosted = await openHostedCoachOnSlack();
    const browser = hosted.slack.browser();
    await browser.ask();
    const page = await browser.open(browser.deny());
    expect([page.status, page.text.includes("You said no")]).toEqual([200, true]);
    expect(hosted.logged).not.toContain("slack-install-failed");
    expect(await kept(hosted, hosted.slack.teamId)).toBeUndefined();
  });

  test("shows nothing of what stands in the address", async () => {
    const { origin } = await openHostedCoachOnSlack();
    const page = await fetch(`${origin}/slack/oauth_redirect?error=%3Cscript%3E&code=%3Cscript%3E&state=%3Cscript%3E`);
    expect(await page.text()).not.toContain("<script>");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });
});
