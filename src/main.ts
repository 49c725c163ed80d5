/** Wires everything together, and stops it cleanly. The only file that knows everyone. */

import { randomInt, randomUUIDv7 } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { stderr, stdin, stdout } from "node:process";
import { platforms } from "../adapters/index.ts";
import { createClock } from "#src/clock.ts";
import { createClockwork } from "#src/clockwork.ts";
import { createCoach } from "#src/coach.ts";
import { createCodes } from "#src/codes.ts";
import { type Config, readConfig } from "#src/config.ts";
import { createImporter } from "#src/importer.ts";
import { createInstallations, renewInstallations } from "#src/installations.ts";
import { createLog } from "#src/log.ts";
import { createOutbox } from "#src/outbox.ts";
import { passTo } from "#src/pass.ts";
import { createPainter } from "#src/png.ts";
import type { PlatformName } from "#core/brand.ts";
import { placeOf } from "#core/place.ts";
import type { Adapter, Log, Store } from "#src/ports.ts";
import { createSeal } from "#src/seal.ts";
import type { SlackConfig } from "#src/slack-config.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { createSweep } from "#src/sweep.ts";

/** Minutes over which those come who asked for the same time. On the console there is no crowd. */
const spreads = { console: 0, chat: 60 } as const;

if (existsSync(".env")) process.loadEnvFile();
const config = readConfig(process.env);
if ("database" in config) await run(config);
else fail("Sweetspot cannot start; .env.example says what each variable means:", ...config);

async function run(config: Config): Promise<void> {
  const store = open(config.database, config.isDefaultDatabase);
  if (!store) return;
  const log = createLog(config.logLevel, (line) => stderr.write(line));
  const clock = createClock();
  const isChat = config.discord !== undefined || config.slack !== undefined;
  const adapters = new Map<PlatformName, Adapter>();
  const { coach, outbox, clockwork, run } = createWorks({ config, store, clock, log, adapters, isChat });
  const painter = createPainter();
  const parts: Parts = { config, store, clock, log, paint: painter.paint, passTo: (target) => passTo(target, { clock, store, run }) };
  for (const [name, adapter] of isChat ? await chatAdapters(parts) : [await consoleAdapter(parts)])
    adapters.set(name as PlatformName, adapter);
  const all = [...adapters.values()];
  const stop = async (): Promise<void> => void (await Promise.all(all.map((adapter) => adapter.stop())));
  const asked = onSignal(stop);
  log.info("started", { database: config.database });
  try {
    await coach.followRules(process.versions["tz"] ?? "unknown").catch((error: unknown) => log.error("rules-failed", placeOf(error)));
    const started = Promise.all(all.map((adapter) => adapter.start(coach)));
    // Not after them: a platform that is out does not hold up what is to be said on another.
    clockwork.start();
    await run();
    await started;
    await Promise.all(all.map((adapter) => adapter.ended));
    // A console may come to its end. A bot that does has been refused, and whoever watches over it is to know.
    if (isChat && !asked.aborted) process.exitCode = 1;
  } finally {
    await clockwork.stop();
    await outbox.stop();
    await stop();
    await painter.close();
    await store.close();
    stdin.destroy();
  }
  log.info("stopped");
}

/** What the works are made of. */
type WorksDeps = Pick<Parts, "config" | "store" | "clock" | "log"> & {
  readonly adapters: ReadonlyMap<PlatformName, Adapter>;
  /** Whether it talks anywhere but on the console. */
  readonly isChat: boolean;
};

