/** What is theirs of groups: exported, forgotten, and one person in a group by two accounts. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exportSchema } from "#core/data/export-schema.ts";
import type { PlatformName, UserId } from "#core/lib/ids.ts";
import type { Share } from "#core/model/group.ts";
import type { Block } from "#core/model/reply.ts";
import { connectSqlite, createSqliteStore } from "#src/store/sqlite/open.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { aGroup, aMember } from "../support/groups.ts";
import { temporaryFolder } from "../support/program.ts";
import { twoPlatforms } from "../support/two-platforms.ts";
import { createCrew, crew, inCrew } from "./group-fixtures.ts";

const manager = { name: "ann", in: crew, isManager: true };

function jsonIn(blocks: readonly Block[] = []): unknown {
  const file = blocks.find((block) => block.kind === "file" && block.type === "application/json");
  return JSON.parse(file?.kind === "file" ? file.content : "null");
}

describe("in a group", () => {
  test("/export holds their places, cheers, weeks of rest and bound channels, and nobody else's name", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("20 strength", { name: "ann" });
    await coach.hear("/group share minutes", { name: "ann" });
    await coach.hear("/group rest", { name: "ann" });
    await coach.hear("/group cheer", { name: "ann" });
    await coach.hear("/export", { name: "ann" });
    await coach.run();
    const json = jsonIn(coach.sent.find(({ key }) => key.startsWith("export"))?.reply.blocks);
    const { groups, cheers, channelsBound } = exportSchema.parse(json);
    expect(groups).toMatchObject([{ group: "Morning crew", name: "ann", share: "minutes", restsOn: "2026-11-23", origin: null }]);
    // In the week that was cheered for.
    expect(cheers).toMatchObject([{ on: "2026-11-16" }]);
    expect(channelsBound).toMatchObject([{ address: crew, status: "open" }]);
    expect(JSON.stringify(json)).not.toContain("ben");
  });

  test("/forget counts what goes, and takes their line from what stands", async () => {
    const coach = await createCrew(["ben"]);
    await coach.hear("40 strength", { name: "ann" });
    await coach.hear("10 strength", { name: "ben" });
    await coach.hear("/group cheer", { name: "ann" });
    await coach.travelTo("2026-11-30T08:00:00Z");
    expect(coach.inChannel(crew).at(-1)).toContain("In their zone: ann. On the way: ben.");
    expect(await coach.hear("/forget", { name: "ann" })).toContain(
      "your place in 1 group, 1 cheer, that you bound 1 channel and 1 account",
    );
    expect(await coach.press("Delete everything", undefined, { name: "ann" })).toContain("your place in 1 group, 1 cheer");
    await coach.run();
    expect(coach.inChannel(crew).at(-1)).toContain("On the way: ben.");
    expect(coach.inChannel(crew).at(-1)).not.toContain("ann");
    expect(await coach.hear("/group board", inCrew("ben"))).not.toContain("ann");
    expect(await coach.hear("/group", manager)).not.toContain("You are in it");
  });

  test("/privacy names it", async () => {
    const coach = await createCrew([]);
    expect(await coach.hear("/privacy")).toContain("what you share, weeks of rest, cheers");
  });
});

const stores = [
  ["memory", () => createMemoryStore()],
  ["SQLite", () => createSqliteStore(connectSqlite({ path: join(temporaryFolder(), "coach.db") }).client)],
] as const;

/** Ann on Discord and Ann on Slack, each in the groups that are named for them with that share. */
async function linkedIn(open: (typeof stores)[number][1], discord: Partial<Record<string, Share>>, slack: Partial<Record<string, Share>>) {
  const store = open();
  const platforms = twoPlatforms(store);
  const ids = new Map<string, UserId>();
  for (const [on, shares] of [
    ["discord", discord],
    ["slack", slack],
  ] as const) {
    await platforms.say("20 strength", { on });
    const found = await store.findUser({ platform: on as PlatformName, id: "ann", name: "ann" });
    const userId = found?.user.id ?? ("none" as UserId);
    ids.set(on, userId);
    for (const [name, share] of Object.entries(shares)) {
      const group = aGroup({ id: name as ReturnType<typeof aGroup>["id"], name });
      await store.commit([
        { kind: "group-saved", group },
        { kind: "member-joined", member: { ...aMember(`ann on ${on}`), groupId: group.id, userId, share: share ?? "status" } },
      ]);
    }
  }
  const sizeOf = async (name: string) =>
    (await store.findGroup({ id: aGroup().id.replace("group-1", name) as ReturnType<typeof aGroup>["id"] }))?.memberCount;
  const places = async (on: string) =>
    (await store.memberships(ids.get(on) ?? ("none" as UserId)))
      .map(({ group, member }) => `${group.name} ${member.name} ${member.share}`)
      .toSorted();
  const link = async (): Promise<string> => await platforms.linkUp({ on: "discord" }, { on: "slack" });
  const crewOf = async (name: string) => {
    const groupId = name as ReturnType<typeof aGroup>["id"];
    const days = { from: Temporal.PlainDate.from("2026-11-23"), until: Temporal.PlainDate.from("2026-11-30") };
    return await store.groupSnapshot({ groupId, days, cheersOn: days.from });
  };
  return { ...platforms, link, sizeOf, places, crewOf };
}

