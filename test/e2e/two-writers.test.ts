/** Two processes on one file, to which the same people say different things at once: nothing of it is lost. */

import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { openDiscord } from "../support/fake-discord/server.ts";
import { startProgram, temporaryFolder } from "../support/program.ts";

const count = 120;

test(`"stop" and quiet hours, said at once to two processes by ${count} people, are both kept`, { timeout: 180_000 }, async () => {
  const folder = temporaryFolder();
  // Ids are made of the time: people have the same on both sides, and what they say later has not.
  const begun = Temporal.Now.instant();
  let apart = Temporal.Duration.from({ seconds: 0 });
  const sides = await Promise.all([openDiscord({ now: () => begun }), openDiscord({ now: () => begun.add(apart) })]);
  const [one, other] = sides;
  if (!one || !other) throw new Error("Open Discord twice: both must be there");
  const pairs = Array.from({ length: count }, (_, place) => [one.person(`person ${place}`), other.person(`person ${place}`)] as const);
  // The same people for both, by the same accounts.
  expect(pairs.map(([here, there]) => here.id === there.id)).not.toContain(false);
  apart = Temporal.Duration.from({ seconds: 1 });
  for (const discord of sides) {
    onTestFinished(discord.close);
    const variables = { LOG_LEVEL: "info", DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    await startProgram({ folder, variables }).said('"event":"discord-commands-registered"');
  }
  for (let from = 0; from < count; from += 10)
    await Promise.all(pairs.slice(from, from + 10).map(async ([here]) => await here.slash("log", { sessions: "20 strength" })));
  for (let from = 0; from < count; from += 10)
    await Promise.all(
      pairs
        .slice(from, from + 10)
        .flatMap(([here, there]) => [here.slash("settings", { setting: "quiet hours", value: "01:00-05:00" }), there.slash("stop")]),
    );
  const { store } = openSqlite({ path: join(folder, "coach.db") });
  onTestFinished(() => store.close());
  const kept = await Promise.all(
    pairs.map(async ([{ id, name }]) => {
      const found = await store.findUser({ platform: "discord" as PlatformName, id, name });
      return `${String(found?.user.isStopped)} ${String(found?.user.quietHours?.from)}`;
    }),
  );
  expect(kept.filter((one) => one !== "true 01:00:00")).toEqual([]);
});
