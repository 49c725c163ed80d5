/** The checks behind the architecture test: imports, cycles, exports, folder sizes and given-up words. */

import { posix } from "node:path";
import { parseAst } from "vitest/node";
import { mayImport, rowOf } from "../../tools/architecture/import-rule.ts";
import type { File } from "./project.ts";

/** One import, re-export or `require`. */
export type Import = {
  /** The imported file's path from the root, or the package specifier as written; "?" when it is computed. */
  readonly target: string;
  /** Whether the import is erased at run time. */
  readonly isType: boolean;
};

/** A node of a syntax tree. */
type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

/** The statements of one of our modules. Throws when it is not TypeScript. */
function statementsOf(source: string): readonly Node[] {
  // oxlint-disable-next-line typescript/no-deprecated -- Its successor belongs to a package that is not ours to import.
  const { body }: { readonly body: readonly unknown[] } = parseAst(source, { lang: "ts" });
  return body.filter(isNode);
}

/** All imports of the module at `path`. */
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

/** Violations of the import rule, each as "file imports target". A file that the table does not list is one too. */
export function violationsOf({ path, source }: File): readonly string[] {
  if (!rowOf(path)) return [`${path} is in no row of the table`];
  return importsOf(path, source)
    .filter(({ target, isType }) => !mayImport(path, target, isType))
    .map(({ target }) => `${path} imports ${target}`);
}

/** The import targets of each file, for the imports that `isMeant` accepts. */
export function importsIn(files: readonly File[], isMeant: (one: Import) => boolean = () => true): ReadonlyMap<string, readonly string[]> {
  const targetsOf = ({ path, source }: File) => importsOf(path, source).filter(isMeant);
  return new Map(files.map((file) => [file.path, targetsOf(file).map(({ target }) => target)]));
}

/** The cycles that only types close. None may be added; one that is gone must be removed from the list. */
export const typeCircles: readonly string[] = [
  "src/core/model/changes/index.ts > src/core/model/last-action.ts > src/core/model/changes/index.ts",
  "src/ports/adapter.ts > src/ports/gate.ts > src/ports/adapter.ts",
  "src/store/sql/rows.ts > src/store/sql/users/limits.ts > src/store/sql/rows.ts",
  "adapters/slack/respond.ts > adapters/slack/context.ts > adapters/slack/respond.ts",
];

/** Every cycle of imports, listed once. */
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

/** Exports without a name or without a docstring right above them, each as its first 60 characters. */
export function bareExports(source: string): readonly string[] {
  return statementsOf(source)
    .filter(({ type }) => type.startsWith("Export"))
    .filter((node) => isDefault(node) || !/\/\*\*(?:(?!\*\/)[^])*\*\/\n$/u.test(source.slice(0, node.start)))
    .map(({ start }) => source.slice(start, start + 60));
}

function isDefault(node: Node): boolean {
  return node.type === "ExportDefaultDeclaration" || JSON.stringify(node["specifiers"] ?? []).includes('"name":"default"');
}

/** The most files that a folder may hold directly; undefined when there is no limit. */
function roomIn(folder: string): number | undefined {
  if (folder === "src" || folder === "src/core") return 6;
  return /^src\/core\/(?:commands|voice)$|^drizzle\/migrations\//u.test(folder) ? undefined : 20;
}

/** Folders with too many files, each as "folder holds 21 files, at most 20 fit". */
export function crowdedFolders(paths: readonly string[]): readonly string[] {
  return [...Map.groupBy(paths, (path) => posix.dirname(path))].flatMap(([folder, { length }]) => {
    const most = roomIn(folder);
    return most !== undefined && length > most ? [`${folder} holds ${length} files, at most ${most} fit`] : [];
  });
}

/** Uses of the words in a file or its path: as a whole word, or as part of a name in camelCase, kebab-case or snake_case. */
export function oldWordsIn({ path, source }: File, words: readonly string[]): readonly string[] {
  const names = new Set(`${path}\n${source}`.match(/[\p{L}\p{N}_-]+/gu));
  const wanted = words.map((word) => ({ word, parts: partsOf(word) }));
  return [...names].flatMap((name) => {
    const parts = partsOf(name);
    return wanted.filter((each) => parts.includes(each.parts)).map(({ word }) => `${path}: ${word} in ${name}`);
  });
}

/** The parts of a name in lower case, joined and enclosed by hyphens. */
function partsOf(name: string): string {
  const parts = name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+/gu) ?? [];
  return `-${parts.join("-").toLowerCase()}-`;
}
