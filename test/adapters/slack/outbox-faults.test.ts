/** What goes wrong with a message that is sent unasked: what the person reads, how it ends, what the operator reads, how often Slack is asked. */

import { describe, expect, test } from "vitest";
import { eventsOf, directMessagesOf, monday } from "../../support/fake-slack/direct-messages.ts";
import type { Fault } from "../../support/fake-slack/types.ts";

/** A row of the table: what Slack answers to which call, so many times, and what comes of it. */
type Row = {
  readonly of: string;
  readonly error: Fault;
  readonly times?: number;
  /** After the first try, and in the end. */
  readonly first: string;
  readonly end: string;
  /** What the person reads in /schedule, and how many messages. */
  readonly told: string;
  readonly seen: number;
  /** How often Slack is asked for a profile, for a channel, for the history, and to post. */
  readonly asked: readonly number[];
  readonly events: readonly string[];
};

const calls = ["users.info", "conversations.open", "conversations.history", "chat.postMessage"] as const;
const [info, opening, , post] = calls;

function says(error: string): Fault {
  return { kind: "error", error };
}

function each(words: readonly string[], of: string, row: Omit<Row, "of" | "error">): readonly Row[] {
  return words.map((word) => ({ ...row, of, error: says(word) }));
}

const sent = { end: "weekly sent", told: "weekly feedback: sent", seen: 1 };
const waits = { ...sent, first: "weekly queued", asked: [2, 1, 0, 2], events: [] };
const unheard = { ...sent, first: "weekly sending", asked: [2, 1, 1, 2], events: ["slack-ambiguous"] };
// Asked once more, Slack takes the token: nothing is to be told.
const barred = { ...sent, first: "weekly queued", asked: [2, 1, 0, 1], events: [] };
const closing = "weekly suppressed closed";
const closed = {
  first: closing,
  end: closing,
  told: "not sent, as my messages do not reach you",
  seen: 0,
  asked: [1, 1, 0, 1],
  events: [],
};
const parking = "weekly parked refused";
const parked = { first: parking, end: parking, told: "not sent, as the platform did not take it", seen: 0, asked: [1, 1, 0, 1] };
const poorly = "slack-form-refused";
const poorer = { ...sent, first: "weekly sent", asked: [1, 1, 0, 2], events: [poorly] };
const refused = { ...parked, events: ["delivery-refused"] };

const rows: readonly Row[] = [
  { of: post, error: { kind: "status", status: 429, retryAfter: "40" }, ...waits },
  ...each(["ratelimited", "rate_limited", "message_limit_exceeded", "org_login_required", "team_added_to_org"], post, waits),
  ...each(["internal_error", "fatal_error", "service_unavailable", "request_timeout"], post, unheard),
  ...[408, 500, 502, 503, 504].map((status): Row => ({ of: post, error: { kind: "status", status }, ...unheard })),
  { of: post, error: { kind: "drop" }, ...unheard },
  { of: post, error: { kind: "done-then-drop" }, ...unheard, asked: [2, 1, 1, 1] },
  { of: info, error: { kind: "status", status: 503 }, ...unheard, first: "weekly queued", asked: [2, 1, 0, 1] },
  ...each(["account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"], info, barred),
  ...each(["channel_not_found", "not_in_channel", "is_archived", "cannot_dm_bot", "messages_tab_disabled"], post, closed),
  ...each(["user_not_found", "users_not_found"], info, { ...closed, asked: [1, 0, 0, 0] }),
  ...each(["user_disabled", "user_not_visible"], opening, { ...closed, asked: [1, 1, 0, 0] }),
  ...each(["missing_scope"], post, refused),
  ...each(["restricted_action", "no_permission", "ekm_access_denied"], post, closed),
  // Where it is the form that Slack does not take, the words go in a poorer one.
  ...each(["msg_too_long", "no_text", "invalid_arguments", "invalid_attachments", "never_heard_of"], post, poorer),
  ...[400, 413].map((status): Row => ({ of: post, error: { kind: "status", status }, ...poorer })),
  ...each(["invalid_blocks"], post, poorer),
  ...each(["invalid_blocks"], post, { ...poorer, times: 2, asked: [1, 1, 0, 3], events: [poorly, poorly] }),
  ...each(["invalid_blocks"], post, { ...parked, times: 3, asked: [1, 1, 0, 3], events: [poorly, poorly, "delivery-refused"] }),
];

describe("a call that is answered once by", () => {
  test.each(rows.map((row) => [Object.values(row.error).join(" "), row.of, row] as const))("%s (%s)", async (_, of, row) => {
    const setup = await monday();
    const { ann, slack, run, hear, endsOf } = setup;
    slack.fail(of, row.error, row.times);
    await run();
    expect(await endsOf(ann)).toEqual([row.first]);
    expect(await setup.finish()).toEqual([]);
    expect(await endsOf(ann)).toEqual([row.end]);
    expect(directMessagesOf(ann)).toHaveLength(row.seen);
    expect(setup.asked(...calls)).toEqual(row.asked);
    expect(eventsOf(setup)).toEqual(row.events);
    expect(await hear(ann, "/schedule")).toContain(row.told);
  });
});

test("the operator reads the code of what Slack refuses, and the next person is written to", async () => {
  const setup = await monday(2);
  const { people, slack, run } = setup;
  slack.fail(post, says("missing_scope"));
  await run();
  expect(setup.logged.map(({ event, fields }) => [event, fields["code"]])).toEqual([["delivery-refused", "missing_scope"]]);
  expect(people.flatMap(directMessagesOf)).toHaveLength(1);
  expect(await setup.finish()).toEqual([]);
});

test("a word that nobody knows is tried three times, and then refused and told", async () => {
  const setup = await monday();
  const { ann, slack, pass, endsOf } = setup;
  slack.fail(post, says("never_heard_of"), Infinity);
  await pass({ hours: 1 });
  expect(await endsOf(ann)).toEqual(["weekly parked refused"]);
  // Three times, in each of three forms.
  expect(setup.asked(post)).toEqual([9]);
  const ends = setup.logged.filter(({ event }) => event === "delivery-refused");
  expect(ends.map(({ fields }) => fields["code"])).toEqual(["never_heard_of"]);
  expect(await setup.finish()).toEqual([]);
});

describe("for two days a call is answered by", () => {
  test.each<readonly [name: string, of: string, how: Fault, end: string]>([
    ["429 for an hour", post, { kind: "status", status: 429, retryAfter: "3600" }, "weekly expired late"],
    ["a workspace that moves", post, says("org_login_required"), "weekly expired late"],
    ["a token that is refused", info, says("token_revoked"), "weekly expired late"],
    ["a Slack that is out before anything is said", info, { kind: "status", status: 503 }, "weekly parked gave-up"],
    ["an error that leaves each post in doubt", post, says("fatal_error"), "weekly unknown in-doubt"],
    ["a line that breaks before anything is said", opening, { kind: "drop" }, "weekly parked gave-up"],
  ])("%s: it is asked about once an hour, and the message comes to an end", async (_, of, how, end) => {
    const setup = await monday();
    const { ann, slack, pass, endsOf } = setup;
    slack.fail(of, how, Infinity);
    await pass({ days: 2, hours: 6 });
    expect(await endsOf(ann)).toEqual([end]);
    expect(setup.asked(of)[0]).toBeLessThanOrEqual(40);
    expect(directMessagesOf(ann)).toEqual([]);
    expect(await setup.finish()).toEqual([]);
  });
});
