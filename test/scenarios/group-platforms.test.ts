/** One group with a channel on Discord and one on Slack, in one process: the same board, and a round-up to each. */

import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { createDiscord } from "../../adapters/discord/index.ts";
import { createSlack } from "../../adapters/slack/index.ts";
import { message } from "../support/fake-discord/bot.ts";
import { openDiscord } from "../support/fake-discord/server.ts";
import { temporaryFolder } from "../support/program.ts";
import { openSlack } from "../support/fake-slack/server.ts";

async function aWorld() {
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  const clock = { now: () => now };
  const [discord, slack] = [await openDiscord({ now: clock.now }), await openSlack()];
  onTestFinished(discord.close);
  onTestFinished(slack.close);
  const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db") });
  onTestFinished(() => store.close());
  const note = (): void => {};
  const log = { info: note, warn: note, error: note };
  const parts = { clock, log, renderPng: async () => new Uint8Array([137, 80, 78, 71]), tell: note };
  const adapters = new Map([
    ["discord" as PlatformName, createDiscord({ token: discord.token, apiUrl: discord.apiUrl, ...parts })],
    [
      "slack" as PlatformName,
      createSlack({ botToken: slack.botToken, appToken: slack.appToken, apiUrl: slack.apiUrl, prefix: "", ...parts }),
    ],
  ]);
  let ids = 0;
  const freshId = (): string => `0192-${String((ids += 1)).padStart(8, "0")}`;
  const outbox = createOutbox({ store, clock, log, adapters, random: () => 0.5 });
  const coach = createCoach({
    store,
    clock,
    log,
    freshId,
    timeZone: "Europe/Berlin" as TimeZone,
    jitter: 0,
    onPending: () => void outbox.deliver(),
  });
  for (const adapter of adapters.values()) await adapter.start(coach);
  onTestFinished(async () => {
    for (const adapter of adapters.values()) await adapter.stop();
    expect([...discord.problems, ...slack.problems]).toEqual([]);
  });
  await expect.poll(() => discord.commands.length).toBeGreaterThan(0);
  return {
    discord,
    slack,
    async travelTo(instant: string): Promise<void> {
      now = Temporal.Instant.from(instant);
      await coach.evaluateDuePrompts();
      await outbox.deliver();
    },
  };
}

test(
  "a log on either side changes the same board, the round-up reaches both once, and both are kept true",
  { timeout: 60_000 },
  async () => {
    const { discord, slack, travelTo } = await aWorld();
    const [ann, bo] = [discord.person("ann"), slack.person("bo")];
    ann.setManager(true);
    slack.promote(bo);
    const onDiscord = (): readonly string[] =>
      ann
        .screen(discord.server.channel)
        .filter((seen) => seen.isFromBot && !seen.isPrivate)
        .map(({ text }) => text);
    const onSlack = (): readonly string[] =>
      bo
        .screen(slack.channel)
        .filter((seen) => seen.isFromBot && !seen.isPrivate)
        .map(({ text }) => text);
    const whispers = (): readonly string[] =>
      bo
        .screen(slack.channel)
        .filter((seen) => seen.isPrivate)
        .map(({ text }) => text);

    message(await ann.slash("group", { what: "create", words: "Morning crew" }));
    const code = /: ([0-9a-z-]{14})\./u.exec(message(await ann.slash("group", { what: "code" })).text)?.[1] ?? "none";
    await bo.slash("/coach", `group channel ${code}`);
    await expect.poll(whispers).toContainEqual(expect.stringContaining("one of Morning crew now"));
    await bo.slash("/coach", "group join");
    await expect.poll(onSlack).toContainEqual("bo is in Morning crew now.");
    expect(onDiscord().join()).not.toContain("bo is in");

    message(await ann.slash("log", { sessions: "40 strength" }));
    await bo.slash("/log", "10 strength");
    await expect.poll(onSlack).toContainEqual("bo logged. On the way this week.");
    await expect.poll(onDiscord).toContainEqual(expect.stringContaining("ann logged."));
    const board = "ann: in their zone\nbo: on the way";
    expect(message(await ann.slash("group", { what: "board" })).text.replaceAll("**", "")).toContain(board);
    await bo.slash("/coach", "group board");
    await expect.poll(() => whispers().join("\n")).toContain(board);

    for (const at of ["2026-11-30T08:00:00Z", "2026-11-30T08:01:00Z", "2026-11-30T09:00:00Z"]) await travelTo(at);
    const roundUp = "In their zone: ann. On the way: bo.";
    expect(onDiscord().filter((text) => text.includes(roundUp))).toHaveLength(1);
    expect(onSlack().filter((text) => text.includes(roundUp))).toHaveLength(1);

    // A late log on Slack shows on Discord, and who leaves on Discord is gone from Slack.
    await bo.slash("/log", "30 strength sunday");
    const later = "In their zone: ann, bo.";
    await expect.poll(onDiscord, { timeout: 5000 }).toContainEqual(expect.stringContaining(later));
    await expect.poll(onSlack, { timeout: 5000 }).toContainEqual(expect.stringContaining(later));
    message(await ann.slash("group", { what: "leave" }));
    await expect.poll(() => onSlack().filter((text) => text.includes("In their zone: bo."))).toHaveLength(1);
    await expect.poll(() => onDiscord().filter((text) => text.includes("In their zone: bo."))).toHaveLength(1);
    expect(onSlack().filter((text) => text.startsWith("Morning crew:"))).toHaveLength(1);
  },
);
