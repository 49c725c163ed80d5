/** Socket Mode's connection while Slack is out, silent, deaf, or refuses the app. */

import { expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openCoachOnSlack } from "../../support/fake-slack/coach-on-slack.ts";

const hasty = { first: 10, longest: 40, greeting: 200, pong: 100 } as const;

test("a line that Slack wants to be opened anew is, and then answers (C6)", async () => {
  const { slack, ann, answerTo } = await openCoachOnSlack({ waits: hasty });
  const before = slack.socket.greeted();
  slack.socket.refresh();
  await expect.poll(slack.socket.greeted, { timeout: 8000, interval: 5 }).toBe(before + 1);
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
});

test("a line that breaks is opened anew", async () => {
  const { slack, ann, answerTo } = await openCoachOnSlack({ waits: hasty });
  slack.socket.break();
  await slack.socket.ready();
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
});

test("a line through which nothing comes any more is noticed, and opened anew", async () => {
  const { slack, ann, answerTo } = await openCoachOnSlack({ waits: hasty });
  slack.socket.deafen();
  await slack.socket.ready();
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
});

test("a line that is never greeted is given up, and tried again with bounded waits (C8)", async () => {
  const { slack, ann, answerTo, logged } = await openCoachOnSlack({ waits: hasty });
  slack.socket.withhold();
  slack.socket.break();
  await expect.poll(() => logged.filter((event) => event === "slack-waiting").length, { timeout: 8000, interval: 5 }).toBeGreaterThan(2);
  slack.heal();
  await slack.socket.ready();
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
});

test("Slack may be out for long: it is asked again without end, one line at a time (C9)", async () => {
  const { slack, ann, answerTo } = await openCoachOnSlack({ waits: hasty });
  slack.fail("apps.connections.open", { kind: "status", status: 503 }, 12);
  slack.socket.break();
  await slack.socket.ready();
  expect(slack.calls("apps.connections.open")).toHaveLength(14);
  expect((await answerTo(() => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
});

test("an app that is refused meanwhile ends this adapter, says so, and nothing else (C7)", async () => {
  const { slack, adapter, told } = await openCoachOnSlack({ waits: hasty });
  slack.fail("apps.connections.open", { kind: "error", error: "invalid_auth" });
  slack.socket.break();
  await adapter.ended;
  expect(told).toEqual([expect.stringContaining("Slack does not take SLACK_APP_TOKEN (invalid_auth).")]);
});

test("who moves on Slack is followed: what is still to come moves along", async () => {
  const { slack, ann, answerTo, store } = await openCoachOnSlack();
  await answerTo(() => ann.slash("/log", "20 strength"));
  const zone = async () =>
    (await store.findUser({ platform: "slack" as PlatformName, id: `${slack.teamId} ${ann.id}`, name: "" }))?.user.timeZone;
  expect(await zone()).toBe("Europe/Berlin");
  await ann.setTimeZone("Asia/Tokyo");
  await expect.poll(zone, { timeout: 8000, interval: 10 }).toBe("Asia/Tokyo");
});

test("a stop while Slack is out ends at once", async () => {
  const { slack, adapter, logs } = await openCoachOnSlack({ waits: { ...hasty, first: 60_000, longest: 60_000 } });
  slack.fail("apps.connections.open", { kind: "status", status: 503 }, 9);
  slack.socket.break();
  await logs("slack-waiting");
  await adapter.stop();
  await adapter.ended;
  expect(slack.calls("apps.connections.open")).toHaveLength(2);
});