/** The coach, and what keeps it going. */
function createWorks({ config, store, clock, log, adapters, isChat }: WorksDeps) {
  const { timeZone, keptFor } = config;
  const spread = isChat ? spreads.chat : spreads.console;
  const report = (event: string) => (error: unknown) => log.error(event, placeOf(error));
  const outbox = createOutbox({ store, clock, log, adapters, chance: () => randomInt(1_000_000) / 1_000_000 });
  const deliver = (): Promise<void> => outbox.deliver().catch(report("delivering-failed"));
  const freshId = (): string => randomUUIDv7();
  const importer = createImporter({ store, log, freshId });
  // A turn later, so that the answer is said first.
  const onQueued = (): void => void setImmediate(() => void deliver());
  const coach = createCoach({ store, clock, log, timeZone, spread, keptFor, onQueued, importer, codes: createCodes(), freshId });
  const sweep = createSweep({ store, clock, keptFor });
  const tick = async (): Promise<void> => {
    await coach.tick();
    await sweep().catch(report("sweeping-failed"));
    // Not waited for: what many people are sent takes longer than a minute, and others fall due meanwhile.
    void deliver();
  };
  const clockwork = createClockwork({ tick, clock: createClock(), monotonic: () => performance.now(), log });
  const run = async (): Promise<void> => {
    await clockwork.run();
    await deliver();
  };
  return { coach, outbox, clockwork, run };
}

/** Stops when the system asks for it; the signal tells whether it did. */
function onSignal(stop: () => Promise<void>): AbortSignal {
  const asked = new AbortController();
  asked.signal.addEventListener("abort", () => void stop());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => asked.abort());
  return asked.signal;
}

/** What adapters are made of. */
type Parts = {
  readonly config: Config;
  readonly store: Store;
  readonly clock: ReturnType<typeof createClock>;
  readonly log: Log;
  readonly paint: (svg: string) => Promise<Uint8Array>;
  readonly passTo: (instant: Temporal.Instant) => Promise<boolean>;
};

async function consoleAdapter({ config, clock, paint, passTo }: Parts): Promise<readonly [string, Adapter]> {
  const createConsole = await platforms.console();
  const adapter = createConsole({
    input: stdin,
    output: stdout,
    hasColour: stdout.isTTY && stdout.hasColors(),
    clock,
    passTo,
    timeZone: config.timeZone,
    paint,
    pictures: config.database.replace(/\.[^./\\]*$/, ""),
  });
  return ["console", adapter];
}

async function chatAdapters({ config, store, clock, log, paint }: Parts): Promise<readonly (readonly [string, Adapter])[]> {
  const { discord, slack } = config;
  const shared = { clock, log, paint, tell };
  return [
    ...(discord ? [["discord", (await platforms.discord())({ ...discord, ...shared })] as const] : []),
    ...(slack ? [["slack", (await platforms.slack())({ ...(await admitted(slack, { store, clock })), ...shared })] as const] : []),
  ];
}

function tell(line: string): void {
  stderr.write(`${line}\n`);
}

/** With where Slack's bot was let in, if that is in more than one workspace; and all of that under the newest key. */
async function admitted(slack: SlackConfig, { store, clock }: Pick<Parts, "store" | "clock">) {
  if (!("tokenKeys" in slack)) return slack;
  const { tokenKeys, ...http } = slack;
  const deps = { store, clock, seal: createSeal(tokenKeys), platform: "slack" as PlatformName };
  const { renewed, lost } = await renewInstallations(deps);
  if (renewed > 0) tell(`The tokens of ${counted(renewed)} are kept under the first of SLACK_TOKEN_KEYS now.`);
  if (lost > 0)
    tell(
      `The tokens of ${counted(lost)} are kept under another key: name it in SLACK_TOKEN_KEYS, too, or the bot has to be installed there anew.`,
    );
  return { ...http, installations: createInstallations(deps) };
}

function counted(workspaces: number): string {
  return workspaces === 1 ? "1 workspace" : `${workspaces} workspaces`;
}

function open(database: string, isDefault: boolean): ReturnType<typeof openSqlite>["store"] | undefined {
  try {
    if (isDefault) mkdirSync(dirname(database), { recursive: true });
    const { store, isNew, copy } = openSqlite({ path: database });
    if (isNew) stderr.write(`Created ${database}: everything that is logged is kept in this file.\n`);
    if (copy) stderr.write(`Brought ${database} to the newest form; the file as it was is kept as ${copy}.\n`);
    return store;
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function fail(...lines: readonly string[]): void {
  stderr.write(`${lines.join("\n  ")}\n`);
  process.exitCode = 1;
}
