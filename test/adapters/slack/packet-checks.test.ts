/** What comes over Socket Mode and is not what Slack's types promise: it is dropped, told and acknowledged, and the next is answered. */

import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { directMessagesOf, type DirectMessageRun, openDirectMessages } from "../../support/fake-slack/direct-messages.ts";
import { type Line, openRelay, type Relay } from "../../support/fake-slack/relay.ts";
import { fresh, renewed, type Sent, sentBy, type Where } from "../../support/fake-slack/sent.ts";
import { anySpoiled, type Json, spoiledOf, swaps } from "../../support/malformed.ts";

type Held = Where & { readonly setup: DirectMessageRun; readonly relay: Relay; readonly line: Line };

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
  return { setup, relay, line: await relay.line(1), slack: setup.slack, ann: setup.slack.person("ann") };
}

function envelope({ type }: Pick<Sent, "type">, payload: Json | undefined, id = fresh()): string {
  return JSON.stringify({ type, envelope_id: id, payload, accepts_response_payload: type !== "events_api" });
}

/** Fails where the next thing that somebody says is not answered, on the same line. */
async function expectAnswers({ slack, line, relay }: Held): Promise<void> {
  const bo = slack.person("bo");
  const before = directMessagesOf(bo).length;
  const name = fresh();
  const event = {
    type: "message",
    channel_type: "im",
    user: bo.id,
    text: "/week",
    ts: `8.${name.slice(1)}`,
    channel: bo.dm,
    client_msg_id: name,
  };
  line.send(envelope({ type: "events_api" }, { type: "event_callback", team_id: slack.teamId, event_id: name, event }));
  await expect.poll(() => directMessagesOf(bo).length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(before);
  expect(directMessagesOf(bo).at(-1)?.text).toContain("of 40–60 min");
  expect(relay.lines()).toBe(1);
}

describe("over Socket Mode", () => {
  test("a malformed event affects only itself, and every event is acknowledged", { timeout: 180_000 }, async () => {
    const all = await held();
    for (const sent of sentBy(all)) {
      const ids: string[] = [];
      for (const payload of spoiledOf(sent.payload, swaps.slice(0, 3))) {
        ids.push(fresh());
        all.line.send(envelope(sent, renewed(payload), ids.at(-1)));
      }
      await expectAnswers(all);
      await expect.poll(() => ids.filter((id) => !all.line.acknowledged.includes(id)), { timeout: 20_000 }).toEqual([]);
    }
  });

  test("what is spoiled costs itself and no other: up to three fields of the envelope or in it", { timeout: 180_000 }, async () => {
    const all = await held();
    const envelopes = sentBy(all).map((sent) => JSON.parse(envelope(sent, sent.payload)) as Json);
    const own = ["hello", "disconnect", "close", "error", "disconnected", "connected", "ws_message", "slack_event", "constructor"];
    const kind = fc.record({
      type: fc.constantFrom(...own.slice(2)),
      envelope_id: fc.constant("e"),
      payload: fc.constantFrom(null, {}, []),
    });
    const inner = fc
      .constantFrom(...own)
      .map((type) => JSON.parse(envelope({ type: "events_api" }, { type: "event_callback", event: { type } })) as Json);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(anySpoiled(envelopes), kind, inner), { minLength: 10, maxLength: 40 }), async (packets) => {
        for (const packet of packets) all.line.send(JSON.stringify(packet) ?? "");
        await expectAnswers(all);
      }),
      { numRuns: 8 },
    );
  });

  test.each([
    "hello",
    '"hello"',
    "5",
    "[]",
    "{}",
    "",
    '{"type":null}',
    '{"type":"hello"}',
    '{"type":"events_api","envelope_id":5,"payload":{}}',
  ])("what makes no sense is passed over: %s", async (text) => {
    const all = await held();
    all.line.send(text);
    await expectAnswers(all);
  });

  test("is told by its kind and by where it broke, and never by what was said", async () => {
    const all = await held();
    const [slash, press] = sentBy(all);
    if (!slash || !press) throw new Error("Take a command and a press: there must be both");
    all.line.send(envelope(slash, { ...slash.payload, text: "canary", trigger_id: null }));
    all.line.send(envelope(press, { ...press.payload, user: null, actions: [{ value: "canary" }] }));
    all.line.send(envelope({ type: "events_api" }, { type: "event_callback", event: { type: "canary" } }));
    await expectAnswers(all);
    const failed = all.setup.logged.filter(({ event }) => event === "slack-event-failed");
    expect(new Set(failed.map(({ fields }) => fields["packet"]))).toEqual(new Set(["slash_commands", "block_actions"]));
    expect(failed.map(({ fields }) => String(fields["where"]).includes("adapters/slack/"))).toEqual([true, true]);
    expect(JSON.stringify(all.setup.logged)).not.toContain("canary");
  });

  test("a line that breaks while something is dropped is opened again, and ends nothing", async () => {
    const all = await held();
    for (const text of [
      envelope({ type: "interactive" }, null),
      envelope({ type: "slash_commands" }, {}),
      envelope({ type: "events_api" }, {}),
    ])
      all.line.send(text);
    all.line.sendAndClose(envelope({ type: "interactive" }, { type: "block_actions" }));
    const line = await all.relay.line(2);
    await expectAnswers({ ...all, line, relay: { ...all.relay, lines: () => 1 } });
  });
});
