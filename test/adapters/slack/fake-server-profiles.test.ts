/** People of the fake server who come later, what their profiles tell, and faults in one workspace, held by the real client alone. */

import { describe, expect, onTestFinished, test } from "vitest";
import { clientOf, openBolt } from "../../support/fake-slack/bolt.ts";
import { openEmulator } from "../../support/fake-slack/emulator.ts";
import { openSlack } from "../../support/fake-slack/server.ts";
import type { Slack } from "../../support/fake-slack/types.ts";

async function aSlack(): Promise<Slack> {
  const slack = await openSlack();
  onTestFinished(slack.close);
  return slack;
}

const metadata = (key: string) => ({ event_type: "marked", event_payload: { key } });

describe("a newcomer", () => {
  test("is whoever is asked for, with a profile, a conversation and an App Home", async () => {
    const slack = await aSlack();
    const [client, zoe] = [clientOf(slack, slack.botToken), slack.person("zoe")];
    expect(slack.person("zoe")).toBe(zoe);
    expect(slack.person("yan").id).not.toBe(zoe.id);
    const { user } = await client.users.info({ user: zoe.id });
    expect(user).toMatchObject({ id: zoe.id, name: "zoe", tz: "Europe/Berlin", deleted: false, is_bot: false, team_id: slack.teamId });
    expect((await client.conversations.open({ users: zoe.id })).channel?.id).toBe(zoe.dm);
    await client.chat.postMessage({ channel: zoe.id, text: "Hello" });
    expect(zoe.screen(zoe.dm).map(({ text }) => text)).toEqual(["Hello"]);
    await client.chat.postEphemeral({ channel: slack.channel, user: zoe.id, text: "Psst" });
    expect(zoe.screen(slack.channel)).toMatchObject([{ text: "Psst", isPrivate: true }]);
    await client.views.publish({ user_id: zoe.id, view: { type: "home", blocks: [] } });
    expect(zoe.home()).toBeDefined();
    expect([...slack.person("yan").screen(slack.channel), ...slack.person("yan").screen(zoe.dm)]).toEqual([]);
    await expect(client.users.info({ user: "U1999" })).rejects.toMatchObject({ data: { error: "user_not_found" } });
  });

  test("has a history, the newest first, in pages and since when it is asked for", async () => {
    let now = Temporal.Now.instant();
    const slack = await openSlack({ now: () => now });
    onTestFinished(slack.close);
    const [client, zoe] = [clientOf(slack, slack.botToken), slack.person("zoe")];
    for (const text of ["one", "two", "three"]) {
      await client.chat.postMessage({ channel: zoe.dm, text, metadata: metadata(text) });
      now = now.add({ minutes: 1 });
    }
    const first = await client.conversations.history({ channel: zoe.dm, limit: 2, include_all_metadata: true });
    expect(first.messages?.map(({ text, metadata }) => [text, metadata])).toEqual([
      ["three", metadata("three")],
      ["two", metadata("two")],
    ]);
    const cursor = first.response_metadata?.next_cursor ?? "";
    const rest = await client.conversations.history({ channel: zoe.dm, limit: 2, cursor });
    expect(rest.messages?.map(({ text }) => text)).toEqual(["one"]);
    expect(rest.messages?.[0]).not.toHaveProperty("metadata");
    expect(rest).toMatchObject({ has_more: false });
    const oldest = String(now.subtract({ seconds: 90 }).epochMilliseconds / 1000);
    const late = await client.conversations.history({ channel: zoe.dm, oldest });
    expect(late.messages?.map(({ text }) => text)).toEqual(["three"]);
  });

  test("is one of a thousand as well", async () => {
    const slack = await aSlack();
    const client = clientOf(slack, slack.botToken);
    const people = Array.from({ length: 1000 }, (_, place) => slack.person(`person-${place}`));
    await Promise.all(people.map(({ dm }) => client.chat.postMessage({ channel: dm, text: "Hello" })));
    expect(people.filter(({ dm, screen }) => screen(dm).length === 1)).toHaveLength(1000);
    expect(new Set(people.map(({ id }) => id)).size).toBe(1000);
  });
});

test("more may be asked of the emulator than it takes with one token", async () => {
  const ann = { name: "ann", realName: "Ann", id: "U1" };
  const emulator = await openEmulator({ name: "sweetspot", realName: "Sweetspot", id: "U2" }, [ann], 1);
  onTestFinished(emulator.close);
  const answers = new Set<unknown>();
  for (let round = 0; round < 51; round += 1) {
    const results = await Promise.all(Array.from({ length: 100 }, () => emulator.ask("users.info", { user: ann.id })));
    for (const { ok } of results) answers.add(ok);
  }
  expect([...answers]).toEqual([true]);
});

test("a language is told to who asks for it, and when it changes", async () => {
  const slack = await aSlack();
  const [client, ann, zoe] = [clientOf(slack, slack.botToken), slack.person("ann"), slack.person("zoe")];
  for (const { id } of [ann, zoe]) {
    expect((await client.users.info({ user: id })).user).not.toHaveProperty("locale");
    expect((await client.users.info({ user: id, include_locale: true })).user).toMatchObject({ locale: "en-GB" });
  }
  await ann.setLocale("en-US");
  expect((await client.users.info({ user: ann.id, include_locale: true })).user).toMatchObject({ locale: "en-US" });
  expect((await client.users.info({ user: zoe.id, include_locale: true })).user).toMatchObject({ locale: "en-GB" });
});

describe("faults", () => {
  test("may be of one workspace alone", async () => {
    const slack = await openSlack({ workspaces: 2 });
    onTestFinished(slack.close);
    await openBolt(slack);
    const [one, other] = [slack.workspace(0), slack.workspace(1)];
    for (const { teamId } of [one, other]) await slack.browser().install(teamId);
    const ask = async ({ teamId }: typeof one) =>
      await clientOf(slack, slack.oauth.token(teamId)).users.info({ user: one.person("ann").id });
    one.fail("users.info", { kind: "error", error: "fatal_error" }, 2);
    await ask(other);
    await expect(ask(one)).rejects.toMatchObject({ data: { error: "fatal_error" } });
    expect([one, other].map(({ calls }) => calls("users.info").length)).toEqual([1, 1]);
    slack.heal();
    await ask(one);
  });

  test("may be slow: it is done in the end, and at once where all is healed", async () => {
    const slack = await aSlack();
    const [client, ann] = [clientOf(slack, slack.botToken), slack.person("ann")];
    slack.fail("chat.postMessage", { kind: "slow", after: 20 });
    const before = performance.now();
    await client.chat.postMessage({ channel: ann.dm, text: "late" });
    expect(performance.now() - before).toBeGreaterThan(19);
    expect(ann.screen(ann.dm)).toHaveLength(1);
    slack.fail("chat.postMessage", { kind: "slow", after: 3_600_000 });
    const posting = client.chat.postMessage({ channel: ann.dm, text: "later" });
    await expect.poll(() => slack.calls("chat.postMessage"), { interval: 5 }).toHaveLength(2);
    slack.heal();
    await posting;
    expect(ann.screen(ann.dm)).toHaveLength(2);
  });
});
