/** The fake server's tokens while they rotate, are over, and are taken back, held by the real Bolt alone. */

import { describe, expect, onTestFinished, test } from "vitest";
import { type Bolt, clientOf, openBolt } from "../../support/fake-slack/bolt.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Slack, SlackOptions } from "../../support/fake-slack/types.ts";

type Installed = { readonly slack: Slack; readonly bolt: Bolt; readonly home: string; readonly heard: readonly string[] };

/** A bot in the first of two workspaces, which notes what became of it. */
async function installed(options: SlackOptions = {}): Promise<Installed> {
  const slack = await openSlack({ workspaces: 2, ...options });
  onTestFinished(slack.close);
  const heard: string[] = [];
  const bolt = await openBolt(slack, (app) => {
    app.event("app_uninstalled", async ({ context }) => void heard.push(`app_uninstalled ${context.teamId}`));
    app.event("tokens_revoked", async ({ context, event }) => void heard.push(`tokens_revoked ${context.teamId} ${event.tokens.bot?.[0]}`));
    app.command("/log", async ({ ack }) => await ack());
  });
  const home = slack.workspace(0).teamId;
  await slack.browser().install(home);
  return { slack, bolt, home, heard };
}

async function kept({ bolt, home }: Installed) {
  const { bot } = await bolt.store.fetchInstallation({ teamId: home, enterpriseId: undefined, isEnterpriseInstall: false });
  if (bot) return bot;
  throw new Error("Look at the installation: it must hold the bot's token");
}

async function refresh(slack: Slack, token: string | undefined) {
  const { clientId, clientSecret } = slack.oauth;
  const asked = { client_id: clientId, client_secret: clientSecret, grant_type: "refresh_token" as const, refresh_token: token ?? "" };
  return await clientOf(slack).oauth.v2.access(asked);
}

const refused = (error: string): object => ({ data: { error } });

describe("tokens that rotate", () => {
  test("are given with how long they are good, and with what gives the next", async () => {
    const all = await installed({ rotation: 43_200 });
    const bot = await kept(all);
    const inTwelveHours = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000) + 43_200;
    expect(bot.token).toBe(all.slack.oauth.token(all.home));
    expect(bot.expiresAt).toBeGreaterThan(inTwelveHours - 60);
    expect(bot.expiresAt).toBeLessThanOrEqual(inTwelveHours);
    const next = await refresh(all.slack, bot.refreshToken);
    expect(next).toMatchObject({
      token_type: "bot",
      expires_in: 43_200,
      team: { id: all.home },
      bot_user_id: bot.userId,
      scope: "commands,chat:write",
    });
    expect(next.access_token).toBe(all.slack.oauth.token(all.home));
    // The one before stays good for as long as it was said to be; what gave the next gives no other.
    await clientOf(all.slack, bot.token).auth.test();
    await expect(refresh(all.slack, bot.refreshToken)).rejects.toMatchObject(refused("invalid_refresh_token"));
    await refresh(all.slack, next.refresh_token);
  });

  test("are refreshed by Bolt once they are soon over", async () => {
    const all = await installed({ rotation: 3600 });
    const { token: before } = await kept(all);
    await all.slack.workspace(0).person("ann").slash("/log", "");
    const { token: after } = await kept(all);
    expect(after).not.toBe(before);
    expect(after).toBe(all.slack.oauth.token(all.home));
  });

  test("are over when Slack's clock says so, and at once where a test wants it", async () => {
    let now = Temporal.Now.instant();
    const all = await installed({ rotation: 43_200, now: () => now });
    const { token, refreshToken } = await kept(all);
    now = now.add({ seconds: 43_199 });
    await clientOf(all.slack, token).auth.test();
    now = now.add({ seconds: 1 });
    await expect(clientOf(all.slack, token).auth.test()).rejects.toMatchObject(refused("token_expired"));
    const next = await refresh(all.slack, refreshToken);
    await clientOf(all.slack, next.access_token).auth.test();
    all.slack.oauth.expire(all.home);
    await expect(clientOf(all.slack, next.access_token).auth.test()).rejects.toMatchObject(refused("token_expired"));
    await refresh(all.slack, next.refresh_token);
  });
});

describe("an app that is taken out", () => {
  test("is told, and its tokens are good no longer", async () => {
    const all = await installed({ rotation: 43_200 });
    const { slack, home, heard } = all;
    const bot = await kept(all);
    await slack.browser().install(slack.workspace(1).teamId);
    await slack.uninstall(home);
    expect(heard).toEqual([`tokens_revoked ${home} ${bot.userId}`, `app_uninstalled ${home}`]);
    await expect(clientOf(slack, bot.token).auth.test()).rejects.toMatchObject(refused("account_inactive"));
    await expect(refresh(slack, bot.refreshToken)).rejects.toMatchObject(refused("invalid_refresh_token"));
    await expect(slack.workspace(0).person("ann").slash("/log", "")).rejects.toThrow("must be installed");
    await clientOf(slack, slack.oauth.token(slack.workspace(1).teamId)).auth.test();
  });

  test("gets another token where it is installed again, and may be told late that it was not there", async () => {
    const all = await installed();
    const { slack, home, heard } = all;
    const { token } = await kept(all);
    await slack.uninstall(home);
    await slack.browser().install(home);
    expect(slack.oauth.token(home)).not.toBe(token);
    await slack.tellUninstalled(home);
    expect(heard).toHaveLength(4);
    await clientOf(slack, slack.oauth.token(home)).auth.test();
  });
});

test("tokens that are taken back while the app stays are told, and refused by another word", async () => {
  const all = await installed();
  const { slack, home, heard } = all;
  const bot = await kept(all);
  await slack.oauth.revoke(home);
  expect(heard).toEqual([`tokens_revoked ${home} ${bot.userId}`]);
  await expect(clientOf(slack, bot.token).auth.test()).rejects.toMatchObject(refused("token_revoked"));
  await slack.workspace(0).person("ann").slash("/log", "");
  expect(slack.http.deliveries.at(-1)).toEqual({ what: "/log", retry: 0, status: 200 });
});
