/** Slack is out, or refuses what it is to show, while somebody waits for an answer: what they read, how often, and when. */

import { describe, expect, test } from "vitest";
import type { DeliveryKey } from "#core/lib/ids.ts";
import type { Reply } from "#core/model/reply.ts";
import { openCoachOnSlack, type CoachOnSlack, to } from "../../support/fake-slack/coach-on-slack.ts";
import type { Fault, Person } from "../../support/fake-slack/types.ts";

const logged = "20 min strength logged";
const out: readonly Fault[] = [
  { kind: "status", status: 502 },
  { kind: "status", status: 503 },
  { kind: "drop" },
  { kind: "done-then-drop" },
  { kind: "error", error: "fatal_error" },
];

function answersTo({ screen, dm }: Person): readonly string[] {
  return screen(dm)
    .filter(({ isFromBot }) => isFromBot)
    .map(({ text }) => text);
}

function whispersTo({ screen }: Person, { slack }: CoachOnSlack): readonly string[] {
  return screen(slack.channel)
    .filter(({ isFromBot }) => isFromBot)
    .map(({ text }) => text);
}

describe("an answer that Slack does not take for a while", () => {
  test.each(out)("to a direct message comes once, when it is over ($kind)", async (fault) => {
    const setup = await openCoachOnSlack();
    const { ann, slack, answerTo } = setup;
    slack.fail("chat.postMessage", fault, 4);
    expect((await answerTo(() => ann.say("20 strength"), ann, ann.dm)).text).toContain(logged);
    expect((await answerTo(() => ann.say("/week"), ann, ann.dm)).text).toContain("20 of 40–60 min");
    expect(answersTo(ann)).toHaveLength(2);
  });

  test.each(out.filter(({ kind }) => kind !== "done-then-drop"))(
    "to a command and to a mention is shown there, to the asker alone ($kind)",
    async (fault) => {
      const setup = await openCoachOnSlack();
      const { ann, bo, slack, answerTo } = setup;
      if (fault.kind !== "error") slack.fail("response_url", fault, 3);
      slack.fail("chat.postEphemeral", fault, 3);
      expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain(logged);
      expect((await answerTo(() => ann.say(`<@${slack.botId}> 30 walk`, slack.channel))).text).toContain("30 min walk");
      expect(answersTo(ann)).toEqual([]);
      expect(whispersTo(bo, setup)).toEqual([]);
    },
  );

  test("comes before the answer to what was asked later", async () => {
    const { ann, slack } = await openCoachOnSlack();
    slack.fail("chat.postMessage", { kind: "status", status: 503 }, 3);
    await ann.say("20 strength");
    await ann.say("30 walk");
    await expect.poll(() => answersTo(ann).length, { timeout: 10_000 }).toBe(2);
    expect(answersTo(ann)).toEqual([expect.stringContaining("20 min strength"), expect.stringContaining("30 min walk")]);
  });
});

describe("an answer for which nobody waits any more", () => {
  test.each<readonly [string, string, (ann: Person, setup: CoachOnSlack) => Promise<void>]>([
    ["a direct message", "chat.postMessage", (ann) => ann.say("20 strength")],
    ["a command", "response_url", (ann) => ann.slash("/log", "20 strength")],
    ["a mention", "chat.postEphemeral", (ann, { slack }) => ann.say(`<@${slack.botId}> 20 strength`, slack.channel)],
  ])("to %s is sent by the outbox as a direct message, and once", async (_, method, ask) => {
    const setup = await openCoachOnSlack({ answerWait: 300 });
    const { ann, bo, slack } = setup;
    for (const each of new Set([method, "chat.postMessage"])) slack.fail(each, { kind: "status", status: 503 }, Infinity);
    await ask(ann, setup);
    await setup.logs("answer-deferred");
    expect(answersTo(ann)).toEqual([]);
    slack.heal();
    await setup.deliver();
    await setup.deliver();
    expect(answersTo(ann)).toEqual([expect.stringContaining(logged)]);
    expect(await setup.minutesOf(ann)).toBe(20);
    expect(whispersTo(bo, setup)).toEqual([]);
  });

  test("that arrived all the same is found, and not sent again", async () => {
    const setup = await openCoachOnSlack({ answerWait: 300 });
    const { ann, slack } = setup;
    slack.fail("chat.postMessage", { kind: "done-then-drop" }, 1);
    slack.fail("conversations.history", { kind: "status", status: 503 }, Infinity);
    await ann.say("20 strength");
    await setup.logs("answer-deferred");
    slack.heal();
    setup.turn({ hours: 1 });
    await setup.deliver();
    expect(answersTo(ann)).toEqual([expect.stringContaining(logged)]);
  });

  test("is the outbox's at a stop", async () => {
    const setup = await openCoachOnSlack();
    const { ann, slack } = setup;
    slack.fail("chat.postMessage", { kind: "status", status: 503 }, Infinity);
    await ann.say("20 strength");
    await setup.logs("slack-answer-failed");
    await setup.adapter.stop();
    expect(setup.logged).toContain("answer-deferred");
  });
});

