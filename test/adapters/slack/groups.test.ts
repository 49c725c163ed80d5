/** Groups on Slack: rights that are asked for, answers that only the asker reads, lines that everybody does, and posts that are edited. */

import { describe, expect, test } from "vitest";
import type { Address, PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import { openCoachOnSlack, type CoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";
import type { Seen } from "../../support/fake-slack/types.ts";

const platform = "slack" as PlatformName;

type Crew = CoachOnSlack & {
  /** What everybody in the channel reads of the bot. */
  channel(): readonly Seen[];
  /** What is due then is done. */
  run(at: Temporal.Instant): Promise<void>;
  /** The next Monday morning at nine in Berlin. */
  readonly monday: Temporal.Instant;
};

/** Ann, who looks after the workspace, began a group in the channel, and Bo joined it. */
async function aCrew(): Promise<Crew> {
  const setup = await openCoachOnSlack();
  const { slack, ann, bo, adapter, store, answerTo } = setup;
  slack.promote(ann);
  expect((await answerTo(() => ann.slash("/coach", "group create Morning crew"))).text).toContain("Morning crew is here now.");
  const channel = (): readonly Seen[] => bo.screen(slack.channel).filter((seen) => seen.isFromBot && !seen.isPrivate);
  await expect.poll(() => channel().length).toBe(1);
  expect((await answerTo(() => bo.slash("/coach", "group join"), bo)).text).toContain("You are in Morning crew.");
  await expect.poll(() => channel().length).toBe(2);
  const note = (): void => {};
  const log = { info: note, warn: note, error: note };
  const today = setup.now().toZonedDateTimeISO("Europe/Berlin").startOfDay();
  return {
    ...setup,
    channel,
    monday: today.add({ days: 8 - today.dayOfWeek, hours: 9 }).toInstant(),
    async run(at) {
      const clock = { now: () => at };
      await createCoach({ store, clock, log, freshId: () => "unused", timeZone: "UTC" as TimeZone, jitter: 0 }).evaluateDuePrompts();
      await createOutbox({ store, clock, log, adapters: new Map([[platform, adapter]]), random: () => 0.5 }).deliver();
    },
  };
}

describe("who may manage a channel", () => {
  test("is who looks after the workspace, as Slack says at that moment, and nobody else", async () => {
    const { ann, bo, slack, answerTo } = await aCrew();
    expect((await answerTo(() => bo.slash("/coach", "group settings"), bo)).text).toContain("for those who may manage this channel");
    const settings = await answerTo(() => ann.slash("/coach", "group remove"));
    slack.demote(ann);
    expect((await answerTo(() => ann.press(settings, "The whole group"))).text).toContain("for those who may manage this channel");
    slack.promote(ann);
    expect((await answerTo(() => ann.press(settings, "The whole group"))).text).toContain("Morning crew has ended.");
  });

  test("is who made the channel", async () => {
    const { bo, slack, answerTo } = await aCrew();
    slack.setCreator(bo);
    expect((await answerTo(() => bo.slash("/coach", "group settings"), bo)).text).toContain("Settings of Morning crew.");
  });

  test("is nobody where Slack does not say, and nothing is changed where it does not answer", async () => {
    const { ann, bo, slack, answerTo } = await aCrew();
    slack.fail("conversations.info", { kind: "error", error: "missing_scope" });
    expect((await answerTo(() => bo.slash("/coach", "group code"), bo)).text).toContain("for those who may manage this channel");
    slack.fail("users.info", { kind: "error", error: "internal_error" }, 1);
    expect((await answerTo(() => ann.slash("/coach", "group code"))).text).toContain("That went wrong on my side.");
  });

  test("fills in a form of the channel in that channel", async () => {
    const { ann, answerTo } = await aCrew();
    const settings = await answerTo(() => ann.slash("/coach", "group settings round-up"));
    await ann.press(settings, "Round-up: Monday 09:00");
    await expect.poll(() => ann.modal()?.field.value).toBe("Monday 09:00");
    const modal = ann.modal();
    if (!modal) throw new Error("Press a setting: a form must open");
    expect((await answerTo(() => ann.submit(modal, "friday 17:00"))).text).toContain("Round-up: Friday 17:00 from now on.");
  });
});

describe("a log in the group's own channel", () => {
  test("is answered to the asker alone, with one short line for everybody", async () => {
    const { bo, answerTo, channel } = await aCrew();
    const answer = await answerTo(() => bo.slash("/log", "35 strength"), bo);
    expect(answer).toMatchObject({ isPrivate: true, text: expect.stringContaining("35 min strength logged for today") });
    await expect.poll(() => channel().map(({ text }) => text)).toContain("bo logged. In their zone this week.");
    expect(
      channel()
        .map(({ text }) => text)
        .join(),
    ).not.toContain("35 min");
  });

  test("by a mention is whispered, with the line in the channel", async () => {
    const { bo, slack, answerTo, channel } = await aCrew();
    const answer = await answerTo(() => bo.say(`<@${slack.botId}> 35 strength`, slack.channel), bo);
    expect(answer.isPrivate).toBe(true);
    await expect.poll(() => channel().map(({ text }) => text)).toContain("bo logged. In their zone this week.");
  });

  test("that cannot be shown to the asker goes to them directly, and never to the channel (F7)", async () => {
    const { bo, slack, answerTo, channel } = await aCrew();
    const before = channel().length;
    slack.fail("response_url", { kind: "status", status: 404 }, 4);
    const direct = await answerTo(() => bo.slash("/log", "35 strength"), bo, bo.dm);
    expect(direct.text).toContain("35 min strength");
    expect(channel()).toHaveLength(before);
  });
});

describe("a round-up", () => {
  test("stands in the channel, is edited when somebody leaves, and names nobody after four weeks", async () => {
    const { ann, bo, answerTo, run, monday, channel } = await aCrew();
    await answerTo(() => ann.say("40 strength"), ann, ann.dm);
    await answerTo(() => bo.say("10 strength"), bo, bo.dm);
    await run(monday);
    const posted = channel().at(-1);
    expect(posted?.text).toContain("In their zone: ann. On the way: bo.");
    expect(posted?.pictures).toHaveLength(1);
    await answerTo(() => bo.slash("/coach", "group leave"), bo);
    await run(monday.add({ seconds: 1 }));
    const edited = channel().find(({ id }) => id === posted?.id);
    expect(edited?.text).toContain("In their zone: ann.");
    expect(edited?.text).not.toContain("bo");
    await run(monday.add({ hours: 24 * 28 }));
    const old = channel().find(({ id }) => id === posted?.id);
    expect(old?.text).not.toContain("ann");
    expect(old?.pictures).toEqual([]);
  });

  test.each(["channel_not_found", "not_in_channel", "is_archived", "restricted_action"])(
    "for a channel of which Slack says %s suspends it, and asks no more",
    async (error) => {
      const { ann, slack, answerTo, run, monday } = await aCrew();
      await answerTo(() => ann.say("40 strength"), ann, ann.dm);
      slack.fail("chat.postMessage", { kind: "error", error }, 3);
      await run(monday);
      slack.heal();
      const tries = (): number => slack.calls("chat.postMessage").filter(({ body }) => body["channel"] === slack.channel).length;
      const before = tries();
      await run(monday.add({ hours: 24 * 7 }));
      expect(tries()).toBe(before);
    },
  );

  test("whose answer was not heard is not posted twice", async () => {
    const { ann, slack, answerTo, run, monday, channel } = await aCrew();
    await answerTo(() => ann.say("40 strength"), ann, ann.dm);
    const before = channel().length;
    slack.fail("chat.postMessage", { kind: "done-then-drop" }, 3);
    await run(monday);
    slack.heal();
    await run(monday.add({ minutes: 5 }));
    await run(monday.add({ hours: 2 }));
    expect(channel()).toHaveLength(before + 1);
  });
});

describe("the right to post", () => {
  const ask = "group create Morning crew";
  test("is checked before a group starts: a bot that was not invited says so and binds nothing", async () => {
    const { slack, ann, bo, store, answerTo } = await openCoachOnSlack();
    slack.promote(ann);
    slack.uninvite();
    expect((await answerTo(() => ann.slash("/coach", ask))).text).toBe(
      "I'm not in this channel yet. Invite me first. Then say it again: /coach group create Morning crew",
    );
    const place = { platform, address: `channel ${slack.teamId} ${slack.channel}` as Address };
    expect(await store.findGroup({ channel: place })).toBeUndefined();
    expect(bo.screen(slack.channel)).toEqual([]);
    slack.invite();
    expect((await answerTo(() => ann.slash("/coach", ask))).text).toContain("Morning crew is here now.");
  });

  test.each<readonly [string, string]>([
    ["channel_not_found", "I'm not in this channel yet."],
    ["fatal_error", "I couldn't find out whether I may post here."],
  ])("of a channel of which Slack says %s is told", async (error, words) => {
    const { slack, ann, answerTo } = await openCoachOnSlack();
    slack.promote(ann);
    slack.fail("conversations.info", { kind: "error", error });
    expect((await answerTo(() => ann.slash("/coach", ask))).text).toContain(words);
  });

  test.each<readonly [string | undefined, string]>([
    [undefined, "Morning crew is here now."],
    ["not_in_channel", "I'm not in this channel yet."],
    ["restricted_action", "I can't post in this channel yet."],
  ])("is tried out, to the asker alone, where Slack may not be asked (%s)", async (error, words) => {
    const { slack, ann, bo, answerTo } = await openCoachOnSlack();
    slack.promote(ann);
    slack.fail("conversations.info", { kind: "error", error: "missing_scope" });
    if (error) slack.fail("chat.postEphemeral", { kind: "error", error });
    await answerTo(() => ann.slash("/coach", ask));
    await expect
      .poll(() =>
        ann
          .screen(slack.channel)
          .map(({ text }) => text)
          .join("\n"),
      )
      .toContain(words);
    expect(JSON.stringify(bo.screen(slack.channel))).not.toContain("checking");
  });
});
