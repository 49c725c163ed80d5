/** One message of Slack's, however many events it comes as: logged once and answered once. */

import { describe, expect, test } from "vitest";
import { openCoachOnSlack, openHostedCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";
import { after, type Mode, openProgramOnSlack, startOn } from "../../support/fake-slack/program.ts";
import type { Loose, Person, Slack } from "../../support/fake-slack/types.ts";

function answersTo(ann: Person): number {
  return ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot).length;
}

type Raise = () => Promise<{
  readonly slack: Slack;
  readonly ann: Person;
  readonly send: (event: Loose) => Promise<void>;
  readonly minutesOf: (person: Person) => Promise<number | undefined>;
  readonly shown: () => number;
}>;

const inSocketMode: Raise = async () => {
  const { slack, ann, minutesOf } = await openCoachOnSlack();
  let ids = 0;
  const send = (event: Loose): Promise<void> =>
    slack.socket.send("events_api", { type: "event_callback", team_id: slack.teamId, event_id: `Ev${(ids += 1)}`, event });
  return { slack, ann, minutesOf, send, shown: () => answersTo(ann) };
};
const overHttp: Raise = async () => {
  const hosted = await openHostedCoachOnSlack();
  const { ann, minutesOf, workspace } = hosted.at(0);
  await hosted.slack.browser().install(workspace.teamId);
  let ids = 0;
  const send = (event: Loose): Promise<void> =>
    hosted.slack.http.send("events_api", { type: "event_callback", team_id: workspace.teamId, event_id: `Ev${(ids += 1)}`, event });
  return { slack: hosted.slack, ann, minutesOf, send, shown: () => answersTo(ann) };
};

describe.each([["in Socket Mode", inSocketMode] as const, ["over HTTP", overHttp] as const])("%s", (_, raise) => {
  const named = { client_msg_id: "m1" };
  const team = { team: "T000000001" };
  const thread = { thread_ts: "6.1" };
  test.each<[what: string, first: Loose, second: Loose]>([
    ["neither is named", {}, {}],
    ["both are named alike", named, named],
    ["the message alone is named", named, {}],
    ["the mention alone is named", {}, named],
    ["both are named, each in its way", named, { client_msg_id: "m2" }],
    ["one says the workspace", team, {}],
    ["the other says the workspace", {}, team],
    ["both are in a thread", thread, thread],
    ["one was edited", {}, { edited: { user: "U1", ts: "8.1" } }],
  ])("a message that is also a mention is one where %s", async (__, first, second) => {
    for (const isReversed of [false, true]) {
      const { slack, ann, send, minutesOf } = await raise();
      const said = { user: ann.id, text: `<@${slack.botId}> 20 strength`, ts: "7.1", channel: ann.dm };
      const events = [
        { ...said, type: "message", channel_type: "im", ...first },
        { ...said, type: "app_mention", ...second },
      ];
      for (const event of isReversed ? events.toReversed() : events) await send(event);
      for (const event of events) await send(event);
      await ann.say("/week");
      await expect.poll(() => ann.screen(ann.dm).at(-1)?.text, { timeout: 8000 }).toContain("of 40–60 min");
      await expect.poll(() => ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot).length, { timeout: 8000 }).toBe(2);
      expect(await minutesOf(ann)).toBe(20);
    }
  });

  test.each<[what: string, more: Loose]>([
    ["changes nothing", { text: "/week" }],
    ["is not understood", { text: "20 strength lots of it" }],
    ["asks for help", { text: "" }],
  ])("one that %s is answered once as well", async (__, more) => {
    const { slack, ann, send, shown } = await raise();
    const said = { user: ann.id, ts: "7.1", channel: ann.dm, ...more };
    for (let turn = 0; turn < 2; turn += 1) {
      await send({ ...said, type: "app_mention", text: `<@${slack.botId}> ${String(more["text"])}` });
      await send({ ...said, type: "message", channel_type: "im", client_msg_id: "m1" });
    }
    await ann.say("30 walk");
    await expect.poll(() => ann.screen(ann.dm).at(-1)?.text, { timeout: 8000 }).toContain("30 min walk");
    expect(shown()).toBe(2);
  });
});

describe.each<Mode>(["in Socket Mode", "over HTTP"])("over a restart, %s", (mode) => {
  const wrap = (teamId: string, event: Loose): object => ({
    type: "event_callback",
    team_id: teamId,
    event_id: `Ev${String(event["type"])}`,
    event,
  });
  test("a message that was handled is not handled again as a mention", { timeout: 60_000 }, async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    const ann = slack.person("ann");
    const now = Temporal.Now.instant().toString();
    const edge = mode === "over HTTP" ? slack.http : slack.socket;
    const url = slack.lend({ status: 200, headers: {}, body: "date,minutes,activity\n2026-01-02,20,strength\n" });
    const file = { subtype: "file_share", files: [{ id: "F1", name: "runs.csv", size: 9, url_private: url }] };
    const texts = [{ text: "20 strength" }, { text: "/week" }, { text: "", ...file }];
    const said = texts.map((what, place) => ({ user: ann.id, channel: ann.dm, ts: `7.${place}`, ...what }));
    const before = await startOn(setup, now);
    for (const [place, one] of said.entries()) {
      const event = { ...one, type: "message", channel_type: "im", client_msg_id: `m${place}` };
      await after(ann, ann.dm, () => edge.send("events_api", wrap(slack.teamId, event)));
    }
    await before.kill("SIGTERM");
    const calls = slack.calls("file").length;
    await startOn(setup, now);
    for (const one of said)
      await edge.send("events_api", wrap(slack.teamId, { ...one, type: "app_mention", text: `<@${slack.botId}> ${one.text}` }));
    const week = await after(ann, ann.dm, () => ann.say("/week"));
    expect(week.text).toContain("20 of 40–60 min");
    expect([ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot).length, slack.calls("file").length]).toEqual([said.length + 1, calls]);
  });
});