describe("what Slack refuses to show", () => {
  const words = ["invalid_blocks", "invalid_attachments", "msg_too_long", "invalid_arguments", "never_heard_of"];
  test.each<Fault>([...words.map((error): Fault => ({ kind: "error", error })), { kind: "status", status: 413 }])(
    "is said without its picture: $error$status",
    async (fault) => {
      const { ann, slack, answerTo, logs } = await openCoachOnSlack();
      slack.fail("chat.postMessage", fault);
      const said = await answerTo(() => ann.say("/week"), ann, ann.dm);
      expect([said.text.includes("0 of 40–60 min"), said.pictures]).toEqual([true, []]);
      slack.fail("chat.postEphemeral", fault);
      const aside = await answerTo(() => ann.say(`<@${slack.botId}> /week`, slack.channel));
      expect([aside.isPrivate, aside.pictures, aside.text.includes("0 of 40–60 min")]).toEqual([true, [], true]);
      await logs("slack-form-refused");
    },
  );

  test("in two forms is said in plain words, with what can be typed in place of its buttons", async () => {
    const { ann, slack, answerTo } = await openCoachOnSlack();
    slack.fail("chat.postMessage", { kind: "error", error: "invalid_blocks" }, 2);
    const said = await answerTo(() => ann.say("/week"), ann, ann.dm);
    expect([said.blocks, said.buttons]).toEqual([[], []]);
    expect(said.text).toContain("0 of 40–60 min");
    expect(said.text).toMatch(/: \/(?:week|coach)/u);
  });

  test("on the App Home is shown without its picture, then in plain words", async () => {
    const { ann, slack } = await openCoachOnSlack();
    slack.fail("views.publish", { kind: "error", error: "invalid_arguments" }, 2);
    await ann.openHome();
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("0 of 40–60 min");
    expect(ann.home()?.blocks.map(({ type }) => type)).toEqual(["section"]);
  });

  test("as a form is told with what can be typed instead, from a button and from the shortcut", async () => {
    const { ann, slack, answerTo } = await openCoachOnSlack();
    const settings = await answerTo(() => ann.say("/settings"), ann, ann.dm);
    const zone = settings.menu.find(({ label }) => label.startsWith("Time zone"));
    slack.fail("views.open", { kind: "error", error: "invalid_arguments" }, 2);
    const told = await answerTo(() => ann.press(settings, zone?.label ?? ""), ann, ann.dm);
    expect(told.text).toBe("The form didn't open. You can type it instead: /coach settings time zone …");
    const other = await answerTo(() => ann.shortcut("log-a-session"), ann, ann.dm);
    expect(other.text).toBe("The form didn't open. You can type it instead: /log …");
  });
});

describe("a file that Slack does not take", () => {
  const csv: Reply = {
    blocks: [
      { kind: "text", text: ["Here it is."] },
      { kind: "file", name: "a.csv", type: "text/csv", content: "a" },
    ],
  };
  const key = "export ann 1" as DeliveryKey;
  test.each<readonly [string, Fault]>([
    ["files.getUploadURLExternal", { kind: "error", error: "missing_scope" }],
    ["files.getUploadURLExternal", { kind: "error", error: "file_uploads_disabled" }],
    ["upload", { kind: "status", status: 413 }],
    ["upload", { kind: "status", status: 500 }],
    ["files.completeUploadExternal", { kind: "error", error: "file_upload_size_restricted" }],
    ["files.completeUploadExternal", { kind: "drop" }],
  ])("at %s (%j) is said to have failed, with what works instead", async (method, fault) => {
    const { slack, adapter, ann } = await openCoachOnSlack();
    slack.fail(method, fault, Infinity);
    expect(await adapter.send(to(slack.teamId, ann), csv, key)).toEqual({ kind: "sent" });
    expect(answersTo(ann)).toEqual([
      "The file didn't come through. /coach history shows your sessions page by page, and /coach export tries the file again.\nHere it is.",
    ]);
  });
});
