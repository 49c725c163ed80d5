/** Packets of Discord's that are not what its types promise: each is dropped and told, and the next one is handled. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord, type CoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";
import { anySpoiled, type Json, spoiledOf, swaps, without } from "../../support/malformed.ts";

type Packet = { readonly t: string; readonly d: { readonly [name: string]: Json } };

/** A packet of each kind that the bot is sent, as Discord sends them. */
async function packetsOf({ discord }: CoachOnDiscord): Promise<readonly Packet[]> {
  const ann = discord.person("ann");
  const first = message(await ann.slash("log", { sessions: "20 strength" }));
  await ann.type("log", "sessions", "20 str");
  await ann.press(first, "This week");
  const settings = message(await ann.slash("settings"));
  const form = await ann.pick(settings, settings.menu.find(({ label }) => label.startsWith("Time zone"))?.label ?? "");
  if (form.kind === "modal") await ann.submit(form.modal, { [form.modal.fields[0]?.label ?? ""]: "Auckland" });
  await ann.say("20 strength", ann.dm, { file: { name: "runs.csv", content: "date,minutes" } });
  await ann.say("30 walk", discord.server.channel);
  discord.openServer("Another");
  const all = new Map(discord.gateway.sent.map(({ t, d }) => [`${t} ${kindOf(d)}`, { t, d } as Packet]));
  return [...all.values(), ...others];
}

function kindOf({ type, guild_id: server, data }: Packet["d"] | Readonly<Record<string, unknown>>): string {
  return [type, server === undefined ? "direct" : "server", JSON.stringify(data)?.includes('"values"')].join(" ");
}

const role = {
  id: "77",
  name: "Coach",
  color: 0,
  hoist: false,
  position: 1,
  permissions: "1024",
  managed: false,
  mentionable: false,
  flags: 0,
};
const thread = {
  id: "78",
  type: 11,
  guild_id: "79",
  parent_id: "80",
  name: "t",
  thread_metadata: { archived: false, auto_archive_duration: 60 },
};
/** What the bot is sent besides with the intents that it asks for. */
const others: readonly Packet[] = [
  { t: "CHANNEL_CREATE", d: { id: "81", type: 0, guild_id: "79", name: "new", position: 1, permission_overwrites: [] } },
  { t: "CHANNEL_UPDATE", d: { id: "81", type: 0, guild_id: "79", name: "newer", position: 1, permission_overwrites: [] } },
  { t: "CHANNEL_DELETE", d: { id: "81", type: 0, guild_id: "79", name: "newer", position: 1, permission_overwrites: [] } },
  { t: "GUILD_ROLE_CREATE", d: { guild_id: "79", role } },
  { t: "GUILD_ROLE_UPDATE", d: { guild_id: "79", role } },
  { t: "GUILD_ROLE_DELETE", d: { guild_id: "79", role_id: "77" } },
  { t: "THREAD_CREATE", d: thread },
  { t: "THREAD_UPDATE", d: thread },
  { t: "THREAD_LIST_SYNC", d: { guild_id: "79", threads: [thread], members: [] } },
  { t: "GUILD_DELETE", d: { id: "79" } },
  { t: "MESSAGE_UPDATE", d: { id: "82", channel_id: "81", content: "20 strength" } },
  { t: "MESSAGE_DELETE", d: { id: "82", channel_id: "81" } },
  { t: "USER_UPDATE", d: { id: "83", username: "sweetspot" } },
  { t: "NEVER_HEARD_OF", d: { id: "84" } },
];

let count = 0;
/** With an id of its own, so that it is not taken for one that was answered. */
function fresh(data: Json | undefined): Json | undefined {
  if (typeof data !== "object" || data === null || !("id" in data) || typeof data.id !== "string" || data.id === "") return data;
  return { ...data, id: String(9_000_000_000_000_000_000n + BigInt((count += 1))) };
}

/** Fails where the next thing that somebody does is not answered on the same connection. */
async function expectAnswers({ discord }: CoachOnDiscord, identifies = 1): Promise<void> {
  expect(message(await discord.person("bo").slash("week")).text).toContain("of 40–60 min");
  expect(discord.gateway.identifies).toBe(identifies);
}

