/** Where something was said, as far as Discord tells: without a place nothing is done that belongs to one. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Inbound } from "#src/ports/adapter.ts";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";
import { without } from "../../support/malformed.ts";

type Data = Readonly<Record<string, unknown>>;

/** A coach, all that it heard, and Ann, who may manage the channel. */
async function aPlace() {
  const heard: Inbound[] = [];
  const setup = await openCoachOnDiscord({
    overhear: (api) => ({
      ...api,
      async handle(inbound) {
        heard.push(inbound);
        return await api.handle(inbound);
      },
    }),
  });
  const ann = setup.discord.person("ann");
  ann.setManager(true);
  const { gateway, server } = setup.discord;
  const group = async (what: string, words: string, spoil: (data: Data) => unknown): Promise<string> => {
    gateway.spoilNext(spoil);
    return message(await ann.slash("group", { what, ...(words === "" ? {} : { words }) })).text;
  };
  return { ...setup, ann, heard, group, address: `channel ${server.channel.channelId}` };
}

const unknown = "couldn't see which channel";

describe("an interaction", () => {
  test("without its channel belongs to the channel that it names by its id", async () => {
    const { group, heard, address } = await aPlace();
    expect(await group("create", "Morning crew", (data) => without(data, "channel"))).toContain("Morning crew is here now.");
    expect(await group("join", "", (data) => data)).toContain("You are in Morning crew already.");
    expect(heard.map(({ surface }) => surface?.address)).toEqual([address, address]);
  });

  test("without the id of its channel belongs to the channel that it brings along", async () => {
    const { group, heard, address } = await aPlace();
    expect(await group("create", "Morning crew", (data) => without(data, "channel_id"))).toContain("Morning crew is here now.");
    expect(heard[0]?.surface?.address).toBe(address);
  });

  test("belongs to the channel that it names by its id, whatever other channel it brings along", async () => {
    const { group, heard, address } = await aPlace();
    await group("create", "Morning crew", (data) => ({ ...data, channel: { id: "1", type: 0 } }));
    expect(heard[0]?.surface?.address).toBe(address);
  });

  test.each<[words: string, spoil: (data: Data) => Data]>([
    ["neither", (data) => without(data, "channel", "channel_id")],
    ["both empty", (data) => ({ ...data, channel: { id: "" }, channel_id: "" })],
    ["both null", (data) => ({ ...data, channel: null, channel_id: null })],
    ["a number and a list", (data) => ({ ...data, channel: [], channel_id: 5 })],
    ["blanks and words", (data) => ({ ...data, channel: { id: " " }, channel_id: "general" })],
  ])("with %s belongs nowhere: it neither begins, joins, changes nor shows a group, and says so", async (_, spoil) => {
    const { group, heard, ann, discord, minutesOf } = await aPlace();
    for (const [what, words] of [
      ["create", "Morning crew"],
      ["join", ""],
      ["settings", ""],
      ["code", ""],
      ["remove", ""],
    ] as const)
      expect(await group(what, words, spoil)).toContain(unknown);
    expect(heard.map(({ surface }) => surface)).toEqual(heard.map(() => undefined));
    discord.gateway.spoilNext(spoil);
    const logged = message(await ann.slash("log", { sessions: "20 strength" }));
    expect(logged).toMatchObject({ isPrivate: true, text: expect.stringContaining("20 of 40–60 min") });
    expect(await minutesOf(ann)).toBe(20);
  });

  test("binds no group to a place that is not there, whatever it holds", { timeout: 60_000 }, async () => {
    const { discord, ann, heard, group, address } = await aPlace();
    const id = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, "", " ", "0x1", "-1", 5, {}, [], ["1"], { id: "" }),
      fc.jsonValue({ maxDepth: 1 }),
    );
    const deed = fc.constantFrom(["create", "Morning crew"], ["join", ""], ["channel", ""]);
    await fc.assert(
      fc.asyncProperty(id, id, deed, async (channelId, channel, [what = "", words = ""]) => {
        const answer = await group(what, words, (data) => ({ ...data, channel_id: channelId, channel }));
        expect(answer).toContain(unknown);
      }),
      { numRuns: 40 },
    );
    discord.gateway.spoilNext((data) => data);
    expect(message(await ann.slash("group", { what: "join" })).text).toContain("no channel of a group");
    expect(heard.flatMap(({ surface }) => surface?.address ?? [])).toEqual([address]);
  });
});
