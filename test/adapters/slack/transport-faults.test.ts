/** A line of Socket Mode that closes at the wrong moment, or brings what nobody can read: what is recorded, answered and logged. */

import { describe, expect, onTestFinished, test } from "vitest";
import { eventsOf, directMessagesOf, type DirectMessageRun, openDirectMessages } from "../../support/fake-slack/direct-messages.ts";
import { type Line, openRelay, type Relay } from "../../support/fake-slack/relay.ts";
import type { Person } from "../../support/fake-slack/types.ts";

type Held = { readonly setup: DirectMessageRun; readonly relay: Relay; readonly line: Line; readonly ann: Person };

/** A coach that listens on a line in our hand. */
async function held(): Promise<Held> {
  const relays: Relay[] = [];
  const setup = await openDirectMessages({
    async through(slack) {
      const relay = await openRelay(slack);
      onTestFinished(relay.close);
      relays.push(relay);
      return relay.apiUrl;
    },
  });
  await setup.listen();
  const [relay] = relays;
  if (!relay) throw new Error("Hold a line: there must be a relay");
  return { setup, relay, line: await relay.line(1), ann: setup.slack.person("ann") };
}

let count = 0;

/** An envelope around `payload`, and its id. */
function wrap(type: string, payload: object | undefined): { readonly id: string; readonly text: string } {
  const id = `envelope-${(count += 1)}`;
  return { id, text: JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: false }) };
}

function said({ setup: { slack }, ann }: Held, text: string) {
  const name = `${(count += 1)}.1`;
  const event = { type: "message", channel_type: "im", user: ann.id, text, ts: name, channel: ann.dm, client_msg_id: name };
  return wrap("events_api", { type: "event_callback", team_id: slack.teamId, api_app_id: "A1", event_id: `Ev${name}`, event });
}

/** Its address answers nobody, so what comes of it is read in the direct messages. */
function typed({ setup: { slack }, ann }: Held, text: string) {
  const at = { team_id: slack.teamId, user_id: ann.id, user_name: "ann", channel_id: slack.channel, channel_name: "general" };
  const url = new URL("/respond/none", slack.apiUrl).href;
  return wrap("slash_commands", { command: "/log", text, ...at, api_app_id: "A1", trigger_id: `t${(count += 1)}`, response_url: url });
}

async function mailed({ ann }: Held, number: number): Promise<string> {
  await expect.poll(() => directMessagesOf(ann).length, { timeout: 8000, interval: 10 }).toBe(number);
  return directMessagesOf(ann).at(-1)?.text ?? "";
}

/** The week is asked for on `line`, and is the message of that number. */
async function week(held: Held, line: Line, number: number): Promise<string> {
  line.send(said(held, "/week").text);
  return await mailed(held, number);
}

async function logs({ setup }: Held, event: string): Promise<void> {
  await expect.poll(() => eventsOf(setup), { timeout: 8000, interval: 10 }).toContain(event);
}

describe("a line that closes before the acknowledgement (A10)", () => {
  test("with a message: it is done when Slack delivers it on the next one, and then once", async () => {
    const all = await held();
    const { relay, line } = all;
    const message = said(all, "20 strength");
    line.sendAndClose(message.text);
    await logs(all, "slack-ack-lost");
    const next = await relay.line(2);
    expect(directMessagesOf(all.ann)).toEqual([]);
    for (let time = 0; time < 3; time += 1) next.send(message.text);
    expect(await mailed(all, 1)).toContain("20 min strength logged for today");
    expect(await week(all, next, 2)).toContain("20 of 40–60 min");
    expect(line.acknowledged).toEqual([]);
    expect(next.acknowledged.filter((id) => id === message.id)).toHaveLength(3);
  });

  test("with a command: delivered again on the next one, it is logged and answered once", async () => {
    const all = await held();
    const { relay, line } = all;
    const command = typed(all, "20 strength");
    line.sendAndClose(command.text);
    await logs(all, "slack-ack-lost");
    const next = await relay.line(2);
    for (let time = 0; time < 3; time += 1) next.send(command.text);
    expect(await mailed(all, 1)).toContain("20 min strength logged for today");
    expect(await week(all, next, 2)).toContain("20 of 40–60 min");
    expect(line.acknowledged).toEqual([]);
    expect(next.acknowledged.filter((id) => id === command.id)).toHaveLength(3);
  });

  test("that was sent: what Slack delivers again is neither recorded nor answered twice", async () => {
    const all = await held();
    const { relay, line } = all;
    const message = said(all, "20 strength");
    line.deafen();
    line.send(message.text);
    expect(await mailed(all, 1)).toContain("20 min strength logged for today");
    line.cut();
    const next = await relay.line(2);
    next.send(message.text);
    expect(await week(all, next, 2)).toContain("20 of 40–60 min");
    expect(line.acknowledged).toEqual([]);
    expect(next.acknowledged).toContain(message.id);
    expect(eventsOf(all.setup).filter((event) => event.includes("failed"))).toEqual([]);
  });
});

test("Slack's rate-limit notice without an event is acknowledged and logged", async () => {
  const all = await held();
  const { line, setup } = all;
  const { teamId } = setup.slack;
  const limited = { token: "t", type: "app_rate_limited", team_id: teamId, minute_rate_limited: 1_763_900_000, api_app_id: "A1" };
  const notice = wrap("events_api", limited);
  line.send(notice.text);
  await logs(all, "slack-notice");
  expect(setup.logged.find(({ event }) => event === "slack-notice")?.fields).toEqual({ notice: "app_rate_limited" });
  expect(await week(all, line, 1)).toContain("0 of 40–60 min");
  expect(line.acknowledged).toContain(notice.id);
});

test.each([
  ["no JSON", "{"],
  ["nothing", "null"],
  ["an event without a payload", wrap("events_api", undefined).text],
])("%s on the line is told, and what comes next is answered", async (_, text) => {
  const all = await held();
  all.line.send(text);
  await logs(all, "slack-envelope-failed");
  expect(await week(all, all.line, 1)).toContain("0 of 40–60 min");
});

test("what a listener fails at is acknowledged and told, and what comes next is answered (A11)", async () => {
  const all = await held();
  const { setup, line, ann } = all;
  const { teamId } = setup.slack;
  const view = { id: "V1", type: "modal", callback_id: "/log", private_metadata: "{", state: { values: {} } };
  const team = { id: teamId, domain: "one" };
  const form = wrap("interactive", { type: "view_submission", team, user: { id: ann.id, name: "ann", team_id: teamId }, view });
  line.send(form.text);
  await logs(all, "slack-event-failed");
  expect(await week(all, line, 1)).toContain("0 of 40–60 min");
  expect(line.acknowledged).toContain(form.id);
});
