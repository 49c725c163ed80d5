/** The dependency rule: what the code imports is held against the table, and planted imports show that the table and the lint both bite. */

import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { importsOf, violationsOf } from "../support/imports.ts";
import { filesIn, root } from "../support/project.ts";

const code = ["src", "adapters", "drizzle"].flatMap((folder) => filesIn(folder, ".ts"));

describe("the dependency rule", () => {
  test.each(code)("holds in $path", ({ path, source }) => {
    expect(violationsOf(path, source)).toEqual([]);
  });

  test("knows every file of the code", () => {
    expect(violationsOf("src/newcomer.ts", "")).toEqual(["src/newcomer.ts is in no row of the table"]);
    expect(violationsOf("adapters/telegram/index.ts", "")).toEqual(["adapters/telegram/index.ts is in no row of the table"]);
  });

  test("leaves no circle of modules that load each other", () => {
    expect(circlesIn(new Map(code.map(({ path, source }) => [path, loadedBy(path, source)])))).toEqual([]);
  });

  test("finds a circle", () => {
    const loads = new Map([
      ["a.ts", ["b.ts"]],
      ["b.ts", ["c.ts", "d.ts"]],
      ["c.ts", ["b.ts"]],
      ["d.ts", []],
    ]);
    expect(circlesIn(loads)).toEqual(["b.ts > c.ts > b.ts"]);
  });
});

function loadedBy(path: string, source: string): readonly string[] {
  return importsOf(path, source)
    .filter(({ isType }) => !isType)
    .map(({ target }) => target);
}

/** Every circle, told once. */
function circlesIn(loads: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const walk = (path: string, behind: readonly string[]): readonly string[] => {
    const start = behind.indexOf(path);
    if (start >= 0) return [[...behind.slice(start), path].join(" > ")];
    if (done.has(path)) return [];
    const circles = (loads.get(path) ?? []).flatMap((next) => walk(next, [...behind, path]));
    done.add(path);
    return circles;
  };
  return [...loads.keys()].flatMap((path) => walk(path, []));
}

/** A line that somebody might write, and where. */
type Plant = readonly [path: string, source: string];

