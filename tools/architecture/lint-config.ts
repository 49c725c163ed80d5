/** Generates `.oxlintrc.json` from the import rule; all other rules are in `lint-base.jsonc`. Run it with `npm run lint:config`. */

import { writeFileSync } from "node:fs";
import { posix } from "node:path";
import { coreOrder, folderInCore, type Row, rows } from "./import-rule.ts";

type Pattern =
  | { readonly group: readonly string[]; readonly message: string }
  | { readonly regex: string; readonly message: string; readonly allowTypeImports: true };
type Override = {
  readonly files: readonly string[];
  readonly rules: { readonly "no-restricted-imports": readonly ["error", { readonly patterns: readonly Pattern[] }] };
};

/** Files of one row with the same imports. Their relative imports start at `folder`. */
type Group = {
  readonly of: string;
  readonly files: readonly string[];
  readonly folder: string;
  readonly may: readonly string[];
  readonly mayAsType: readonly string[];
};

/** The text of `.oxlintrc.json`: one override a line. The last override that fits a file applies alone. */
export function lintConfig(): string {
  const overrides = rows.flatMap(groupsOf).map((group) => `    ${JSON.stringify(overrideOf(group))}`);
  return `{
  // Made by "npm run lint:config" of tools/architecture/import-rule.ts.
  "$schema": "./node_modules/oxlint/configuration_schema.json",
  "extends": ["./tools/architecture/lint-base.jsonc"],
  // oxfmt-ignore
  "overrides": [
${overrides.join(",\n")}
  ]
}
`;
}

function groupsOf(row: Row): readonly Group[] {
  return [...foldersOf(row), ...singleFilesOf(row)];
}

/** Groups of whole folders: each folder of the core, and each folder in an adapter, is its own group. */
function foldersOf({ of, may, mayAsType = [] }: Row): readonly Group[] {
  const group = (folder: string, ...files: readonly string[]): Group => ({ of, files, folder, may, mayAsType });
  if (of === "src/core/")
    return coreOrder.map((name) => (name === "" ? group(of, `${of}*.ts`) : group(`${of}${name}/`, `${of}${name}/**`)));
  if (/^adapters\/\w+\/$/u.test(of)) return [group(of, `${of}*.ts`), group(`${of}any/`, `${of}*/**`)];
  return of.endsWith("/") ? [group(of, `${of}**`)] : [group(`${posix.dirname(of)}/`, of)];
}

/** Groups of single files. Files in one folder with the same imports share a group. */
function singleFilesOf({ of, may, mayAsType = [], only = {}, onlyAsType = {} }: Row): readonly Group[] {
  const names = [...new Set([...Object.keys(only), ...Object.keys(onlyAsType)])];
  const groups = names.map((name) => ({
    of,
    files: [of + name],
    folder: `${posix.dirname(of + name)}/`,
    may: [...may, ...(only[name] ?? [])],
    mayAsType: [...mayAsType, ...(onlyAsType[name] ?? [])],
  }));
  const alike = Map.groupBy(groups, (group) => JSON.stringify([group.folder, group.may, group.mayAsType]));
  return [...alike.values()].flatMap((ones) => ones.slice(0, 1).map((one) => ({ ...one, files: ones.flatMap(({ files }) => files) })));
}

function overrideOf({ of, files, folder, may, mayAsType }: Group): Override {
  const message = `tools/architecture/import-rule.ts says what ${of} may import.`;
  const group = ["**", ...allowed(folder, [...may, ...mayAsType])];
  const asType = mayAsType.map((name) => ({ regex: regexOf(name), message, allowTypeImports: true as const }));
  return { files, rules: { "no-restricted-imports": ["error", { patterns: [...asType, { group, message }] }] } };
}

/** Matches every import of that name from outside its folder. */
function regexOf(name: string): string {
  const start = name === "src/core/" ? "#core/" : name;
  return `^${start}${name.endsWith("/") ? "" : "$"}`;
}

/** Patterns in which a later one overrides earlier ones. A path with `..` is refused unless it is the complete way to an allowed name. */
function allowed(folder: string, names: readonly string[]): readonly string[] {
  const patterns = names.flatMap((name) => patternsFor(folder, name));
  const loader = names.includes("node:") && !names.includes("node:module") ? ["node:module"] : [];
  return [...patterns.filter((each) => !climbs(each)), ...loader, "**/../**", ...patterns.filter(climbs)];
}

function climbs(pattern: string): boolean {
  return /^!?\.\.\//u.test(pattern);
}

/** The core folders that this folder may import: a list of the allowed or of the others, whichever is shorter. */
function corePatterns(folder: string): readonly string[] {
  if (!folder.startsWith("src/core/")) return ["!\\#core/**"];
  const own = coreOrder.indexOf(folderInCore(folder));
  const [above, below] = [coreOrder.slice(0, own + 1), coreOrder.slice(own + 1)];
  const here = folder === "src/core/" ? "!./*.ts" : "!./**";
  if (above.length > below.length) return [here, "!\\#core/**", ...inCore(below)];
  return [here, ...inCore(above).map((each) => `!${each}`)];
}

function inCore(folders: readonly string[]): readonly string[] {
  const named = folders.filter((name) => name !== "");
  const list = named.length > 1 ? `{${named.join(",")}}` : named.join("");
  return [...(list === "" ? [] : [`\\#core/${list}/**`]), ...(named.length < folders.length ? ["\\#core/*.ts"] : [])];
}

/** How files of that folder write an import of that name: relative, by alias, or as a package. */
function patternsFor(folder: string, name: string): readonly string[] {
  if (name === "src/core/") return corePatterns(folder);
  if (name === "node:") return ["!node:*", "!node:*/**"];
  const end = name.endsWith("/") ? "**" : "";
  if (name.startsWith("adapters/")) return relativePatterns(folder, name, end);
  if (!/^(?:src|drizzle)\//u.test(name)) return [`!${name}${end}`];
  const relative = relativePatterns(folder, name, end).filter((pattern) => !climbs(pattern));
  return [...relative, `!\\#${name}${end}`];
}

/** Patterns for a folder inside `name`: everything below it is allowed, and nothing above it. */
function relativePatterns(folder: string, name: string, end: string): readonly string[] {
  const path = posix.relative(folder, name);
  if (path === "") return [`!./${end}`];
  if (path === "..") return ["!./**", "!../**", "../../**"];
  const slash = name.endsWith("/") ? "/" : "";
  return [`!${path.startsWith("..") ? "" : "./"}${path}${slash}${end}`];
}

if (import.meta.main) writeFileSync(".oxlintrc.json", lintConfig());