describe("a packet that is not as Discord describes it", () => {
  test("costs itself and no other: each field gone, null and of another type", { timeout: 120_000 }, async () => {
    const setup = await openCoachOnDiscord();
    const kinds = (await packetsOf(setup)).filter(({ t }) => t !== "READY");
    expect(
      kinds
        .filter(({ t }) => t === "INTERACTION_CREATE")
        .map(({ d }) => d["type"])
        .toSorted((one, other) => Number(one) - Number(other)),
    ).toEqual([2, 3, 3, 4, 5]);
    expect(new Set(kinds.map(({ t }) => t)).size).toBe(3 + others.length);
    for (const { t, d } of kinds) {
      for (const spoiled of spoiledOf(d, swaps.slice(0, 3))) setup.discord.gateway.dispatch(t, fresh(spoiled));
      await expectAnswers(setup);
    }
  });

  test("costs itself and no other: up to three fields with anything in them", { timeout: 120_000 }, async () => {
    const setup = await openCoachOnDiscord();
    const kinds = (await packetsOf(setup)).filter(({ t }) => t !== "READY");
    await fc.assert(
      fc.asyncProperty(fc.array(anySpoiled(kinds), { minLength: 10, maxLength: 60 }), async (packets) => {
        for (const [sequence, packet] of packets.entries())
          setup.discord.gateway.send(
            JSON.stringify({ op: 0, s: 1000 + sequence, ...(packet as object), d: fresh((packet as Packet | null)?.d) }),
          );
        await expectAnswers(setup);
      }),
      { numRuns: 20 },
    );
  });

  test.each<[what: string, spoil: (data: Readonly<Record<string, unknown>>) => unknown]>([
    ["entitlements", (data) => without(data, "entitlements")],
    ["the owners of the installation", (data) => without(data, "authorizing_integration_owners")],
    ["permissions of the app", (data) => without(data, "app_permissions")],
    ["the guild", (data) => without(data, "guild", "guild_locale")],
    ["a channel of a known type", (data) => ({ ...data, channel: { id: "1", type: 99 } })],
    ["a locale", (data) => without(data, "locale")],
  ])("is answered all the same where it lacks %s, which nothing needs", async (_, spoil) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.gateway.spoilNext(spoil);
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain("20 of 40–60 min");
    expect(await setup.minutesOf(ann)).toBe(20);
  });

  test("is told by its kind and by where it broke, and never by what was said", async () => {
    const setup = await openCoachOnDiscord({ patience: 100 });
    const { discord, logged } = setup;
    discord.gateway.spoilNext((data) => without(data, "member", "user"));
    await discord.person("ann").slash("log", { sessions: '20 strength "canary"' });
    discord.gateway.dispatch("MESSAGE_CREATE", { id: "85", content: "canary", author: null, mentions: [], channel_id: "1" });
    await expectAnswers(setup);
    const dropped = logged.filter(({ event }) => event === "discord-packet-dropped");
    expect(dropped.map(({ fields }) => fields["packet"])).toEqual(["INTERACTION_CREATE", "MESSAGE_CREATE"]);
    for (const { fields } of dropped) expect(fields["where"]).toMatch(/inbound\.ts/u);
    expect(JSON.stringify(logged)).not.toContain("canary");
  });

  test("shows nobody else an answer, whatever it says of the place", { timeout: 60_000 }, async () => {
    const setup = await openCoachOnDiscord();
    const { discord } = setup;
    const ann = discord.person("ann");
    const fields = fc.constantFrom("context", "guild_id", "channel_id", "channel", "member", "channel_type", "guild");
    const spoiled = fc.dictionary(fields, fc.constantFrom(null, "", 0, 1, 2, 99, "1", {}), { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(spoiled, fc.boolean(), async (changes, isSpoken) => {
        discord.gateway.spoilNext((data) => ({ ...data, ...changes, member: data["member"] }));
        if (isSpoken) await ann.say("5 strength", discord.server.channel);
        else await ann.slash("log", { sessions: "5 strength" });
      }),
      {
        numRuns: 40,
        examples: [
          [{ context: 1, guild_id: null }, false],
          [{ guild_id: null, channel_type: null }, true],
        ],
      },
    );
    await expectAnswers(setup);
    expect(setup.heardByAll()).toEqual([]);
  });
});

describe("a packet without which the connection cannot go on", () => {
  const waits = { firstWait: 20 };

  test.each([
    "null",
    "5",
    "[]",
    '"x"',
    "{",
    "",
    '{"op":"0"}',
    '{"op":99}',
    '{"op":0}',
    '{"op":0,"t":"error","d":{}}',
    '{"op":0,"t":5,"s":"x","d":null}',
  ])("is none that makes no sense: %s", async (frame) => {
    const setup = await openCoachOnDiscord({ waits });
    setup.discord.gateway.send(frame);
    await expectAnswers(setup);
  });

  test.each([
    '{"op":9,"d":null}',
    '{"op":9}',
    '{"op":10}',
    '{"op":10,"d":{}}',
    '{"op":10,"d":{"heartbeat_interval":"soon"}}',
    '{"op":10,"d":{"heartbeat_interval":0}}',
  ])("ends the session, and the next one hears: %s", async (frame) => {
    const setup = await openCoachOnDiscord({ waits });
    setup.discord.gateway.send(frame);
    await expect.poll(() => setup.discord.gateway.identifies, { timeout: 15_000 }).toBe(2);
    await setup.discord.gateway.ready();
    await expectAnswers(setup, 2);
    expect(setup.logged.map(({ event }) => event)).toContain("discord-packet-dropped");
  });

  test.each(["user", "application", "guilds", "session_id", "resume_gateway_url"])(
    "ends the session where READY lacks %s",
    async (field) => {
      const setup = await openCoachOnDiscord({ waits });
      const { gateway } = setup.discord;
      const ready = gateway.sent.find(({ t }) => t === "READY")?.d ?? {};
      gateway.dispatch("READY", { ...ready, [field]: 5 });
      await expect.poll(() => gateway.identifies, { timeout: 15_000 }).toBe(2);
      await gateway.ready();
      await expectAnswers(setup, 2);
    },
  );
});