const refused: readonly Plant[] = [
  ["src/core/training/week-summary.ts", 'import { sql } from "drizzle-orm";'],
  ["src/core/training/week-summary.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/core/training/week-summary.ts", 'import { pgTable } from "drizzle-orm/pg-core";'],
  ["src/core/training/week-summary.ts", 'import { readFileSync } from "node:fs";'],
  ["src/core/training/week-summary.ts", 'export { readFileSync } from "node:fs";'],
  ["src/core/training/week-summary.ts", 'export * from "node:path";'],
  ["src/core/training/week-summary.ts", 'import "node:process";'],
  ["src/core/training/week-summary.ts", 'export const fs = await import("node:fs");'],
  ["src/core/training/week-summary.ts", 'import { createMemoryStore } from "../store/memory.ts";'],
  ["src/core/training/week-summary.ts", 'import { createMemoryStore } from "../support/model-store/store.ts";'],
  ["src/core/training/week-summary.ts", 'import type { Store } from "#src/ports/store.ts";'],
  ["src/core/training/week-summary.ts", 'import { platforms } from "../../adapters/index.ts";'],
  ["src/core/training/week-summary.ts", 'import { z } from "zod";'],
  ["src/core/training/week-summary.ts", 'import { files } from "#src/evidence/files.ts";'],
  ["src/core/training/week-summary.ts", 'import leven from "leven";'],
  ["src/core/evidence/evidence.ts", 'import { z } from "zod";'],
  ["src/core/commands/week.ts", 'import { createCoach } from "../../coach.ts";'],
  ["src/core/commands/week.ts", 'import leven from "leven";'],
  ["src/core/voice/week.ts", 'import { inspect } from "node:util";'],
  ["src/evidence/files.ts", 'import { activityOf } from "#core/evidence/activities.ts";'],
  ["src/ports/store.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/ports/store.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/app/coach.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/app/coach.ts", 'import { createConsole } from "../adapters/console/index.ts";'],
  ["src/app/coach.ts", 'import { randomUUID } from "node:crypto";'],
  ["src/core/pictures/curve.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/core/pictures/scales.ts", 'import { line } from "d3-shape";'],
  ["src/core/pictures/shapes.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/app/coach.ts", 'import { createOutbox } from "#src/app/outbox/outbox.ts";'],
  ["src/app/coach.ts", 'import { schedule } from "node-cron";'],
  ["src/app/outbox/outbox.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/app/outbox/outbox.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/app/outbox/outbox.ts", 'import { createConsole } from "../adapters/console/index.ts";'],
  ["src/runtime/time-travel.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/runtime/scheduler.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/runtime/scheduler.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/runtime/png.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/runtime/png-worker.ts", 'import { drawWeek } from "#core/pictures/draw.ts";'],
  ["src/runtime/png-worker.ts", 'import { schedule } from "node-cron";'],
  ["src/runtime/clock.ts", 'import { createLog } from "#src/runtime/log.ts";'],
  ["src/runtime/log.ts", 'import { stderr } from "node:process";'],
  ["src/config/config.ts", 'import { openSqlite } from "#src/store/sqlite/open.ts";'],
  ["src/config/config.ts", 'import { env } from "node:process";'],
  ["src/store/sqlite/open.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["src/store/sqlite/open.ts", 'import { createCoach } from "../coach.ts";'],
  ["src/store/sqlite/open.ts", 'import { platforms } from "../../adapters/index.ts";'],
  ["src/store/sqlite/open.ts", 'import { drizzle } from "drizzle-orm/better-sqlite3";'],
  ["src/store/sqlite/open.ts", 'import { createRequire } from "node:module";'],
  ["src/store/sqlite/open.ts", 'import leven from "leven";'],
  ["drizzle/schema.ts", 'import { weekOf } from "#core/lib/time.ts";'],
  ["drizzle/schema.ts", 'import { pgTable } from "drizzle-orm/pg-core";'],
  ["drizzle/schema.ts", 'import type { Store } from "#src/ports/store.ts";'],
  ["adapters/index.ts", 'import { createCoach } from "#src/app/coach.ts";'],
  ["adapters/console/index.ts", 'import { createMemoryStore } from "../support/model-store/store.ts";'],
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
  ["adapters/shared/in-flight.ts", 'import { createConsole } from "./console/index.ts";'],
];

const allowed: readonly Plant[] = [
  ["src/core/training/week-summary.ts", 'import { weekOf } from "./time.ts";'],
  ["src/core/training/week-summary.ts", 'import { sayWeek } from "./voice/week.ts";'],
  ["src/core/commands/week.ts", 'import { weekOf } from "../time.ts";'],
  ["src/core/commands/week.ts", 'import { sayWeek } from "../voice/week.ts";'],
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
  ["src/config/config.ts", 'import { logLevels } from "#src/runtime/log.ts";'],
  ["src/store/sqlite/open.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/store/sqlite/open.ts", 'import type { PgDatabase } from "drizzle-orm/pg-core";'],
  ["src/store/sqlite/open.ts", 'import { load } from "#drizzle/orm.ts";'],
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
  ["adapters/discord/index.ts", 'import { createWork } from "../work.ts";'],
  ["adapters/slack/index.ts", 'import { App } from "@slack/bolt";'],
  ["adapters/slack/index.ts", 'import { WebClient } from "@slack/web-api";'],
];

/** What the core may not touch without any import; the lint alone looks at these. */
const impure: readonly Plant[] = [
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

describe("the table", () => {
  test.each(refused)("refuses in %s: %s", (path, source) => {
    expect(violationsOf(path, source)).toHaveLength(1);
  });

  test.each(allowed)("allows in %s: %s", (path, source) => {
    expect(violationsOf(path, source)).toEqual([]);
  });
});

const plants: readonly Plant[] = [...refused, ...allowed, ...impure];
const folder = mkdtempSync(join(tmpdir(), "sweetspot-lint-"));
let complaints: ReadonlyMap<string, readonly string[]> = new Map();

const reportShape = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

/** Each plant lies in a project of its own, so that many can lie at one path; one run looks at all of them. */
beforeAll(() => {
  for (const [index, [path, source]] of plants.entries()) {
    const file = join(folder, String(index), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${source}\n`);
    copyFileSync(join(root, ".oxlintrc.json"), join(folder, String(index), ".oxlintrc.json"));
  }
  const run = spawnSync(join(root, "node_modules/.bin/oxlint"), ["--format", "json"], { cwd: folder, encoding: "utf8" });
  const { diagnostics } = reportShape.parse(JSON.parse(run.stdout));
  const found = Map.groupBy(diagnostics, ({ filename }) => filename.split("/")[0] ?? "");
  complaints = new Map([...found].map(([index, ones]) => [index, ones.map((one) => one.code)]));
});

afterAll(() => rmSync(folder, { recursive: true }));

function complaintsAbout(plant: Plant): readonly string[] {
  return (complaints.get(String(plants.indexOf(plant))) ?? []).filter((code) => /no-restricted|no-process-env|no-console/u.test(code));
}

describe("the lint", () => {
  test.each(refused.map((plant) => ({ plant })))("refuses in $plant.0: $plant.1", ({ plant }) => {
    expect(complaintsAbout(plant)).toContain("eslint(no-restricted-imports)");
  });

  test.each(allowed.map((plant) => ({ plant })))("allows in $plant.0: $plant.1", ({ plant }) => {
    expect(complaintsAbout(plant)).toEqual([]);
  });

  test.each(impure.map((plant) => ({ plant })))("refuses in $plant.0: $plant.1", ({ plant }) => {
    expect(complaintsAbout(plant)).not.toEqual([]);
  });
});
