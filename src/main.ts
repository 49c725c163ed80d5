/** Wires everything together, and stops it cleanly. The only file that knows everyone. */

import { randomInt, randomUUIDv7 } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { stderr, stdin } from "node:process";
import { createGate } from "#src/admission.ts";
import { createClock } from "#src/clock.ts";
import { createClockwork } from "#src/clockwork.ts";
import { createCoach } from "#src/coach.ts";
import { createCodes } from "#src/codes.ts";
import { type Config, readConfig } from "#src/config.ts";
import { createImporter } from "#src/importer.ts";
import { createLog } from "#src/log.ts";
import { createOutbox } from "#src/outbox.ts";
import { passTo } from "#src/pass.ts";
import { createAdapters, type Parts } from "#src/platforms.ts";
import { createPainter } from "#src/png.ts";
import type { PlatformName } from "#core/brand.ts";
import { placeOf } from "#core/place.ts";
import type { Adapter, Ear } from "#src/ports.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import { createSweep } from "#src/sweep.ts";

/** Milliseconds after which the process ends, whatever still waits. */
const farewell = 1000;
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
  const { coach, outbox, clockwork, run, deliver } = createWorks({ config, store, clock, log, adapters, isChat });
  const painter = createPainter();
  const target = (instant: Temporal.Instant): Promise<boolean> =>
    passTo(instant, { clock, store, platforms: () => [...adapters.keys()], run });
  const made = await createAdapters({ config, store, clock, log, paint: painter.paint, passTo: target, deliver });
  for (const [name, adapter] of made) adapters.set(name, adapter);
  const all = [...adapters.values()];
  // A console has one person, who is answered line by line.
  const ear: Ear = isChat ? { ...coach, gate: createGate({ monotonic: () => performance.now() }) } : coach;
  const stop = async (): Promise<void> => void (await Promise.all(all.map((adapter) => adapter.stop())));
  const asked = onSignal(stop);
  log.info("started", { database: config.database });
  try {
    await coach.followRules(process.versions["tz"] ?? "unknown").catch((error: unknown) => log.error("rules-failed", placeOf(error)));
    const started = Promise.all(all.map((adapter) => adapter.start(ear)));
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
  // A request that a platform never answers, and those that wait behind it, hold up no restart.
  setTimeout(() => process.exit(), farewell).unref();
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
  // A turn later, so that the answer is said first. A console delivers after each of its answers anyway.
  const hurry = (): void => void (isChat && setImmediate(() => void deliver()));
  const coach = createCoach({ store, clock, log, timeZone, spread, keptFor, hurry, importer, codes: createCodes(), freshId });
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
  return { coach, outbox, clockwork, run, deliver };
}

/** Stops when the system asks for it; the signal tells whether it did. */
function onSignal(stop: () => Promise<void>): AbortSignal {
  const asked = new AbortController();
  asked.signal.addEventListener("abort", () => void stop());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => asked.abort());
  return asked.signal;
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
