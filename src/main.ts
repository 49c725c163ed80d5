/** Wires everything together, and stops it cleanly. The only file that knows everyone. */

import { randomUUIDv7 } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { stderr, stdin, stdout } from "node:process";
import { platforms } from "../adapters/index.ts";
import { createClock } from "#src/clock.ts";
import { createCoach } from "#src/coach.ts";
import { type Config, readConfig } from "#src/config.ts";
import { createLog } from "#src/log.ts";
import { openSqlite } from "#src/store/sqlite.ts";

if (existsSync(".env")) process.loadEnvFile();
const config = readConfig(process.env);
if ("database" in config) await run(config);
else fail("Sweetspot cannot start; .env.example says what each variable means:", ...config);

async function run({ database, isDefaultDatabase, timeZone, logLevel }: Config): Promise<void> {
  const store = open(database, isDefaultDatabase);
  if (!store) return;
  const log = createLog(logLevel, (line) => stderr.write(line));
  const clock = createClock();
  const coach = createCoach({ store, clock, log, timeZone, freshId: () => randomUUIDv7() });
  const adapter = platforms.console({ input: stdin, output: stdout, hasColour: stdout.isTTY && stdout.hasColors(), clock, timeZone });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void adapter.stop());
  log.info("started", { database });
  try {
    await adapter.start(coach.handle);
    await adapter.ended;
  } finally {
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
