/** Planted lines for the import rule and the lint, which must tell the good ones from the bad. */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { root } from "./project.ts";

/** The path of a file, and the line planted in it. */
export type Plant = readonly [path: string, source: string];

/** Imports that break the rule. */
export const refused: readonly Plant[] = [
  ["src/core/training/week-summary.ts", 'import { sql } from "drizzle-orm";'],
  ["src/core/training/week-summary.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/core/training/week-summary.ts", 'import { pgTable } from "drizzle-orm/pg-core";'],
  ["src/core/training/week-summary.ts", 'import { readFileSync } from "node:fs";'],
  ["src/core/training/week-summary.ts", 'export { readFileSync } from "node:fs";'],
  ["src/core/training/week-summary.ts", 'export * from "node:path";'],
  ["src/core/training/week-summary.ts", 'import "node:process";'],
  ["src/core/training/week-summary.ts", 'export const fs = await import("node:fs");'],
  ["src/core/training/week-summary.ts", 'import { openSqlite } from "../../store/sqlite/open.ts";'],
  ["src/core/training/week-summary.ts", 'import { openSqlite } from "./../../store/sqlite/open.ts";'],
  ["src/core/training/week-summary.ts", 'import { createModelStore } from "../../../test/support/model-store/store.ts";'],
  ["src/core/training/week-summary.ts", 'import { sayWeek } from "#core/voice/week.ts";'],
  ["src/core/training/week-summary.ts", 'import type { Command } from "#core/command.ts";'],
  ["src/core/training/week-summary.ts", 'import { sayWeek } from "../voice/week.ts";'],
  ["src/core/training/week-summary.ts", 'import { sayWeek } from "#core/lib/../voice/week.ts";'],
  ["src/core/lib/time.ts", 'import { doseOf } from "#core/training/dose.ts";'],
  ["src/core/data/export.ts", 'import { phrases } from "#core/phrases.ts";'],
  ["src/core/command.ts", 'import { drawWeek } from "#core/pictures/draw.ts";'],
  ["src/core/command.ts", 'import { drawWeek } from "./pictures/draw.ts";'],
  ["src/core/voice/week.ts", 'import { commands } from "#core/commands/index.ts";'],
  ["src/core/commands/log/log.ts", 'import { composeDirect } from "#core/messages/compose-direct.ts";'],
  ["src/core/training/week-summary.ts", 'import type { Store } from "#src/ports/store.ts";'],
  ["src/core/training/week-summary.ts", 'import { platforms } from "../../adapters/index.ts";'],
  ["src/core/training/week-summary.ts", 'import { z } from "zod";'],
  ["src/core/training/week-summary.ts", 'import { files } from "#src/evidence/files.ts";'],
  ["src/core/training/week-summary.ts", 'import leven from "leven";'],
  ["src/core/evidence/evidence.ts", 'import { z } from "zod";'],
  ["src/core/evidence/parse-facts.ts", 'import type { z } from "zod";'],
  ["src/core/commands/week.ts", 'import { createCoach } from "../../app/coach.ts";'],
  ["src/core/commands/week.ts", 'import leven from "leven";'],
  ["src/core/voice/week.ts", 'import { inspect } from "node:util";'],
  ["src/evidence/files.ts", 'import { activityOf } from "#core/evidence/activities.ts";'],
  ["src/ports/store.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/ports/store.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/app/coach.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/app/coach.ts", 'import { createConsole } from "../../adapters/console/index.ts";'],
  ["src/app/coach.ts", 'import { randomUUID } from "node:crypto";'],
  ["src/core/pictures/curve.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/core/pictures/scales.ts", 'import { line } from "d3-shape";'],
  ["src/core/pictures/shapes.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/app/coach.ts", 'import { createClock } from "#src/runtime/clock.ts";'],
  ["src/app/coach.ts", 'import type { Clock } from "#src/runtime/clock.ts";'],
  ["src/app/coach.ts", 'import { readConfig } from "#src/config/config.ts";'],
  ["src/app/coach.ts", 'import { schedule } from "node-cron";'],
  ["src/app/outbox/outbox.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/app/outbox/outbox.ts", 'import { createConsole } from "../../../adapters/console/index.ts";'],
  ["src/runtime/time-travel.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/runtime/scheduler.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/runtime/scheduler.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/runtime/png.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/runtime/png-worker.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/runtime/png-worker.ts", 'import { schedule } from "node-cron";'],
  ["src/runtime/clock.ts", 'import { readConfig } from "#src/config/config.ts";'],
  ["src/runtime/png.ts", 'import { randomUUID } from "node:crypto";'],
  ["src/runtime/token-cipher.ts", 'import { readFileSync } from "node:fs";'],
  ["src/runtime/stop.ts", 'import { request } from "node:https";'],
  ["src/runtime/log.ts", 'import { stderr } from "node:process";'],
  ["src/config/config.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/config/config.ts", 'import { env } from "node:process";'],
  ["src/config/config.ts", 'import { createLog } from "#src/runtime/log.ts";'],
  ["src/config/load-config.ts", 'import { z } from "zod";'],
  ["src/evidence/files.ts", 'import { join } from "node:path";'],
  ["src/store/sqlite/open.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/store/sqlite/open.ts", 'import { createCoach } from "../../app/coach.ts";'],
  ["src/store/sqlite/open.ts", 'import { platforms } from "../../../adapters/index.ts";'],
  ["src/store/sqlite/open.ts", 'import { drizzle } from "drizzle-orm/better-sqlite3";'],
  ["src/store/sqlite/open.ts", 'import { createRequire } from "node:module";'],
  ["src/store/sqlite/open.ts", 'import leven from "leven";'],
  ["drizzle/schema.ts", 'import { weekOf } from "#core/lib/time.ts";'],
  ["drizzle/schema.ts", 'import { pgTable } from "drizzle-orm/pg-core";'],
  ["drizzle/schema.ts", 'import type { Store } from "#src/ports/store.ts";'],
  ["drizzle/orm.ts", 'import { sql } from "drizzle-orm";'],
  ["adapters/index.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["adapters/index.ts", 'import { createClient } from "./slack/client.ts";'],
  ["adapters/console/index.ts", 'import { createModelStore } from "../../test/support/model-store/store.ts";'],
  ["adapters/console/index.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["adapters/console/index.ts", 'import { renderReply } from "../discord/render.ts";'],
  ["adapters/console/index.ts", 'import { platforms } from "../index.ts";'],
  ["adapters/console/index.ts", 'import { Client } from "discord.js";'],
  ["adapters/console/index.ts", 'import { createRequire } from "node:module";'],
  ["adapters/console/index.ts", 'import { user } from "#drizzle/sqlite.ts";'],
  ["adapters/discord/index.ts", 'import { createConsole } from "../console/index.ts";'],
  ["adapters/discord/index.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["adapters/discord/index.ts", 'import { App } from "@slack/bolt";'],
  ["adapters/slack/index.ts", 'import { REST } from "discord.js";'],
  ["adapters/slack/index.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["adapters/slack/render/index.ts", 'import { renderReply } from "../../discord/render/index.ts";'],
  ["adapters/slack/render/index.ts", 'import { platforms } from "../../index.ts";'],
  ["adapters/shared/in-flight.ts", 'import { createConsole } from "../console/index.ts";'],
  ["adapters/shared/in-flight.ts", 'import { Client } from "discord.js";'],
  ["src/app.ts", 'import { platforms } from "../adapters/index.ts";'],
  ["src/app.ts", 'import { sql } from "#drizzle/orm.ts";'],
  ["src/app.ts", 'import { createRequire } from "node:module";'],
  ["src/platforms.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/platforms.ts", 'import { createConsole } from "../adapters/console/index.ts";'],
  ["src/main.ts", 'import { createCoach } from "#src/app/coach.ts";'],
];

/** Imports that keep the rule. */
export const allowed: readonly Plant[] = [
  ["src/core/training/week-summary.ts", 'import { doseOf } from "./dose.ts";'],
  ["src/core/training/week-summary.ts", 'import { weekOf } from "#core/lib/time.ts";'],
  ["src/core/training/week-summary.ts", 'import type { User } from "#core/model/user.ts";'],
  ["src/core/command.ts", 'import { readArgs } from "./args.ts";'],
  ["src/core/command.ts", 'import { linkOf } from "#core/accounts/link.ts";'],
  ["src/core/pictures/draw.ts", 'import { phrases } from "#core/phrases.ts";'],
  ["src/core/commands/week.ts", 'import { weekOf } from "#core/lib/time.ts";'],
  ["src/core/commands/week.ts", 'import { sayWeek } from "#core/voice/week.ts";'],
  ["src/core/commands/log/log.ts", 'import { footnotes } from "#core/commands/footnotes.ts";'],
  ["src/core/lib/csv.ts", 'import { stringify } from "csv-stringify/sync";'],
  ["src/core/ask/search-index.ts", 'import MiniSearch from "minisearch";'],
  ["src/core/data/export-schema.ts", 'import { z } from "zod";'],
  ["src/core/evidence/schema.ts", 'import { z } from "zod";'],
  ["src/core/evidence/evidence.ts", 'import type { z } from "zod";'],
  ["src/core/evidence/evidence.ts", 'import { files } from "#src/evidence/files.ts";'],
  ["src/core/lib/edit-distance.ts", 'import leven from "leven";'],
  ["src/core/pictures/scales.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/core/pictures/shapes.ts", 'import { line } from "d3-shape";'],
  ["src/runtime/scheduler.ts", 'import { schedule } from "node-cron";'],
  ["src/runtime/png.ts", 'import { Worker } from "node:worker_threads";'],
  ["src/runtime/png-worker.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/evidence/files.ts", 'import { readFileSync } from "node:fs";'],
  ["src/ports/store.ts", 'import type { Reply } from "#core/model/reply.ts";'],
  ["src/app/coach.ts", 'import type { Store } from "#src/ports/store.ts";'],
  ["src/config/config.ts", 'import { z } from "zod";'],
  ["src/config/config.ts", 'import { logLevels } from "#src/ports/runtime.ts";'],
  ["src/config/load-config.ts", 'import { readConfig } from "./config.ts";'],
  ["src/app/coach.ts", 'import { createOutbox } from "#src/app/outbox/outbox.ts";'],
  ["src/app/retention-job.ts", 'import { breathe } from "#src/runtime/event-loop.ts";'],
  ["src/runtime/csv-reader.ts", 'import { parse } from "csv-parse";'],
  ["src/runtime/token-cipher.ts", 'import { createCipheriv } from "node:crypto";'],
  ["src/store/sqlite/open.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/store/sqlite/open.ts", 'import type { PgDatabase } from "drizzle-orm/pg-core";'],
  ["src/store/sqlite/open.ts", 'import { drizzle } from "#drizzle/orm.ts";'],
  ["src/store/sqlite/open.ts", 'import Database from "better-sqlite3";'],
  ["src/store/sqlite/open.ts", 'import { readFileSync } from "node:fs";'],
  ["src/app.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/platforms.ts", 'import { platforms } from "../adapters/index.ts";'],
  ["drizzle/schema.ts", 'import type { UserId } from "#core/lib/ids.ts";'],
  ["drizzle/orm.ts", 'import { createRequire } from "node:module";'],
  ["adapters/index.ts", 'import { createConsole } from "./console/index.ts";'],
  ["adapters/console/index.ts", 'import { renderReply } from "./render.ts";'],
  ["adapters/console/index.ts", 'import { createInterface } from "node:readline";'],
  ["adapters/console/index.ts", 'import type { Adapter } from "#src/ports/store.ts";'],
  ["adapters/discord/index.ts", 'import { REST } from "discord.js";'],
  ["adapters/discord/index.ts", 'import { createInFlight } from "../shared/in-flight.ts";'],
  ["adapters/discord/render/index.ts", 'import { errorOf } from "../errors.ts";'],
  ["adapters/discord/render/index.ts", 'import { picturesOf } from "../../shared/pictures.ts";'],
  ["adapters/shared/download.ts", 'import { isPublic } from "./file-address.ts";'],
  ["adapters/shared/download.ts", 'import { request } from "node:https";'],
  ["src/main.ts", 'import { enableCompileCache } from "node:module";'],
  ["src/main.ts", 'import { run } from "./app.ts";'],
  ["adapters/slack/index.ts", 'import { App } from "@slack/bolt";'],
  ["adapters/slack/index.ts", 'import { WebClient } from "@slack/web-api";'],
];

/** Lines that break a rule without an import. Only the lint checks these. */
export const impure: readonly Plant[] = [
  ["src/core/training/week-summary.ts", "export const now = Date.now();"],
  ["src/core/training/week-summary.ts", "export const now = new Date();"],
  ["src/core/training/week-summary.ts", "export const now = globalThis.Date;"],
  ["src/core/training/week-summary.ts", "export const now = Temporal.Now.instant();"],
  ["src/core/training/week-summary.ts", "export const { Now } = Temporal;"],
  ["src/core/training/week-summary.ts", "export const chance = Math.random();"],
  ["src/core/training/week-summary.ts", "export const id = crypto.randomUUID();"],
  ["src/core/training/week-summary.ts", "export const { env } = process;"],
  ["src/core/training/week-summary.ts", 'export const page = await fetch("https://example.org");'],
  ["src/core/training/week-summary.ts", "setTimeout(() => {}, 5);"],
  ["src/core/training/week-summary.ts", "setInterval(() => {}, 5);"],
  ["src/core/training/week-summary.ts", 'console.log("hello");'],
  ["src/core/voice/week.ts", "export const now = Date.now();"],
  ["src/app/coach.ts", "export const now = Temporal.Now.instant();"],
  ["src/app/coach.ts", "export const now = Date.now();"],
  ["src/app/coach.ts", "export const { TIME_ZONE } = process.env;"],
  ["adapters/console/index.ts", "export const chance = Math.random();"],
];

const configs = [".oxlintrc.json", "tools/architecture/lint-base.jsonc"];
const reportShape = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/**
 * The codes of oxlint's complaints about each plant. Each plant gets its own project under the empty `folder`, so that several can use one
 * path; one run checks all.
 */
export function lintPlants(plants: readonly Plant[], folder: string): ReadonlyMap<Plant, readonly string[]> {
  for (const [index, [path, source]] of plants.entries()) {
    for (const part of [path, "tools/architecture/lint-base.jsonc"])
      mkdirSync(dirname(join(folder, `${index}`, part)), { recursive: true });
    writeFileSync(join(folder, `${index}`, path), `${source}\n`);
    for (const config of configs) copyFileSync(join(root, config), join(folder, `${index}`, config));
  }
  const run = spawnSync(join(root, "node_modules/.bin/oxlint"), ["--format", "json"], { cwd: folder, encoding: "utf8" });
  const { diagnostics } = reportShape.parse(JSON.parse(run.stdout));
  const byPlant = Map.groupBy(diagnostics, ({ filename }) => plants[Number(filename.split("/")[0])]);
  return new Map(plants.map((plant) => [plant, (byPlant.get(plant) ?? []).map((one) => one.code)]));
}
