/** The ways of the house that no other tool looks after. `test/house/dependencies.test.ts` has the dependency rule. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { variables } from "#src/config/config.ts";
import { type Node, statementsOf } from "./support/imports.ts";
import { type File, filesIn, root, textOf } from "./support/project.ts";

const code = ["src", "adapters", "drizzle"].flatMap((folder) => filesIn(folder, ".ts"));
const tests = filesIn("test", ".ts");
const everything = filesIn("");

/** drizzle-kit and vitest want a default export of their configuration. */
const isToolConfig = ({ path }: File): boolean => path.endsWith(".config.ts");

describe("every export", () => {
  test.each(code.filter((file) => !isToolConfig(file)))("of $path has a name, and a docstring right above it", ({ source }) => {
    expect(bareExports(source)).toEqual([]);
  });

  test.each([
    ["export const a = 1;", 1],
    ["/** What the file is. */\n\nexport const a = 1;", 1],
    ["// What it is.\nexport const a = 1;", 1],
    ["/** What it is. */\nexport const a = 1;\nexport type B = string;", 1],
    ["/** What it is. */\nexport default 1;", 1],
    ["const a = 1;\n/** What it is. */\nexport { a as default };", 1],
    ["/** What it is. */\nexport const a = 1;", 0],
    ["/**\n * What it is.\n */\nexport function a() {}", 0],
    ["const a = 1;", 0],
  ])("is missed in %j: %i", (source, count) => {
    expect(bareExports(source)).toHaveLength(count);
  });
});

/** The exports without a name or a docstring of their own. */
function bareExports(source: string): readonly string[] {
  return statementsOf(source)
    .filter(({ type }) => type.startsWith("Export"))
    .filter((node) => isDefault(node) || !/\/\*\*(?:(?!\*\/)[^])*\*\/\n$/u.test(source.slice(0, node.start)))
    .map(({ start }) => source.slice(start, start + 60));
}

function isDefault(node: Node): boolean {
  return node.type === "ExportDefaultDeclaration" || JSON.stringify(node["specifiers"] ?? []).includes('"name":"default"');
}

describe("the code", () => {
  test.each(code)("$path has at most 250 lines", ({ source }) => {
    expect(source.trimEnd().split("\n").length).toBeLessThanOrEqual(250);
  });
});

describe(".env.example", () => {
  test("names every variable that is read, and no other", () => {
    const named = Array.from(textOf(".env.example").matchAll(/^#?([A-Z][A-Z0-9_]*)=/gmu), ([, name = ""]) => name);
    expect(named).toHaveLength(variables.length);
    expect(new Set(named)).toEqual(new Set(variables));
  });
});

const versions = z.record(z.string(), z.string());
const packageShape = z.object({ dependencies: versions, devDependencies: versions });
const { dependencies, devDependencies } = packageShape.parse(JSON.parse(textOf("package.json")));

describe("package.json", () => {
  test.each(Object.entries({ ...dependencies, ...devDependencies }))("wants one version of %s: %s", (_, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  });
});

/** What `.ci/check-lock.mjs` says of a lock file, and its exit code. */
function checkLock(path: string): { readonly code: number | null; readonly said: string } {
  const { status, stderr } = spawnSync(process.execPath, [".ci/check-lock.mjs", path], { cwd: root, encoding: "utf8" });
  return { code: status, said: stderr };
}

/** That of a copy of the lock file in which the entry of zod reads so. */
function checkPlanted(change: Readonly<Record<string, unknown>>): ReturnType<typeof checkLock> {
  const folder = mkdtempSync(join(tmpdir(), "sweetspot-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const lock = lockShape.parse(JSON.parse(textOf("package-lock.json")));
  lock.packages["node_modules/zod"] = { ...lock.packages["node_modules/zod"], ...change };
  const path = join(folder, "package-lock.json");
  writeFileSync(path, JSON.stringify(lock));
  return checkLock(path);
}

const lockShape = z.object({ lockfileVersion: z.number(), packages: z.record(z.string(), z.record(z.string(), z.unknown())) });

describe("package-lock.json", () => {
  test("holds no address to download from", () => {
    expect(textOf("package-lock.json")).not.toMatch(/"resolved": *"https?:/u);
  });

  test("has a digest for every package", () => {
    expect(checkLock("package-lock.json")).toEqual({ code: 0, said: "" });
  });

  test.each<readonly [string, Readonly<Record<string, unknown>>]>([
    ["node_modules/zod has no sha512 integrity", { integrity: undefined }],
    ["node_modules/zod has no sha512 integrity", { integrity: "" }],
    ["node_modules/zod has no sha512 integrity", { integrity: "sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=" }],
    ["node_modules/zod is downloaded from an address of its own", { resolved: "git+ssh://git@example.org/zod.git#0123456" }],
    ["node_modules/zod is a link", { link: true }],
  ])("is refused where %s", (problem, change) => {
    const { code, said } = checkPlanted(change);
    expect(code).toBe(1);
    expect(said).toContain(problem);
  });

  test("is looked at before anything of it is installed", () => {
    const lines = textOf(".ci/run").split("\n");
    expect(lines).toContain("node .ci/check-lock.mjs");
    expect(lines.indexOf("node .ci/check-lock.mjs")).toBeLessThan(lines.indexOf("npm ci"));
    expect(textOf(".npmrc").split("\n")).toContain("omit-lockfile-registry-resolved=true");
  });
});

const shortcuts =
  /\b(?:it|test|describe|suite)\b(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf|fails)\b|\bvi\.(?:mock|doMock|fn|spyOn|stubGlobal)\b/u;

describe("the tests", () => {
  test.each(tests)("of $path leave nothing out and mock nothing", ({ source }) => {
    expect(shortcuts.exec(source)?.[0]).toBeUndefined();
  });

  test.each([["test", "only"].join("."), ["describe", "concurrent", "skip"].join("."), ["vi", "mock"].join(".")])(
    "may not use %s",
    (name) => {
      expect(shortcuts.test(`${name}("a", () => {});`)).toBe(true);
    },
  );
});

const here = new RegExp(`(?<![\\w.*])${RegExp.escape(root)}/`, "u");
const places = /\.\.\/shared\b|(?<![\w.])\/(?:home|Users|root)\/\w|\b[A-Z]:\\Users\\/u;

describe("every file", () => {
  test.each(everything)("$path names no place on the machine of a developer", ({ source }) => {
    expect(places.exec(source)?.[0]).toBeUndefined();
    expect(here.exec(source)?.[0]).toBeUndefined();
  });

  test.each([["..", "shared", "x"].join("/"), ["", "home", "ann", "x"].join("/"), ["C:", "Users", "ann"].join("\\")])(
    "may not name %s",
    (place) => {
      expect(places.test(`see ${place}`)).toBe(true);
    },
  );
});

/** What opens a connection: `fetch`, or a module of Node's that does, unless only its types are wanted. */
const opensConnections = /\bfetch\(|^import (?!type )[^;]*from "(?:node:(?:https?|http2|tls)|undici)"/mu;

describe("connections", () => {
  test("are opened by adapters only where addresses were judged, or come from Slack itself", () => {
    const opening = filesIn("adapters", ".ts").filter(({ source }) => opensConnections.test(source));
    expect(opening.map(({ path }) => path)).toEqual([
      "adapters/shared/download.ts",
      "adapters/slack/render/attachments.ts",
      "adapters/slack/http-post.ts",
    ]);
  });

  test.each(['await fetch("https://a");', 'import { request } from "node:https";', 'import { type A, get } from "node:http";'])(
    "are opened by %j",
    (source) => expect(opensConnections.test(source)).toBe(true),
  );
});
