/** Slack hangs where an answer could do without it: the answer comes, long before Slack would be given up. */

import { describe, expect, test } from "vitest";
import { openCoachOnSlack, openHostedCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";

const hang = { kind: "hang" } as const;

describe("a profile that does not come", () => {
  test("holds up nobody for long, and is asked for again", async () => {
    const { slack, ann, bo, answerTo, minutesOf, logs } = await openCoachOnSlack();
    slack.fail("users.info", hang, 99);
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
    await logs("slack-profile-failed");
    expect((await answerTo(() => bo.say("20 strength"), bo, bo.dm)).text).toContain("20 min strength logged");
    // It hangs still, and is not waited for twice.
    expect((await answerTo(() => ann.slash("/log", "10 strength"))).text).toContain("10 min strength logged");
    expect(slack.calls("users.info")).toHaveLength(2);
    slack.heal();
    await answerTo(() => ann.slash("/log", "5 strength"));
    await answerTo(() => ann.slash("/week", ""));
    expect(slack.calls("users.info").length).toBeGreaterThan(2);
    expect([await minutesOf(ann), await minutesOf(bo)]).toEqual([35, 20]);
  });

  test("over HTTP, either", async () => {
    const hosted = await openHostedCoachOnSlack();
    const { ann, answerTo, workspace } = hosted.at(0);
    await hosted.slack.browser().install(workspace.teamId);
    hosted.slack.fail("users.info", hang, 99);
    expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 min strength logged");
    expect((await answerTo(() => ann.say("10 strength"), ann, ann.dm)).text).toContain("10 min strength logged");
  });
});

test.each(["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])(
  "a picture whose %s hangs is left out",
  async (call) => {
    const { slack, ann, answerTo, logs } = await openCoachOnSlack();
    await answerTo(() => ann.slash("/log", "20 strength"));
    slack.fail(call, hang, 99);
    const week = await answerTo(() => ann.slash("/week", ""));
    expect([week.pictures, week.text.includes("20 of 40–60 min")]).toEqual([[], true]);
    await logs("slack-picture-failed");
  },
);

test.each(["users.info", "conversations.info"])("where %s hangs, whoever would manage a channel reads so soon", async (call) => {
  const { slack, ann, answerTo } = await openCoachOnSlack();
  await answerTo(() => ann.slash("/log", "20 strength"));
  slack.fail(call, hang, 99);
  expect((await answerTo(() => ann.slash("/coach", "group create Morning crew"))).text).toContain("went wrong on my side");
});
