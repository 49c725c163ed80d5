/** What a module imports, and whether it may: the dependency rule as a table. `.oxlintrc.json` says the same to the editor. */

import { posix } from "node:path";
import { parseAst } from "vitest/node";

/** One import, re-export or `require`. */
export type Import = {
  /** The imported file from the root of the project, or a package's specifier as it stands; "?" where it is computed. */
  readonly target: string;
  /** Whether nothing of it is left at run time. */
  readonly isType: boolean;
};

/** Part of a syntax tree. */
export type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

/** The statements of a module of ours. Throws where it is no TypeScript. */
export function statementsOf(source: string): readonly Node[] {
  // oxlint-disable-next-line typescript/no-deprecated -- Its successor belongs to a package that is not ours to import.
  const { body }: { readonly body: readonly unknown[] } = parseAst(source, { lang: "ts" });
  return body.filter(isNode);
}

/** Everything that the module at `path` imports. */
export function importsOf(path: string, source: string): readonly Import[] {
  return statementsOf(source)
    .flatMap(nodesIn)
    .flatMap((node) => importOf(node) ?? [])
    .map(({ target, isType }) => ({ target: resolve(path, target), isType }));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string" && "start" in value;
}

function nodesIn(node: Node): readonly Node[] {
  const parts: readonly unknown[] = Object.values(node).flat();
  return [node, ...parts.filter(isNode).flatMap(nodesIn)];
}

/** `import { type X }` counts as an import of values: only the names are erased, and the module is still loaded. */
function importOf({ type, source, importKind, exportKind, ...node }: Node): Import | undefined {
  switch (type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
      return isNode(source) ? { target: textOf(source), isType: (importKind ?? exportKind) === "type" } : undefined;
    case "ImportExpression":
      return { target: textOf(source), isType: false };
    case "TSImportType":
      return { target: textOf(source), isType: true };
    case "TSExternalModuleReference":
      return { target: textOf(node["expression"]), isType: false };
    case "CallExpression":
      return calls(node["callee"], "require") ? { target: textOf([node["arguments"]].flat()[0]), isType: false } : undefined;
    default:
      return undefined;
  }
}

function calls(callee: unknown, name: string): boolean {
  return isNode(callee) && callee["name"] === name;
}

function textOf(literal: unknown): string {
  const value = isNode(literal) ? literal["value"] : undefined;
  return typeof value === "string" ? value : "?";
}

const aliases: readonly (readonly [alias: string, folder: string])[] = [
  ["#core/", "src/core/"],
  ["#src/", "src/"],
  ["#drizzle/", "drizzle/"],
];

function resolve(path: string, specifier: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(path), specifier);
  const [alias, folder] = aliases.find(([start]) => specifier.startsWith(start)) ?? ["", ""];
  return folder + specifier.slice(alias.length);
}

/** What the files at `of` may import. A name that ends with a slash, a colon or a question mark stands for all that starts with it. */
type Rule = { readonly of: string; readonly may: readonly string[]; readonly mayAsType?: readonly string[] };

const core = "src/core/";
const ports = "src/ports.ts";
const ownPorts = "src/own-ports.ts";
const gate = "src/gate.ts";
const outboxPorts = "src/outbox-ports.ts";

