/** The import rule: which folder may import what. The lint file is generated from it, and `test/architecture.test.ts` checks the code. */

/**
 * What the files of one folder may import. A name that ends with "/" or ":" covers everything that starts with it. `node:module` could load
 * anything unseen, so it must be named in full.
 */
export type Row = {
  /** A folder with its slash, or one file. The longest row that fits a file applies. */
  readonly of: string;
  /** Folders and files from the project root, npm packages, and Node modules. */
  readonly may: readonly string[];
  /** What may be imported in addition, as a type only. */
  readonly mayAsType?: readonly string[];
  /** Additional imports of single files, by their paths inside the folder. */
  readonly only?: Readonly<Record<string, readonly string[]>>;
  /** Additional imports of single files, as types only. */
  readonly onlyAsType?: Readonly<Record<string, readonly string[]>>;
};

const core = "src/core/";
const ports = "src/ports/";
const shared = "adapters/shared/";

/** The import rule: at most twenty rows. `coreOrder` adds the order of the core's folders. */
export const rows: readonly Row[] = [
  { of: "src/evidence/", may: ["node:fs"] },
  {
    of: core,
    may: [core],
    only: {
      "lib/csv.ts": ["csv-stringify/sync"],
      "lib/edit-distance.ts": ["leven"],
      "evidence/activity-schema.ts": ["zod"],
      "evidence/schema.ts": ["zod"],
      "evidence/evidence.ts": ["src/evidence/files.ts"],
      "ask/search-index.ts": ["minisearch"],
      "data/export-schema.ts": ["zod"],
      "pictures/scales.ts": ["d3-scale"],
      "pictures/shapes.ts": ["d3-shape"],
    },
    onlyAsType: { "evidence/evidence.ts": ["zod"] },
  },
  { of: ports, may: [core, ports] },
  { of: "src/app/", may: [core, ports, "src/app/", "src/runtime/event-loop.ts"] },
  {
    of: "src/runtime/",
    may: [core, ports, "src/runtime/"],
    only: {
      "csv-reader.ts": ["csv-parse"],
      "import-thread.ts": ["node:worker_threads"],
      "import-worker.ts": ["node:worker_threads"],
      "link-codes.ts": ["node:crypto"],
      "picture-queue.ts": ["node:crypto"],
      "png-worker.ts": ["@resvg/resvg-js", "node:url", "node:worker_threads"],
      "png.ts": ["node:worker_threads"],
      "scheduler.ts": ["node-cron"],
      "stop.ts": ["node:fs"],
      "token-cipher.ts": ["node:crypto"],
    },
  },
  {
    of: "src/config/",
    may: [core, ports, "src/config/"],
    only: { "config.ts": ["zod"], "slack.ts": ["zod"], "environment.ts": ["node:util"], "load-config.ts": ["node:fs"] },
  },
  {
    of: "src/store/",
    may: [core, ports, "src/store/", "drizzle/", "node:", "better-sqlite3", "pg", "zod"],
    mayAsType: ["drizzle-orm", "drizzle-orm/"],
  },
  {
    of: "drizzle/",
    may: ["drizzle/"],
    mayAsType: [core],
    only: { "orm.ts": ["node:module"] },
    onlyAsType: { "orm.ts": ["drizzle-orm", "drizzle-orm/"] },
  },
  { of: shared, may: [core, ports, shared, "node:"] },
  { of: "adapters/console/", may: [core, ports, "adapters/console/", shared, "node:"] },
  { of: "adapters/discord/", may: [core, ports, "adapters/discord/", shared, "node:", "discord.js"] },
  { of: "adapters/slack/", may: [core, ports, "adapters/slack/", shared, "node:", "@slack/bolt", "@slack/web-api"] },
  { of: "adapters/index.ts", may: ["adapters/console/index.ts", "adapters/discord/index.ts", "adapters/slack/index.ts"] },
  { of: "src/platforms.ts", may: [core, ports, "src/app/", "src/config/", "src/runtime/", "adapters/index.ts", "node:"] },
  { of: "src/app.ts", may: [core, ports, "src/app/", "src/config/", "src/runtime/", "src/store/", "src/platforms.ts", "node:"] },
  { of: "src/main.ts", may: ["src/config/arguments.ts", "src/app.ts", "node:", "node:module"] },
];

/** The folders of the core. Each may import those before it, including types. "" stands for the files directly in `src/core`. */
export const coreOrder: readonly string[] = [
  "lib",
  "evidence",
  "model",
  "training",
  "parsing",
  "safety",
  "groups",
  "schedule",
  "ask",
  "data",
  "accounts",
  "",
  "pictures",
  "voice",
  "commands",
  "messages",
];

/** The row that applies to a file; undefined if neither the table nor the core's order covers it. */
export function rowOf(path: string): Row | undefined {
  if (path.startsWith(core) && !coreOrder.includes(folderInCore(path))) return undefined;
  const [row] = rows.filter(({ of }) => covers(of, path)).toSorted((a, b) => b.of.length - a.of.length);
  return row;
}

/** Whether the file at `path` may import `target`, a file from the project root or a package name. */
export function mayImport(path: string, target: string, isType: boolean): boolean {
  const row = rowOf(path);
  if (!row) return false;
  const { of, may, mayAsType = [], only = {}, onlyAsType = {} } = row;
  const name = path.slice(of.length);
  const names = [...may, ...(only[name] ?? []), ...(isType ? [...mayAsType, ...(onlyAsType[name] ?? [])] : [])];
  return names.some((each) => covers(each, target)) && keepsOrder(path, target);
}

function keepsOrder(path: string, target: string): boolean {
  const [from, to] = [path, target].map((each) => (each.startsWith(core) ? coreOrder.indexOf(folderInCore(each)) : undefined));
  if (from === undefined || to === undefined) return true;
  return to >= 0 && to <= from;
}

/** The core folder of a file; "" for the files directly in `src/core`. */
export function folderInCore(path: string): string {
  const [folder = "", ...rest] = path.slice(core.length).split("/");
  return rest.length > 0 ? folder : "";
}

function covers(name: string, path: string): boolean {
  return /[/:]$/u.test(name) ? path.startsWith(name) && path !== "node:module" : path === name;
}
