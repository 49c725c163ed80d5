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
  ["src/core/week.ts", 'import { sql } from "drizzle-orm";'],
  ["src/core/week.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/core/week.ts", 'import { pgTable } from "drizzle-orm/pg-core";'],
  ["src/core/week.ts", 'import { readFileSync } from "node:fs";'],
  ["src/core/week.ts", 'export { readFileSync } from "node:fs";'],
  ["src/core/week.ts", 'export * from "node:path";'],
  ["src/core/week.ts", 'import "node:process";'],
  ["src/core/week.ts", 'export const fs = await import("node:fs");'],
  ["src/core/week.ts", 'import { createMemoryStore } from "../store/memory.ts";'],
  ["src/core/week.ts", 'import { createMemoryStore } from "#src/store/memory.ts";'],
  ["src/core/week.ts", 'import type { Store } from "#src/ports.ts";'],
  ["src/core/week.ts", 'import { platforms } from "../../adapters/index.ts";'],
  ["src/core/week.ts", 'import { z } from "zod";'],
  ["src/core/week.ts", 'import { files } from "#src/evidence/files.ts";'],
  ["src/core/week.ts", 'import leven from "leven";'],
  ["src/core/evidence.ts", 'import { z } from "zod";'],
  ["src/core/commands/week.ts", 'import { createCoach } from "../../coach.ts";'],
  ["src/core/commands/week.ts", 'import leven from "leven";'],
  ["src/core/voice/week.ts", 'import { inspect } from "node:util";'],
  ["src/evidence/files.ts", 'import { activityOf } from "#core/activity.ts";'],
  ["src/ports.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["src/ports.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/coach.ts", 'import { openSqlite } from "#src/store/sqlite.ts";'],
  ["src/coach.ts", 'import { createConsole } from "../adapters/console/index.ts";'],
  ["src/coach.ts", 'import { randomUUID } from "node:crypto";'],
  ["src/core/picture/curve.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/core/picture/scales.ts", 'import { line } from "d3-shape";'],
  ["src/core/picture/shapes.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/coach.ts", 'import { createOutbox } from "#src/outbox.ts";'],
  ["src/coach.ts", 'import { schedule } from "node-cron";'],
  ["src/outbox.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["src/outbox.ts", 'import { openSqlite } from "#src/store/sqlite.ts";'],
  ["src/outbox.ts", 'import { createConsole } from "../adapters/console/index.ts";'],
  ["src/pass.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["src/clockwork.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["src/clockwork.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/png.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/png-worker.ts", 'import { drawWeek } from "#core/picture/draw.ts";'],
  ["src/png-worker.ts", 'import { schedule } from "node-cron";'],
  ["src/clock.ts", 'import { createLog } from "#src/log.ts";'],
  ["src/log.ts", 'import { stderr } from "node:process";'],
  ["src/config.ts", 'import { openSqlite } from "#src/store/sqlite.ts";'],
  ["src/config.ts", 'import { env } from "node:process";'],
  ["src/store/sqlite.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["src/store/sqlite.ts", 'import { createCoach } from "../coach.ts";'],
  ["src/store/sqlite.ts", 'import { platforms } from "../../adapters/index.ts";'],
  ["src/store/sqlite.ts", 'import { drizzle } from "drizzle-orm/better-sqlite3";'],
  ["src/store/sqlite.ts", 'import { createRequire } from "node:module";'],
  ["src/store/sqlite.ts", 'import leven from "leven";'],
  ["drizzle/tables.ts", 'import { weekOf } from "#core/time.ts";'],
  ["drizzle/tables.ts", 'import { pgTable } from "drizzle-orm/pg-core";'],
  ["drizzle/tables.ts", 'import type { Store } from "#src/ports.ts";'],
  ["adapters/index.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["adapters/console/index.ts", 'import { createMemoryStore } from "#src/store/memory.ts";'],
  ["adapters/console/index.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["adapters/console/index.ts", 'import { renderReply } from "../discord/render.ts";'],
  ["adapters/console/index.ts", 'import { platforms } from "../index.ts";'],
  ["adapters/console/index.ts", 'import { Client } from "discord.js";'],
  ["adapters/console/index.ts", 'import { createRequire } from "node:module";'],
  ["adapters/console/index.ts", 'import { user } from "#drizzle/sqlite.ts";'],
  ["adapters/discord/index.ts", 'import { createConsole } from "../console/index.ts";'],
  ["adapters/discord/index.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["adapters/discord/index.ts", 'import { App } from "@slack/bolt";'],
  ["adapters/slack/index.ts", 'import { REST } from "discord.js";'],
  ["adapters/slack/index.ts", 'import { createCoach } from "#src/coach.ts";'],
  ["adapters/work.ts", 'import { createConsole } from "./console/index.ts";'],
];

const allowed: readonly Plant[] = [
  ["src/core/week.ts", 'import { weekOf } from "./time.ts";'],
  ["src/core/week.ts", 'import { sayWeek } from "./voice/week.ts";'],
  ["src/core/commands/week.ts", 'import { weekOf } from "../time.ts";'],
  ["src/core/commands/week.ts", 'import { sayWeek } from "../voice/week.ts";'],
  ["src/core/evidence-shape.ts", 'import { z } from "zod";'],
  ["src/core/evidence.ts", 'import type { z } from "zod";'],
  ["src/core/evidence.ts", 'import { files } from "#src/evidence/files.ts";'],
  ["src/core/spelling.ts", 'import leven from "leven";'],
  ["src/core/picture/scales.ts", 'import { scaleLinear } from "d3-scale";'],
  ["src/core/picture/shapes.ts", 'import { line } from "d3-shape";'],
  ["src/clockwork.ts", 'import { schedule } from "node-cron";'],
  ["src/png.ts", 'import { Worker } from "node:worker_threads";'],
  ["src/png-worker.ts", 'import { Resvg } from "@resvg/resvg-js";'],
  ["src/evidence/files.ts", 'import { readFileSync } from "node:fs";'],
  ["src/ports.ts", 'import type { Reply } from "#core/reply.ts";'],
  ["src/coach.ts", 'import type { Store } from "#src/ports.ts";'],
  ["src/config.ts", 'import { z } from "zod";'],
  ["src/config.ts", 'import { logLevels } from "#src/log.ts";'],
  ["src/store/sqlite.ts", 'import type { SQL } from "drizzle-orm";'],
  ["src/store/sqlite.ts", 'import type { PgDatabase } from "drizzle-orm/pg-core";'],
  ["src/store/sqlite.ts", 'import { load } from "#drizzle/load.ts";'],
  ["src/store/sqlite.ts", 'import Database from "better-sqlite3";'],
  ["src/store/sqlite.ts", 'import { readFileSync } from "node:fs";'],
  ["src/main.ts", 'import { openSqlite } from "#src/store/sqlite.ts";'],
  ["src/platforms.ts", 'import { platforms } from "../adapters/index.ts";'],
  ["drizzle/tables.ts", 'import type { UserId } from "#core/brand.ts";'],
  ["drizzle/load.ts", 'import { createRequire } from "node:module";'],
  ["adapters/index.ts", 'import { createConsole } from "./console/index.ts";'],
  ["adapters/console/index.ts", 'import { renderReply } from "./render.ts";'],
  ["adapters/console/index.ts", 'import { createInterface } from "node:readline";'],
  ["adapters/console/index.ts", 'import type { Adapter } from "#src/ports.ts";'],
  ["adapters/discord/index.ts", 'import { REST } from "discord.js";'],
  ["adapters/discord/index.ts", 'import { createWork } from "../work.ts";'],
  ["adapters/slack/index.ts", 'import { App } from "@slack/bolt";'],
  ["adapters/slack/index.ts", 'import { WebClient } from "@slack/web-api";'],
];

/** What the core may not touch without any import; the lint alone looks at these. */
const impure: readonly Plant[] = [
  ["src/core/week.ts", "export const now = Date.now();"],
  ["src/core/week.ts", "export const now = new Date();"],
  ["src/core/week.ts", "export const now = globalThis.Date;"],
  ["src/core/week.ts", "export const now = Temporal.Now.instant();"],
  ["src/core/week.ts", "export const { Now } = Temporal;"],
  ["src/core/week.ts", "export const chance = Math.random();"],
  ["src/core/week.ts", "export const id = crypto.randomUUID();"],
  ["src/core/week.ts", "export const { env } = process;"],
  ["src/core/week.ts", 'export const page = await fetch("https://example.org");'],
  ["src/core/week.ts", "setTimeout(() => {}, 5);"],
  ["src/core/week.ts", "setInterval(() => {}, 5);"],
  ["src/core/week.ts", 'console.log("hello");'],
  ["src/core/voice/week.ts", "export const now = Date.now();"],
  ["src/coach.ts", "export const now = Temporal.Now.instant();"],
  ["src/coach.ts", "export const now = Date.now();"],
  ["src/coach.ts", "export const { TIME_ZONE } = process.env;"],
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
