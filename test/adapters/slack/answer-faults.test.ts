/** Answers while Slack repeats, forgets, breaks or refuses: what people read, and what is recorded. */

import { describe, expect, test } from "vitest";
import { openCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";

describe("a gesture that arrives more than once", () => {
  test("a message that Slack delivers four times is recorded and answered once", async () => {
    const { slack, ann, answerTo, minutesOf } = await openCoachOnSlack();
    const event = {
      type: "message",
      channel_type: "im",
      user: ann.id,
      text: "20 strength",
      ts: "7.1",
      channel: ann.dm,
      client_msg_id: "m1",
    };
    const payload = { type: "event_callback", team_id: slack.teamId, api_app_id: "A1", event_id: "Ev1", event };
    await answerTo(
      async () => void (await Promise.all([0, 1, 2, 3].map((retry) => slack.socket.send("events_api", payload, retry)))),
      ann,
      ann.dm,
    );
    await slack.socket.send("events_api", payload, 3);
    expect((await answerTo(() => ann.say("/week"), ann, ann.dm)).text).toContain("20 of 40–60 min");
    expect(await minutesOf(ann)).toBe(20);
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(2);
  });

  test("one message that comes as two events with other ids and times is one (A4)", async () => {
    const { slack, ann, answerTo, minutesOf } = await openCoachOnSlack();
    const event = { type: "message", channel_type: "im", user: ann.id, text: "20 strength", channel: ann.dm, client_msg_id: "m1" };
    const wrap = (id: string, ts: string): object => ({
      type: "event_callback",
      team_id: slack.teamId,
      event_id: id,
      event: { ...event, ts },
    });
    await answerTo(() => slack.socket.send("events_api", wrap("Ev1", "7.1")), ann, ann.dm);
    await slack.socket.send("events_api", wrap("Ev2", "39.1"));
    await answerTo(() => ann.say("/week"), ann, ann.dm);
    expect(await minutesOf(ann)).toBe(20);
  });

  test("what a bot says, and what was edited or deleted, is nothing that anybody said", async () => {
    const { slack, ann, answerTo, minutesOf } = await openCoachOnSlack();
    const said = { type: "message", channel_type: "im", user: ann.id, text: "20 strength", ts: "7.1", channel: ann.dm };
    const others = [
      { ...said, bot_id: "B1" },
      { ...said, subtype: "message_changed" },
      { ...said, subtype: "message_deleted" },
      { ...said, user: undefined },
    ];
    for (const event of others)
      await slack.socket.send("events_api", { type: "event_callback", team_id: slack.teamId, event_id: "E", event });
    await slack.socket.send("events_api", { type: "event_callback", team_id: slack.teamId, event: { type: "app_rate_limited" } });
    await answerTo(() => ann.say("/week"), ann, ann.dm);
    expect(await minutesOf(ann)).toBeUndefined();
  });
});

describe("an answer that does not arrive", () => {
  test("is said once more where Slack was not heard", async () => {
    const { slack, ann, answerTo, minutesOf } = await openCoachOnSlack();
    slack.fail("response_url", { kind: "drop" });
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
    expect(await minutesOf(ann)).toBe(20);
  });

  test("waits a moment where the conversation is full, and comes then", async () => {
    const { slack, ann, answerTo, minutesOf } = await openCoachOnSlack();
    slack.fail("chat.postMessage", { kind: "status", status: 429, retryAfter: "1" });
    slack.fail("response_url", { kind: "status", status: 429, retryAfter: "1" });
    expect((await answerTo(() => ann.say("20 strength"), ann, ann.dm)).text).toContain("20 min strength logged");
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
    expect(await minutesOf(ann)).toBe(40);
    expect(slack.calls("chat.postMessage")).toHaveLength(2);
  });

  test("goes by direct message where its address is too old", async () => {
    const { slack, ann, bo, answerTo, logs } = await openCoachOnSlack();
    slack.fail("response_url", { kind: "status", status: 404 });
    expect((await answerTo(() => ann.slash("/log", "20 strength"), ann, ann.dm)).text).toContain("20 min strength logged");
    await logs("slack-answer-expired");
    expect(bo.screen(slack.channel)).toEqual([]);
  });

  test("goes by direct message where the channel is not the bot's, and is never public", async () => {
    const { slack, ann, bo, answerTo } = await openCoachOnSlack();
    slack.fail("chat.postEphemeral", { kind: "error", error: "not_in_channel" });
    const answer = await answerTo(() => ann.say(`<@${slack.botId}> 20 strength`, slack.channel), ann, ann.dm);
    expect(answer.text).toContain("20 min strength logged");
    expect(bo.screen(slack.channel).filter(({ isFromBot }) => isFromBot)).toEqual([]);
  });

  test("goes without its picture where the upload fails: the words say all of it", async () => {
    const { slack, ann, answerTo, logs } = await openCoachOnSlack();
    slack.fail("upload", { kind: "status", status: 500 });
    const week = await answerTo(() => ann.slash("/week", ""));
    expect(week.pictures).toEqual([]);
    expect(week.text).toContain("0 of 40–60 min");
    await logs("slack-picture-failed");
  });

  test("comes without its picture where Slack does not know that yet, in the channel and on the App Home", async () => {
    const { slack, ann, answerTo, logs } = await openCoachOnSlack();
    slack.fail("views.publish", { kind: "error", error: "invalid_arguments" });
    await ann.openHome();
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("0 of 40–60 min");
    await logs("slack-form-refused");
    expect(ann.home()?.pictures).toEqual([]);
    slack.fail("chat.postMessage", { kind: "error", error: "invalid_blocks" });
    const week = await answerTo(() => ann.say("/week"), ann, ann.dm);
    expect([week.pictures, week.text.includes("0 of 40–60 min")]).toEqual([[], true]);
    slack.fail("chat.postEphemeral", { kind: "error", error: "invalid_blocks" });
    const aside = await answerTo(() => ann.say(`<@${slack.botId}> /week`, slack.channel));
    expect([aside.isPrivate, aside.pictures]).toEqual([true, []]);
  });

  test("comes with the machine's own time zone where Slack does not tell the person's", async () => {
    const { slack, ann, answerTo, logs } = await openCoachOnSlack();
    slack.fail("users.info", { kind: "error", error: "fatal_error" });
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
    await logs("slack-profile-failed");
  });

  test("says where it broke with a reference, and the next is answered (A11)", async () => {
    let isBroken = true;
    const { ann, answerTo, logs } = await openCoachOnSlack({
      spoil: (store) => ({
        ...store,
        commit: async (changes) => (isBroken ? await Promise.reject(new Error("broken")) : await store.commit(changes)),
      }),
    });
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("went wrong on my side");
    await logs("inbound-failed");
    isBroken = false;
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
  });
});

test("the acknowledgement comes before anything is done, and once an envelope", async () => {
  const { slack, ann, answerTo } = await openCoachOnSlack();
  await answerTo(() => ann.slash("/log", "20 strength"));
  expect(new Set(slack.socket.acknowledged).size).toBe(slack.socket.acknowledged.length);
});

test("a member of another workspace in a shared channel keeps their own account", async () => {
  const { slack, ann, answerTo, minutesOf } = await openCoachOnSlack();
  const event = {
    type: "app_mention",
    user: ann.id,
    user_team: "T999",
    text: `<@${slack.botId}> 20 strength`,
    ts: "7.1",
    channel: slack.channel,
  };
  await answerTo(() => slack.socket.send("events_api", { type: "event_callback", team_id: slack.teamId, event_id: "E", event }));
  expect(await minutesOf(ann)).toBeUndefined();
});
