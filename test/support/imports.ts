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
const ports = "src/ports/store.ts";
const ownPorts = "src/ports/user-data.ts";
const gate = "src/ports/gate.ts";
const outboxPorts = "src/ports/outbox.ts";

/** Of the rules that fit a file the longest counts. */
const rules: readonly Rule[] = [
  { of: core, may: [core] },
  { of: "src/core/evidence/activity-schema.ts", may: [core, "zod"] },
  { of: "src/core/data/export-schema.ts", may: [core, "zod"] },
  { of: "src/core/evidence/schema.ts", may: [core, "zod"] },
  { of: "src/core/evidence/evidence.ts", may: [core, "src/evidence/files.ts"], mayAsType: ["zod"] },
  { of: "src/core/lib/csv.ts", may: [core, "csv-stringify/sync"] },
  { of: "src/core/lib/edit-distance.ts", may: [core, "leven"] },
  { of: "src/core/ask/search-index.ts", may: [core, "minisearch"] },
  { of: "src/core/pictures/scales.ts", may: [core, "d3-scale"] },
  { of: "src/core/pictures/shapes.ts", may: [core, "d3-shape"] },
  { of: "src/evidence/", may: ["node:fs"] },
  { of: ports, may: [core, outboxPorts, ownPorts, gate] },
  { of: outboxPorts, may: [core] },
  { of: gate, may: [core], mayAsType: [ports] },
  { of: ownPorts, may: [core] },
  {
    of: "src/app/coach.ts",
    may: [
      core,
      ports,
      "src/app/outbox/hand-to-outbox.ts",
      "src/app/code-guesses.ts",
      "src/app/load-data.ts",
      "src/app/due-prompts.ts",
      "src/app/outbox/unanswered-replies.ts",
    ],
  },
  { of: "src/app/code-guesses.ts", may: [core, ports] },
  { of: "src/app/outbox/unanswered-replies.ts", may: [core, ports] },
  { of: "src/app/outbox/hand-to-outbox.ts", may: [core, ports] },
  { of: "src/app/load-data.ts", may: [core, ports, ownPorts] },
  { of: "src/app/due-prompts.ts", may: [core, ports, "src/runtime/event-loop.ts"] },
  { of: "src/runtime/link-codes.ts", may: [ownPorts, "node:crypto"] },
  {
    of: "src/app/import-file.ts",
    may: [core, ports, ownPorts, "src/runtime/event-loop.ts", "src/runtime/import-thread.ts"],
    mayAsType: ["src/runtime/read-import.ts"],
  },
  { of: "src/app/compose-export.ts", may: [core, ports, "src/runtime/event-loop.ts"] },
  { of: "src/runtime/import-thread.ts", may: ["src/runtime/event-loop.ts", "src/runtime/read-import.ts", "node:"] },
  { of: "src/runtime/import-worker.ts", may: ["src/runtime/read-import.ts", "node:"], mayAsType: ["src/runtime/import-thread.ts"] },
  { of: "src/runtime/read-import.ts", may: [core, "src/runtime/csv-reader.ts"] },
  { of: "src/runtime/csv-reader.ts", may: ["csv-parse"] },
  { of: "src/app/retention-job.ts", may: [core, ports, "src/runtime/event-loop.ts"] },
  {
    of: "src/app/outbox/outbox.ts",
    may: [
      core,
      ports,
      outboxPorts,
      "src/runtime/event-loop.ts",
      "src/app/compose-export.ts",
      "src/app/outbox/lanes.ts",
      "src/app/outbox/channel.ts",
      "src/app/outbox/outcome.ts",
    ],
  },
  { of: "src/app/outbox/lanes.ts", may: [core, ports] },
  { of: "src/app/outbox/channel.ts", may: [core, ports, "src/app/outbox/outcome.ts", "src/app/outbox/live-messages.ts"] },
  { of: "src/app/outbox/live-messages.ts", may: [core, ports, "src/runtime/event-loop.ts", "src/app/outbox/outcome.ts"] },
  { of: "src/app/outbox/outcome.ts", may: [core, ports, "src/runtime/event-loop.ts"] },
  { of: "src/app/installations.ts", may: [core, ports, "src/runtime/event-loop.ts"], mayAsType: ["src/runtime/token-cipher.ts"] },
  { of: "src/runtime/token-cipher.ts", may: ["node:crypto"] },
  { of: "src/runtime/event-loop.ts", may: [] },
  { of: "src/app/rate-limit.ts", may: [core] },
  { of: "src/app/admission.ts", may: [core, ports, gate, "src/app/rate-limit.ts"] },
  { of: "src/runtime/time-travel.ts", may: [core, ports] },
  { of: "src/runtime/scheduler.ts", may: [core, ports, "node-cron"] },
  { of: "src/core/lib/round-robin.ts", may: [] },
  { of: "src/runtime/picture-queue.ts", may: ["node:", "src/core/lib/round-robin.ts"], mayAsType: ["src/runtime/png.ts"] },
  { of: "src/runtime/png.ts", may: ["node:"], mayAsType: ["src/runtime/png-worker.ts"] },
  { of: "src/runtime/png-worker.ts", may: ["node:", "@resvg/resvg-js"] },
  { of: "src/runtime/clock.ts", may: [core, ports] },
  { of: "src/runtime/log.ts", may: [core, ports] },
  { of: "src/config/config.ts", may: [core, "src/runtime/log.ts", "src/config/slack.ts", "zod"] },
  { of: "src/config/slack.ts", may: ["zod"] },
  {
    of: "src/store/",
    may: [core, ports, outboxPorts, "src/store/sqlite/private-files.ts", "drizzle/", "src/store/", "node:", "zod", "better-sqlite3", "pg"],
    mayAsType: ["drizzle-orm", "drizzle-orm/"],
  },
  { of: "src/main.ts", may: ["src/config/arguments.ts", "src/app.ts", "node:", "node:module"] },
  { of: "src/config/arguments.ts", may: [] },
  { of: "src/config/load-config.ts", may: ["src/config/config.ts", "src/config/environment.ts", "node:fs"] },
  { of: "src/runtime/stop.ts", may: ["node:fs"] },
  { of: "src/config/environment.ts", may: [core, "node:"] },
  { of: "src/store/sqlite/private-files.ts", may: ["node:"] },
  { of: "src/runtime/last-resort.ts", may: [core, ports] },
  { of: "src/runtime/adapter-lives.ts", may: [core, ports, "src/runtime/last-resort.ts"] },
  { of: "src/app.ts", may: [core, "src/", "node:"] },
  { of: "src/platforms.ts", may: [core, "src/", "adapters/index.ts", "node:"] },
  { of: "drizzle/", may: ["drizzle/"], mayAsType: [core] },
  { of: "drizzle/orm.ts", may: ["node:module", "?"], mayAsType: ["drizzle-orm", "drizzle-orm/"] },
  { of: "adapters/index.ts", may: ["adapters/"] },
  { of: "adapters/shared/in-flight.ts", may: [] },
  { of: "adapters/common/", may: [core, ports, gate, "adapters/common/", "node:"] },
  { of: "adapters/shared/download.ts", may: ["adapters/shared/file-address.ts", "node:"] },
  { of: "adapters/shared/file-address.ts", may: ["node:net"] },
  {
    of: "adapters/discord/",
    may: [
      core,
      ports,
      "adapters/discord/",
      "adapters/common/",
      "adapters/shared/in-flight.ts",
      "adapters/shared/download.ts",
      "node:",
      "discord.js",
    ],
  },
  {
    of: "adapters/slack/",
    may: [
      core,
      ports,
      "adapters/slack/",
      "adapters/common/",
      "adapters/shared/in-flight.ts",
      "adapters/shared/download.ts",
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
