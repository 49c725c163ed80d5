/** Wires everything together, and stops it cleanly. The only file that knows everyone. */

import { randomInt, randomUUIDv7 } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { stderr, stdin, stdout } from "node:process";
import { platforms } from "../adapters/index.ts";
import { createClock } from "#src/clock.ts";
import { createClockwork } from "#src/clockwork.ts";
import { createCoach } from "#src/coach.ts";
import { type Config, readConfig } from "#src/config.ts";
import { createLog } from "#src/log.ts";
import { createOutbox } from "#src/outbox.ts";
import { passTo } from "#src/pass.ts";
import { createPainter } from "#src/png.ts";
import type { PlatformName } from "#core/brand.ts";
import { placeOf } from "#core/place.ts";
import type { Adapter } from "#src/ports.ts";
import { openSqlite } from "#src/store/sqlite.ts";

/** On the console there is no crowd: nobody waits for others who asked for the same time. */
const spread = 0;

if (existsSync(".env")) process.loadEnvFile();
const config = readConfig(process.env);
if ("database" in config) await run(config);
else fail("Sweetspot cannot start; .env.example says what each variable means:", ...config);

async function run({ database, isDefaultDatabase, timeZone, logLevel }: Config): Promise<void> {
  const store = open(database, isDefaultDatabase);
  if (!store) return;
  const log = createLog(logLevel, (line) => stderr.write(line));
  const clock = createClock();
  const coach = createCoach({ store, clock, log, timeZone, spread, freshId: () => randomUUIDv7() });
  const adapters = new Map<PlatformName, Adapter>();
  const outbox = createOutbox({ store, clock, log, adapters, chance: () => randomInt(1_000_000) / 1_000_000 });
  const report = (event: string) => (error: unknown) => log.error(event, placeOf(error));
  const deliver = (): Promise<void> => outbox.deliver().catch(report("delivering-failed"));
  const tick = async (): Promise<void> => {
    await coach.tick();
    // Not waited for: what many people are sent takes longer than a minute, and others fall due meanwhile.
    void deliver();
  };
  const clockwork = createClockwork({ tick, clock: createClock(), monotonic: () => performance.now(), log });
  const run = async (): Promise<void> => {
    await clockwork.run();
    await deliver();
  };
  const painter = createPainter();
  const adapter = platforms.console({
    input: stdin,
    output: stdout,
    hasColour: stdout.isTTY && stdout.hasColors(),
    clock,
    passTo: (target) => passTo(target, { clock, store, run }),
    timeZone,
    paint: painter.paint,
    pictures: database.replace(/\.[^./\\]*$/, ""),
  });
  adapters.set("console" as PlatformName, adapter);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void adapter.stop());
  log.info("started", { database });
  try {
    await coach.followRules(process.versions["tz"] ?? "unknown").catch(report("rules-failed"));
    await adapter.start(coach.handle);
    clockwork.start();
    await run();
    await adapter.ended;
  } finally {
    await clockwork.stop();
    await outbox.stop();
    await painter.close();
    await store.close();
    stdin.destroy();
  }
  log.info("stopped");
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
