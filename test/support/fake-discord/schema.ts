/** Checks bodies against the schemas of Discord's API document. */

import { z } from "zod";
import type { ZodMiniType } from "zod/mini";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

z.config(z.locales.en());

/** The problems of the shape of `body`. Unknown fields count as problems, though Discord ignores them. */
export function shapeProblems(shape: ZodMiniType, body: unknown): readonly string[] {
  const parsed = z.safeParse(shape, body);
  return parsed.success ? strays(body, parsed.data, []) : parsed.error.issues.flatMap((issue) => inWords(issue, []));
}

function inWords(issue: Issue, before: Path): readonly string[] {
  const path = [...before, ...issue.path];
  if (issue.code !== "invalid_union") return [`${named(path)}${issue.message}`];
  const meant = issue.errors.filter((branch) => !branch.some(isOtherType));
  const nearest = meant.toSorted((one, other) => one.length - other.length).findLast((branch) => branch.length === shortest(meant));
  return nearest?.flatMap((inner) => inWords(inner, path)) ?? [`${named(path)}no such type may stand here`];
}

function shortest(branches: readonly (readonly Issue[])[]): number {
  return Math.min(...branches.map(({ length }) => length));
}

/** Whether a branch failed only by its type. Components and options differ by type. */
function isOtherType({ code, path }: Issue): boolean {
  return code === "invalid_value" && path.length === 1 && path[0] === "type";
}

function strays(given: unknown, kept: unknown, path: Path): readonly string[] {
  if (!isRecord(given) || !isRecord(kept)) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const here = [...path, Array.isArray(given) ? Number(key) : key];
    if (key in kept) return strays(value, kept[key], here);
    return isHarmless(key, value) ? [] : [`${named(here)}no such field is known`];
  });
}

/** Allows unneeded `false` fields that discord.js sends, and one field that the document lacks. */
function isHarmless(key: string, value: unknown): boolean {
  return value === undefined || key === "nsfw" || (["tts", "enforce_nonce"].includes(key) && value === false);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function named(path: Path): string {
  const name = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`)).join("");
  return name === "" ? "" : `${name.replace(/^\./u, "")}: `;
}
