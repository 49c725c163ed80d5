/** Direct messages while Slack refuses, breaks or goes silent: how each ends, and how often Slack is asked. */

import { describe, expect, test } from "vitest";
import type { DeliveryKey } from "#core/lib/ids.ts";
import { type Reply, text } from "#core/model/reply.ts";
import { openCoachOnSlack, to } from "../../support/fake-slack/coach-on-slack.ts";
import type { Fault } from "../../support/fake-slack/types.ts";

const hello: Reply = { blocks: [text("Hello.")] };
const key = (name: string): DeliveryKey => `weekly ${name}` as DeliveryKey;

describe.each<readonly [string, Fault]>([
  ["done, and its answer lost (B1, B20)", { kind: "done-then-drop" }],
  ["not done, as the line broke", { kind: "drop" }],
  ["answered by an error of the server", { kind: "error", error: "fatal_error" }],
  ["answered by 503", { kind: "status", status: 503 }],
])("a post that is %s", (_, fault) => {
  test("is in doubt, and said again is there once (B2)", async () => {
    const { slack, adapter, ann, now } = await openCoachOnSlack();
    slack.fail("chat.postMessage", fault);
    const since = now();
    expect(await adapter.send(to(slack.teamId, ann), hello, key("ann"))).toEqual({ kind: "unknown" });
    expect(await adapter.send(to(slack.teamId, ann), hello, key("ann"), since)).toEqual({ kind: "sent" });
    expect(ann.screen(ann.dm).map((seen) => seen.text)).toEqual(["Hello."]);
    expect(slack.calls("conversations.history")).toHaveLength(1);
  });
});

test.each<readonly [string, string, Fault, object]>([
  ["the person is gone", "users.info", { kind: "error", error: "user_not_found" }, { kind: "closed" }],
  ["messages are closed", "chat.postMessage", { kind: "error", error: "messages_tab_disabled" }, { kind: "closed" }],
  ["the blocks are wrong", "chat.postMessage", { kind: "error", error: "invalid_blocks" }, { kind: "refused", code: "invalid_blocks" }],
  [
    "a code was never heard of",
    "chat.postMessage",
    { kind: "error", error: "new_one" },
    { kind: "refused", code: "new_one", isUnknownCode: true },
  ],
  ["nothing was said yet", "conversations.open", { kind: "drop" }, { kind: "later" }],
])("where %s, sending says so", async (_, method, fault, result) => {
  const setup = await openCoachOnSlack();
  setup.slack.fail(method, fault, Infinity);
  expect(await setup.adapter.send(to(setup.slack.teamId, setup.ann), hello, key("ann"))).toEqual(result);
  expect(setup.ann.screen(setup.ann.dm)).toEqual([]);
});

test("whoever was deactivated is not written to, though Slack would take it", async () => {
  const setup = await openCoachOnSlack();
  setup.ann.deactivate();
  expect(await setup.adapter.send(to(setup.slack.teamId, setup.ann), hello, key("ann"))).toEqual({ kind: "closed" });
  expect(setup.slack.calls("chat.postMessage")).toEqual([]);
});

test("a rate-limited conversation delays no other and waits as long as Slack says", async () => {
  const { slack, adapter, ann, bo, turn } = await openCoachOnSlack();
  slack.fail("chat.postMessage", { kind: "status", status: 429, retryAfter: "40" });
  const first = await adapter.send(to(slack.teamId, ann), hello, key("ann"));
  expect(first.kind === "later" && first.after?.total("seconds")).toBe(40);
  expect(await adapter.send(to(slack.teamId, bo), hello, key("bo"))).toEqual({ kind: "sent" });
  expect((await adapter.send(to(slack.teamId, ann), hello, key("ann 2"))).kind).toBe("later");
  expect(slack.calls("chat.postMessage")).toHaveLength(2);
  turn({ seconds: 41 });
  expect(await adapter.send(to(slack.teamId, ann), hello, key("ann"))).toEqual({ kind: "sent" });
});

test.each<readonly [string | undefined, number]>([
  [undefined, 30],
  ["soon", 30],
  ["0", 30],
  ["999999", 3600],
])("of a Retry-After of %s a bearable wait is made (B12)", async (retryAfter, seconds) => {
  const setup = await openCoachOnSlack();
  setup.slack.fail("chat.postMessage", { kind: "status", status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) });
  const result = await setup.adapter.send(to(setup.slack.teamId, setup.ann), hello, key("ann"));
  expect(result.kind === "later" && result.after?.total("seconds")).toBe(seconds);
});

test("a channel that is gone is opened anew, once", async () => {
  const { slack, adapter, ann } = await openCoachOnSlack();
  await adapter.send(to(slack.teamId, ann), hello, key("first"));
  slack.fail("chat.postMessage", { kind: "error", error: "channel_not_found" });
  expect(await adapter.send(to(slack.teamId, ann), hello, key("second"))).toEqual({ kind: "sent" });
  expect(slack.calls("conversations.open")).toHaveLength(2);
});

test("of a token that Slack takes no longer the operator is told, and nothing is lost", async () => {
  const setup = await openCoachOnSlack();
  setup.slack.fail("chat.postMessage", { kind: "error", error: "token_revoked" });
  // It is asked once more, so that a false refusal ends nothing.
  setup.slack.fail("auth.test", { kind: "error", error: "token_revoked" });
  const result = await setup.adapter.send(to(setup.slack.teamId, setup.ann), hello, key("ann"));
  expect(result.kind === "later" && result.after?.total("hours")).toBe(1);
  await setup.logs("slack-token-refused");
});

test("a person of another workspace is not written to with this one's token (F3)", async () => {
  const setup = await openCoachOnSlack();
  const surface = to("T999", setup.ann);
  expect(await setup.adapter.send(surface, hello, key("ann"))).toMatchObject({ kind: "later" });
  expect(setup.slack.calls("chat.postMessage")).toEqual([]);
});