/** Of the rules that fit a file the longest counts. */
const rules: readonly Rule[] = [
  { of: core, may: [core] },
  { of: "src/core/activity-shape.ts", may: [core, "zod"] },
  { of: "src/core/archive-shape.ts", may: [core, "zod"] },
  { of: "src/core/evidence-shape.ts", may: [core, "zod"] },
  { of: "src/core/evidence.ts", may: [core, "src/evidence/files.ts"], mayAsType: ["zod"] },
  { of: "src/core/csv.ts", may: [core, "csv-stringify/sync"] },
  { of: "src/core/spelling.ts", may: [core, "leven"] },
  { of: "src/core/search.ts", may: [core, "minisearch"] },
  { of: "src/core/picture/scales.ts", may: [core, "d3-scale"] },
  { of: "src/core/picture/shapes.ts", may: [core, "d3-shape"] },
  { of: "src/evidence/", may: ["node:fs"] },
  { of: ports, may: [core, outboxPorts, ownPorts, gate] },
  { of: outboxPorts, may: [core] },
  { of: gate, may: [core], mayAsType: [ports] },
  { of: ownPorts, may: [core] },
  {
    of: "src/coach.ts",
    may: [core, ports, "src/defer.ts", "src/guesses.ts", "src/load.ts", "src/tick.ts", "src/unanswered.ts"],
  },
  { of: "src/guesses.ts", may: [core, ports] },
  { of: "src/unanswered.ts", may: [core, ports] },
  { of: "src/defer.ts", may: [core, ports] },
  { of: "src/load.ts", may: [core, ports, ownPorts] },
  { of: "src/tick.ts", may: [core, ports, "src/breathe.ts"] },
  { of: "src/codes.ts", may: [ownPorts, "node:crypto"] },
  { of: "src/importer.ts", may: [core, ports, ownPorts, "src/breathe.ts", "src/import-thread.ts"], mayAsType: ["src/import-read.ts"] },
  { of: "src/compose-export.ts", may: [core, ports, "src/breathe.ts"] },
  { of: "src/import-thread.ts", may: ["src/breathe.ts", "src/import-read.ts", "node:"] },
  { of: "src/import-worker.ts", may: ["src/import-read.ts", "node:"], mayAsType: ["src/import-thread.ts"] },
  { of: "src/import-read.ts", may: [core, "src/import-csv.ts"] },
  { of: "src/import-csv.ts", may: ["csv-parse"] },
  { of: "src/sweep.ts", may: [core, ports, "src/breathe.ts"] },
  {
    of: "src/outbox.ts",
    may: [core, ports, outboxPorts, "src/breathe.ts", "src/compose-export.ts", "src/lanes.ts", "src/posts.ts", "src/settle.ts"],
  },
  { of: "src/lanes.ts", may: [core, ports] },
  { of: "src/posts.ts", may: [core, ports, "src/settle.ts", "src/standing.ts"] },
  { of: "src/standing.ts", may: [core, ports, "src/breathe.ts", "src/settle.ts"] },
  { of: "src/settle.ts", may: [core, ports, "src/breathe.ts"] },
  { of: "src/installations.ts", may: [core, ports, "src/breathe.ts"], mayAsType: ["src/seal.ts"] },
  { of: "src/seal.ts", may: ["node:crypto"] },
  { of: "src/breathe.ts", may: [] },
  { of: "src/rate-limit.ts", may: [core] },
  { of: "src/admission.ts", may: [core, ports, gate, "src/rate-limit.ts"] },
  { of: "src/pass.ts", may: [core, ports] },
  { of: "src/clockwork.ts", may: [core, ports, "node-cron"] },
  { of: "src/round-robin.ts", may: [] },
  { of: "src/paint-queue.ts", may: ["node:", "src/round-robin.ts"], mayAsType: ["src/png.ts"] },
  { of: "src/png.ts", may: ["node:"], mayAsType: ["src/png-worker.ts"] },
  { of: "src/png-worker.ts", may: ["node:", "@resvg/resvg-js"] },
  { of: "src/clock.ts", may: [core, ports] },
  { of: "src/log.ts", may: [core, ports] },
  { of: "src/config.ts", may: [core, "src/log.ts", "src/slack-config.ts", "zod"] },
  { of: "src/slack-config.ts", may: ["zod"] },
  {
    of: "src/store/",
    may: [core, ports, outboxPorts, "src/private-file.ts", "drizzle/", "src/store/", "node:", "zod", "better-sqlite3", "pg"],
    mayAsType: ["drizzle-orm", "drizzle-orm/"],
  },
  { of: "src/start.ts", may: ["src/arguments.ts", "src/main.ts", "node:", "node:module"] },
  { of: "src/arguments.ts", may: [] },
  { of: "src/settings.ts", may: ["src/config.ts", "src/environment.ts", "node:fs"] },
  { of: "src/stop.ts", may: ["node:fs"] },
  { of: "src/environment.ts", may: [core, "node:"] },
  { of: "src/private-file.ts", may: ["node:"] },
  { of: "src/last-resort.ts", may: [core, ports] },
  { of: "src/lives.ts", may: [core, ports, "src/last-resort.ts"] },
  { of: "src/main.ts", may: [core, "src/", "node:"] },
  { of: "src/platforms.ts", may: [core, "src/", "adapters/index.ts", "node:"] },
  { of: "drizzle/", may: ["drizzle/"], mayAsType: [core] },
  { of: "drizzle/load.ts", may: ["node:module", "?"], mayAsType: ["drizzle-orm", "drizzle-orm/"] },
  { of: "adapters/index.ts", may: ["adapters/"] },
  { of: "adapters/work.ts", may: [] },
  { of: "adapters/common/", may: [core, ports, gate, "adapters/common/", "node:"] },
  { of: "adapters/download.ts", may: ["adapters/file-address.ts", "node:"] },
  { of: "adapters/file-address.ts", may: ["node:net"] },
  {
    of: "adapters/discord/",
    may: [core, ports, "adapters/discord/", "adapters/common/", "adapters/work.ts", "adapters/download.ts", "node:", "discord.js"],
  },
  {
    of: "adapters/slack/",
    may: [
      core,
      ports,
      "adapters/slack/",
      "adapters/common/",
      "adapters/work.ts",
      "adapters/download.ts",
      "node:",
      "@slack/bolt",
      "@slack/web-api",
    ],
  },
  { of: "adapters/console/", may: [core, ports, "adapters/console/", "node:"] },
];

/** What in the module at `path` breaks the dependency rule, each as "file imports target"; a file that no rule knows breaks it, too. */
export function violationsOf(path: string, source: string): readonly string[] {
  const [rule] = rules.filter(({ of }) => covers(of, path)).toSorted((a, b) => b.of.length - a.of.length);
  if (!rule) return [`${path} is in no row of the table`];
  return importsOf(path, source)
    .filter(({ target, isType }) => !isAllowed(rule, target, isType))
    .map(({ target }) => `${path} imports ${target}`);
}

/** Through `node:module` anything at all could be loaded unseen, so it is allowed by its full name only. */
function isAllowed({ may, mayAsType = [] }: Rule, target: string, isType: boolean): boolean {
  if (target === "node:module") return may.includes(target);
  return [...may, ...(isType ? mayAsType : [])].some((name) => covers(name, target));
}

function covers(name: string, path: string): boolean {
  return /[/:?]$/u.test(name) ? path.startsWith(name) : path === name;
}
