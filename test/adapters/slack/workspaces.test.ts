/** Many workspaces under one bot: each with its own people and token, which are renewed, refused and lost by themselves. */

import { describe, expect, test } from "vitest";
import type { DeliveryKey, PlatformName } from "#core/lib/ids.ts";
import { type Reply, text } from "#core/model/reply.ts";
import { createTokenCipher } from "#src/runtime/token-cipher.ts";
import { openHostedCoachOnSlack, kept, to } from "../../support/fake-slack/coach-on-slack.ts";

const hello: Reply = { blocks: [text("Hello.")] };
const key = (name: string): DeliveryKey => `weekly ${name}` as DeliveryKey;

describe("two workspaces", () => {
  test("with people of the same ids know nothing of each other (F1, F2)", async () => {
    const hosted = await openHostedCoachOnSlack();
    const [one, other] = [hosted.at(0), hosted.at(1)];
    for (const { workspace } of [one, other]) await hosted.slack.browser().install(workspace.teamId);
    expect(one.ann.id).toBe(other.ann.id);
    await one.answerTo(() => one.ann.slash("/log", '20 strength "in the first"'));
    expect((await other.answerTo(() => other.ann.slash("/week", ""))).text).toContain("0 of 40–60 min");
    expect((await other.answerTo(() => other.ann.slash("/coach", "history"))).text).not.toContain("strength");
    expect(await other.minutesOf(other.ann)).toBeUndefined();
    expect(await one.minutesOf(one.ann)).toBe(20);
  });

  test("are each written to with their own token (F3)", async () => {
    const hosted = await openHostedCoachOnSlack();
    const both = [hosted.at(0), hosted.at(1)];
    for (const { workspace } of both) await hosted.slack.browser().install(workspace.teamId);
    for (const { workspace, ann } of both) {
      expect(await hosted.adapter.send(to(workspace.teamId, ann), hello, key(workspace.teamId))).toEqual({ kind: "sent" });
      expect(workspace.calls("chat.postMessage")).toHaveLength(1);
      expect(ann.screen(ann.dm).map((seen) => seen.text)).toEqual(["Hello."]);
    }
  });

  test("take no presses of each other: what one shows means nothing in the other", async () => {
    const hosted = await openHostedCoachOnSlack();
    const [one, other] = [hosted.at(0), hosted.at(1)];
    for (const { workspace } of [one, other]) await hosted.slack.browser().install(workspace.teamId);
    const shown = await one.answerTo(() => one.ann.slash("/log", "20 strength"));
    const said = await other.answerTo(() => other.ann.press({ ...shown, place: other.workspace.channel }, "Undo"));
    expect(said.text).not.toContain("20 min strength");
    expect(await one.minutesOf(one.ann)).toBe(20);
  });

  test("do not wait for each other where one is slow", async () => {
    const hosted = await openHostedCoachOnSlack();
    const [one, other] = [hosted.at(0), hosted.at(1)];
    for (const { workspace } of [one, other]) await hosted.slack.browser().install(workspace.teamId);
    one.workspace.fail("users.info", { kind: "hang" }, 9);
    const waiting = one.ann.slash("/log", "20 strength");
    expect((await other.answerTo(() => other.ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    hosted.slack.heal();
    await waiting;
  });
});

describe("taking it out", () => {
  test("ends its token at once, leaves people's sessions, and installing it again brings them back", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { ann, workspace, answerTo, minutesOf } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    await answerTo(() => ann.slash("/log", "20 strength"));
    await hosted.slack.uninstall(workspace.teamId);
    await hosted.logs("slack-uninstalled");
    expect(await kept(hosted, workspace.teamId)).toBeUndefined();
    const calls = workspace.calls("chat.postMessage").length;
    const result = await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"));
    expect(result.kind === "later" && result.after?.total("hours")).toBe(6);
    expect(workspace.calls("chat.postMessage")).toHaveLength(calls);
    expect(await minutesOf(ann)).toBe(20);
    await hosted.slack.browser().install(workspace.teamId);
    expect((await answerTo(() => ann.slash("/week", ""))).text).toContain("20 of 40–60 min");
    expect(await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"))).toEqual({ kind: "sent" });
  });

  test("of one leaves the other as it is", async () => {
    const hosted = await openHostedCoachOnSlack();
    const [one, other] = [hosted.at(0), hosted.at(1)];
    for (const { workspace } of [one, other]) await hosted.slack.browser().install(workspace.teamId);
    await hosted.slack.uninstall(one.workspace.teamId);
    await hosted.logs("slack-uninstalled");
    expect((await other.answerTo(() => other.ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
  });

  test("that is told late, when it is installed again, ends nothing", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { ann, workspace, answerTo } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    await hosted.slack.tellUninstalled(workspace.teamId);
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    expect(await kept(hosted, workspace.teamId)).toBeDefined();
  });

  test("that was never told is noticed when its token is refused", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { ann, workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    await hosted.slack.oauth.revoke(workspace.teamId);
    await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"));
    await hosted.logs("slack-uninstalled");
    expect(await kept(hosted, workspace.teamId)).toBeUndefined();
  });

  test("a token that is refused once and good again is kept", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { ann, workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    workspace.fail("chat.postMessage", { kind: "error", error: "invalid_auth" });
    const result = await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"));
    expect(result.kind === "later" && result.after?.total("hours")).toBe(1);
    expect(await kept(hosted, workspace.teamId)).toBeDefined();
  });
});

describe("tokens that rotate", () => {
  test("are renewed before they are too old, also for what is sent unasked, and kept", async () => {
    const hosted = await openHostedCoachOnSlack({ rotation: 3600 });
    const { ann, workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    const before = hosted.slack.oauth.token(workspace.teamId);
    expect(await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"))).toEqual({ kind: "sent" });
    const after = hosted.slack.oauth.token(workspace.teamId);
    expect(after).not.toBe(before);
    expect(await kept(hosted, workspace.teamId)).toContain(after ?? "no token");
  });

  test("are left alone while they are young", async () => {
    const hosted = await openHostedCoachOnSlack({ rotation: 43_200 });
    const { ann, workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"));
    expect(hosted.slack.calls("oauth.v2.access")).toHaveLength(1);
  });

  test("are renewed once by many who need them at once", async () => {
    const hosted = await openHostedCoachOnSlack({ rotation: 3600 });
    const { workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    const crowd = Array.from({ length: 8 }, (_, index) => workspace.person(`person ${index}`));
    const sent = await Promise.all(crowd.map((person, index) => hosted.adapter.send(to(workspace.teamId, person), hello, key(`${index}`))));
    expect(sent.map(({ kind }) => kind)).toEqual(sent.map(() => "sent"));
    expect(hosted.slack.calls("oauth.v2.access")).toHaveLength(2);
  });

  test("that cannot be renewed while Slack is out are used for as long as they are good", async () => {
    const hosted = await openHostedCoachOnSlack({ rotation: 3600 });
    const { ann, workspace, answerTo } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    hosted.slack.fail("oauth.v2.access", { kind: "status", status: 503 });
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    expect(await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"))).toEqual({ kind: "sent" });
  });

  test("that are over before they were renewed are told, waited for, and keep their workspace", async () => {
    const hosted = await openHostedCoachOnSlack({ rotation: 3600 });
    const { ann, workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    hosted.slack.oauth.expire(workspace.teamId);
    hosted.slack.fail("oauth.v2.access", { kind: "status", status: 503 }, 2);
    const result = await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"));
    expect(result.kind === "later" && result.after?.total("hours")).toBe(1);
    await hosted.logs("slack-token-expired");
    expect(await hosted.adapter.send(to(workspace.teamId, ann), hello, key("ann"))).toEqual({ kind: "sent" });
  });
});

test("a key that is lost keeps what it sealed, and whoever types is told", async () => {
  const hosted = await openHostedCoachOnSlack();
  const { ann, workspace, answerTo } = hosted.at(0);
  await hosted.slack.browser().install(workspace.teamId);
  const sealed = createTokenCipher([new Uint8Array(32).fill(9)]).encrypt("{}", `slack ${workspace.teamId}`);
  const installation = { platform: "slack" as PlatformName, workspace: workspace.teamId, encryptedToken: sealed };
  await hosted.store.commit([{ kind: "installation-saved", installation }]);
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("I hold no key to this workspace");
  await hosted.logs("slack-token-failed");
  expect((await hosted.store.findInstallation("slack" as PlatformName, workspace.teamId))?.encryptedToken).toBe(sealed);
});
