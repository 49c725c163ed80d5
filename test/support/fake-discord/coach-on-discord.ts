/** The coach on Discord in this process: real store, real SDK, and a fake Discord. */

import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter, CoachApi } from "#src/ports/adapter.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import type { Patience } from "../../../adapters/discord/gateway-session.ts";
import { createDiscord } from "../../../adapters/discord/index.ts";
import { temporaryFolder } from "../program.ts";
import { openDiscord } from "./server.ts";
import type { Discord, DiscordOptions, Person, Seen } from "./types.ts";

/** A coach on Discord. Tests set its clock, which is Discord's too. */
export type CoachOnDiscord = {
  readonly discord: Discord;
  readonly adapter: Adapter;
  readonly store: Store;
  /** The strength minutes recorded for somebody; undefined for an unknown user. */
  minutesOf(person: Person): Promise<number | undefined>;
  /** Notices to the operator. */
  readonly told: string[];
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
  turn(duration: Temporal.DurationLike): void;
  /** Sends everything that is due. */
  deliver(): Promise<void>;
  /** Waits until `event` is logged. */
  logs(event: string): Promise<void>;
  /** The bot's messages that everybody sees in the server's channel. */
  heardByAll(): readonly Seen[];
};

/** Options of the coach on Discord. */
export type CoachOnDiscordOptions = DiscordOptions & {
  /** Wraps the store. */
  readonly spoil?: (store: Store) => Store;
  /** Wraps the coach's API. */
  readonly overhear?: (api: CoachApi) => CoachApi;
  /** Timeouts of the connection. */
  readonly waits?: Partial<Patience>;
  /** Milliseconds for which an answer is retried. */
  readonly answerWait?: number;
  readonly renderPng?: (svg: string) => Promise<Uint8Array>;
};

const aPicture = async (): Promise<Uint8Array> => new Uint8Array([137, 80, 78, 71]);

const timeZone = "Europe/Berlin" as TimeZone;
const platform = "discord" as PlatformName;

/**
 * Opens a Discord and the coach on it, on a Wednesday noon in Berlin. Both are closed after the test, which fails if the bot sent anything
 * invalid.
 */
export async function openCoachOnDiscord({
  spoil,
  overhear,
  waits = {},
  answerWait = 60_000,
  renderPng = aPicture,
  ...options
}: CoachOnDiscordOptions = {}): Promise<CoachOnDiscord> {
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  const clock = { now: () => now };
  const discord = await openDiscord({ now: clock.now, ...options });
  onTestFinished(discord.close);
  const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db") });
  onTestFinished(() => store.close());
  const logged: CoachOnDiscord["logged"] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const log = { info: note, warn: note, error: note };
  let ids = 0;
  const freshId = (): string => `id-${String((ids += 1)).padStart(4, "0")}`;
  const deps = { store: spoil?.(store) ?? store, clock, log, freshId, timeZone, jitter: 0 };
  const coach = createCoach(deps);
  const told: string[] = [];
  const { token, apiUrl } = discord;
  const tell = (line: string): void => void told.push(line);
  const adapter = createDiscord({ token, apiUrl, clock, log, renderPng, tell, patience: waits, answerWait });
  const outbox = createOutbox({ store, clock, log, adapters: new Map([[platform, adapter]]), random: () => 0.5 });
  onTestFinished(async () => {
    await adapter.stop();
    expect(discord.problems).toEqual([]);
  });
  await adapter.start(overhear?.(coach) ?? coach);
  const logs = async (event: string): Promise<void> =>
    await expect.poll(() => logged.map((one) => one.event), { timeout: 10_000, interval: 10 }).toContain(event);
  await logs("discord-commands-registered");
  const bystander = discord.person("bystander");
  return {
    discord,
    adapter,
    store,
    async minutesOf({ id }) {
      const found = await store.findUser({ platform, id, name: "" });
      const sessions = found && (await store.page(found.user.id, { skip: 0, limit: 100 }));
      return sessions?.reduce((sum, { minutes }) => sum + minutes, 0);
    },
    told,
    logged,
    logs,
    deliver: outbox.deliver,
    turn: (duration) => void (now = now.toZonedDateTimeISO(timeZone).add(duration).toInstant()),
    heardByAll: () => bystander.screen(discord.server.channel).filter(({ isFromBot }) => isFromBot),
  };
}