describe.each(stores)("linked, in the %s store", (_, open) => {
  test("who is in two groups is in both, and each has their own again after", async () => {
    const { link, places, say } = await linkedIn(open, { a: "minutes" }, { b: "membership" });
    await link();
    expect(await places("discord")).toEqual(["a ann on discord minutes", "b ann on slack membership"]);
    await say("/unlink");
    expect(await places("discord")).toEqual(["a ann on discord minutes"]);
    expect(await places("slack")).toEqual(["b ann on slack membership"]);
  });

  test.each<readonly [Share, Share, Share]>([
    ["minutes", "status", "status"],
    ["status", "minutes", "status"],
    ["minutes", "membership", "membership"],
    ["minutes", "minutes", "minutes"],
  ])("who is in one group twice, with %s and %s, is one member with %s", async (one, other, smaller) => {
    const { link, places, sizeOf, crewOf, say } = await linkedIn(open, { a: one }, { a: other });
    expect(await sizeOf("a")).toBe(2);
    await link();
    expect(await sizeOf("a")).toBe(1);
    expect(await places("discord")).toEqual([`a ann on discord ${smaller}`]);
    const { roster, loggedMinutes } = await crewOf("a");
    expect(roster.map(({ member }) => member.name)).toEqual(["ann on discord"]);
    expect(new Set(loggedMinutes.map(({ userId }) => userId)).size).toBe(smaller === "membership" ? 0 : 1);
    await say("/unlink");
    expect(await sizeOf("a")).toBe(2);
    expect(await places("discord")).toEqual([`a ann on discord ${smaller}`]);
    expect(await places("slack")).toEqual([`a ann on slack ${smaller}`]);
  });

  test("what was lowered meanwhile is lower for both, and who left did so for both", async () => {
    const lowered = await linkedIn(open, { a: "minutes" }, { a: "minutes" });
    await lowered.link();
    await lowered.say("/group share membership");
    await lowered.say("/unlink");
    expect(await lowered.places("slack")).toEqual(["a ann on slack membership"]);
    const left = await linkedIn(open, { a: "minutes" }, { a: "minutes" });
    await left.link();
    await left.say("/group leave");
    await left.say("/unlink");
    expect(await left.sizeOf("a")).toBe(0);
  });

  test("/forget takes both places", async () => {
    const { link, say, press, sizeOf } = await linkedIn(open, { a: "minutes", b: "status" }, { a: "minutes" });
    await link();
    expect(await say("/forget")).toContain("your place in 2 groups");
    await press("Delete everything");
    expect([await sizeOf("a"), await sizeOf("b")]).toEqual([0, 0]);
  });
});
