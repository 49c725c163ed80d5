/** The rules of the house that no other tool looks after, one test for each: every test lists all that it found. */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { variables } from "#src/config/config.ts";
import { rowOf, rows } from "../tools/architecture/import-rule.ts";
import { lintConfig } from "../tools/architecture/lint-config.ts";
import { bareExports, circlesIn, crowdedFolders, importsIn, oldWordsIn, typeCircles, violationsOf } from "./support/architecture.ts";
import { oldWords } from "./support/old-words.ts";
import { allowed, impure, lintPlants, type Plant, refused } from "./support/plants.ts";
import { type File, filesIn, root, textOf } from "./support/project.ts";

const code = ["src", "adapters", "drizzle"].flatMap((folder) => filesIn(folder, ".ts"));
const tests = filesIn("test", ".ts");
const tools = filesIn("tools");
const everything = filesIn("");

/** The paths of those files in which something is found, each with what it is. */
function found(files: readonly File[], find: (file: File) => string | readonly string[] | undefined): readonly string[] {
  return files.flatMap((file) => [find(file) ?? []].flat().map((what) => `${file.path}: ${what}`));
}

describe("the import rule", () => {
  test("holds in every file, in the order of the core's folders, too", () => {
    expect(code.flatMap(violationsOf)).toEqual([]);
  });

  test("is a table of at most twenty rows", () => {
    expect(rows.length).toBeLessThanOrEqual(20);
  });

  test.each(["src/newcomer.ts", "src/newcomer/index.ts", "src/core/newcomer/index.ts", "adapters/telegram/index.ts"])(
    "has to know %s",
    (path) => {
      expect(violationsOf({ path, source: "" })).toEqual([`${path} is in no row of the table`]);
    },
  );

  test("leaves no circle of modules that load each other", () => {
    expect(circlesIn(importsIn(code, ({ isType }) => !isType))).toEqual([]);
  });

  test("leaves no circle of types but those that are known", () => {
    expect(circlesIn(importsIn(code))).toEqual(typeCircles);
  });

  test("finds a circle", () => {
    const imports = new Map([
      ["a.ts", ["b.ts"]],
      ["b.ts", ["c.ts", "d.ts"]],
      ["c.ts", ["b.ts"]],
      ["d.ts", []],
    ]);
    expect(circlesIn(imports)).toEqual(["b.ts > c.ts > b.ts"]);
  });

  test("has made .oxlintrc.json: npm run lint:config", () => {
    expect(textOf(".oxlintrc.json")).toBe(lintConfig());
  });
});

describe("planted lines", () => {
  let complaints: ReadonlyMap<Plant, readonly string[]> = new Map();

  beforeAll(() => {
    const folder = mkdtempSync(join(tmpdir(), "sweetspot-lint-"));
    complaints = lintPlants([...refused, ...allowed, ...impure], folder);
    return () => rmSync(folder, { recursive: true });
  });

  const isComplaint = (code: string): boolean => /no-restricted|no-process-env|no-console/u.test(code);
  const complaintsAbout = (plant: Plant): readonly string[] => (complaints.get(plant) ?? []).filter(isComplaint);

  test("are there for every row, good ones and bad ones", () => {
    const without = (plants: readonly Plant[]) => rows.filter((row) => !plants.some(([path]) => rowOf(path) === row)).map(({ of }) => of);
    expect({ refused: without(refused), allowed: without(allowed) }).toEqual({ refused: [], allowed: [] });
  });

  test("that break the import rule are refused by the table", () => {
    expect(refused.filter(([path, source]) => violationsOf({ path, source }).length !== 1)).toEqual([]);
  });

  test("that break the import rule are refused by the lint", () => {
    expect(refused.filter((plant) => !complaintsAbout(plant).includes("eslint(no-restricted-imports)"))).toEqual([]);
  });

  test("that keep the import rule are allowed by the table", () => {
    expect(allowed.flatMap(([path, source]) => violationsOf({ path, source }))).toEqual([]);
  });

  test("that keep the import rule are allowed by the lint", () => {
    expect(allowed.filter((plant) => complaintsAbout(plant).length > 0)).toEqual([]);
  });

  test("that are impure are refused by the lint", () => {
    expect(impure.filter((plant) => complaintsAbout(plant).length === 0)).toEqual([]);
  });
});

/** drizzle-kit and vitest want a default export of their configuration. */
const isToolConfig = ({ path }: File): boolean => path.endsWith(".config.ts");

