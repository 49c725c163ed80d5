/** What the rules of the house look at: imports, circles, exports, sizes of folders and words. */

import { posix } from "node:path";
import { parseAst } from "vitest/node";
import { mayImport, rowOf } from "../../tools/architecture/import-rule.ts";
import type { File } from "./project.ts";

/** One import, re-export or `require`. */
export type Import = {
  /** The imported file from the root of the project, or a package's specifier as it stands; "?" where it is computed. */
  readonly target: string;
  /** Whether nothing of it is left at run time. */
  readonly isType: boolean;
};

/** Part of a syntax tree. */
type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

/** The statements of a module of ours. Throws where it is no TypeScript. */
function statementsOf(source: string): readonly Node[] {
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
  const alias = aliases.find(([start]) => specifier.startsWith(start));
  return alias ? posix.join(alias[1], specifier.slice(alias[0].length)) : specifier;
}

/** What in a file breaks the import rule, each as "file imports target"; a file that the table does not know breaks it, too. */
export function violationsOf({ path, source }: File): readonly string[] {
  if (!rowOf(path)) return [`${path} is in no row of the table`];
  return importsOf(path, source)
    .filter(({ target, isType }) => !mayImport(path, target, isType))
    .map(({ target }) => `${path} imports ${target}`);
}

/** What each of those files imports, as far as it is meant. */
export function importsIn(files: readonly File[], isMeant: (one: Import) => boolean = () => true): ReadonlyMap<string, readonly string[]> {
  const targetsOf = ({ path, source }: File) => importsOf(path, source).filter(isMeant);
  return new Map(files.map((file) => [file.path, targetsOf(file).map(({ target }) => target)]));
}

/** Circles that types alone close. None may be added, and one that is mended has to be taken out. */
export const typeCircles: readonly string[] = [
  "src/core/model/changes/index.ts > src/core/model/last-action.ts > src/core/model/changes/index.ts",
  "src/ports/adapter.ts > src/ports/gate.ts > src/ports/adapter.ts",
  "src/store/sql/rows.ts > src/store/sql/users/limits.ts > src/store/sql/rows.ts",
  "adapters/slack/respond.ts > adapters/slack/context.ts > adapters/slack/respond.ts",
];

/** Every circle of modules that import each other, told once. */
export function circlesIn(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const walk = (path: string, behind: readonly string[]): readonly string[] => {
    const start = behind.indexOf(path);
    if (start >= 0) return [[...behind.slice(start), path].join(" > ")];
    if (done.has(path)) return [];
    const circles = (imports.get(path) ?? []).flatMap((next) => walk(next, [...behind, path]));
    done.add(path);
    return circles;
  };
  return [...imports.keys()].flatMap((path) => walk(path, []));
}

/** The exports without a name or without a docstring right above them, each by its beginning. */
export function bareExports(source: string): readonly string[] {
  return statementsOf(source)
    .filter(({ type }) => type.startsWith("Export"))
    .filter((node) => isDefault(node) || !/\/\*\*(?:(?!\*\/)[^])*\*\/\n$/u.test(source.slice(0, node.start)))
    .map(({ start }) => source.slice(start, start + 60));
}

function isDefault(node: Node): boolean {
  return node.type === "ExportDefaultDeclaration" || JSON.stringify(node["specifiers"] ?? []).includes('"name":"default"');
}

/** The most files that may lie right in a folder; undefined where it may hold as many as it needs. */
function roomIn(folder: string): number | undefined {
  if (folder === "src" || folder === "src/core") return 6;
  return /^src\/core\/(?:commands|voice)$|^drizzle\/migrations\//u.test(folder) ? undefined : 20;
}

/** The folders with too many files right in them, each as "folder holds 21 files, at most 20 fit". */
export function crowdedFolders(paths: readonly string[]): readonly string[] {
  return [...Map.groupBy(paths, (path) => posix.dirname(path))].flatMap(([folder, { length }]) => {
    const most = roomIn(folder);
    return most !== undefined && length > most ? [`${folder} holds ${length} files, at most ${most} fit`] : [];
  });
}

/** Where a file, or its path, has one of the words: as a whole word, or as a part of a name in camelCase, kebab-case or snake_case. */
export function oldWordsIn({ path, source }: File, words: readonly string[]): readonly string[] {
  const names = new Set(`${path}\n${source}`.match(/[\p{L}\p{N}_-]+/gu));
  const wanted = words.map((word) => ({ word, parts: partsOf(word) }));
  return [...names].flatMap((name) => {
    const parts = partsOf(name);
    return wanted.filter((each) => parts.includes(each.parts)).map(({ word }) => `${path}: ${word} in ${name}`);
  });
}

/** The parts of a name in lower case, each between two hyphens. */
function partsOf(name: string): string {
  const parts = name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [];
  return `-${parts.join("-").toLowerCase()}-`;
}