describe("every export", () => {
  test("has a name, and a docstring right above it", () => {
    const files = code.filter((file) => !isToolConfig(file));
    expect(found(files, ({ source }) => bareExports(source))).toEqual([]);
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

describe("the code", () => {
  const linesOf = ({ source }: File): number => source.trimEnd().split("\n").length;

  test("has at most 250 lines a file", () => {
    expect(found(code, (file) => (linesOf(file) > 250 ? `${linesOf(file)} lines` : undefined))).toEqual([]);
  });

  const paths = [...["src", "adapters", "drizzle"].flatMap((folder) => filesIn(folder)), ...tools].map(({ path }) => path);

  test("has no crowded folder", () => {
    expect(crowdedFolders(paths)).toEqual([]);
  });

  test.each([
    ["src", 6],
    ["src/core", 6],
    ["src/core/model", 20],
    ["adapters/slack", 20],
    ["tools/bench", 20],
  ])("is found to crowd %s with more than %i files", (folder, most) => {
    const files = Array.from({ length: most + 1 }, (_, index) => `${folder}/${index}.ts`);
    expect(crowdedFolders(files.slice(1))).toEqual([]);
    expect(crowdedFolders(files)).toEqual([`${folder} holds ${most + 1} files, at most ${most} fit`]);
  });

  test.each(["src/core/commands", "src/core/voice", "drizzle/migrations/sqlite"])("may fill %s", (folder) => {
    expect(crowdedFolders(Array.from({ length: 99 }, (_, index) => `${folder}/${index}.ts`))).toEqual([]);
  });
});

describe("old words", () => {
  const isProse = ({ path }: File): boolean => /\.[cm]?[jt]s$/u.test(path) && path !== "test/support/old-words.ts";

  test("come back in no file and in no name", () => {
    const files = [...filesIn("src"), ...filesIn("adapters"), ...filesIn("drizzle"), ...tools, ...tests];
    expect(files.filter(isProse).flatMap((file) => oldWordsIn(file, oldWords))).toEqual([]);
  });

  test.each([
    "// A zorp.",
    "const zorp = 1;",
    "const isZORPThere = 1;",
    "const zorpAt = 1;",
    'import "./a-zorp-b.ts";',
    "old_zorp",
    "ZORP",
  ])("are found in %j", (source) => expect(oldWordsIn({ path: "a.ts", source }, ["zorp"])).toHaveLength(1));

  test("are found in paths, and where they are two words", () => {
    expect(oldWordsIn({ path: "src/zorp/a.ts", source: "" }, ["zorp"])).toEqual(["src/zorp/a.ts: zorp in zorp"]);
    expect(oldWordsIn({ path: "a.ts", source: "const lastZorpLine = 1;" }, ["zorp-line"])).toEqual(["a.ts: zorp-line in lastZorpLine"]);
  });

  test.each(["const zorps = 1;", "// azorp", "const zorpedAt = 1;"])("are not found in %j", (source) => {
    expect(oldWordsIn({ path: "a.ts", source }, ["zorp"])).toEqual([]);
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
  test("wants one exact version of every package", () => {
    const wanted = Object.entries({ ...dependencies, ...devDependencies });
    expect(wanted.filter(([, version]) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
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
  test("leave nothing out and mock nothing", () => {
    expect(found(tests, ({ source }) => shortcuts.exec(source)?.[0])).toEqual([]);
  });

  test.each([["test", "only"].join("."), ["describe", "concurrent", "skip"].join("."), ["vi", "mock"].join(".")])(
    "may not use %s",
    (name) => {
      expect(shortcuts.test(`${name}("a", () => {});`)).toBe(true);
    },
  );
});

const here = new RegExp(`(?<![\\w.*])${RegExp.escape(root)}/`, "u");
const places = /\.\.\/shared\b(?!\/(?:[\w-]+\.ts|\*\*)")|(?<![\w.])\/(?:home|Users|root)\/\w|\b[A-Z]:\\Users\\/u;

describe("every file", () => {
  test("names no place on the machine of a developer", () => {
    expect(found(everything, ({ source }) => (places.exec(source) ?? here.exec(source))?.[0])).toEqual([]);
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
      "adapters/slack/http-post.ts",
      "adapters/slack/render/attachments.ts",
    ]);
  });

  test.each(['await fetch("https://a");', 'import { request } from "node:https";', 'import { type A, get } from "node:http";'])(
    "are opened by %j",
    (source) => expect(opensConnections.test(source)).toBe(true),
  );
});
