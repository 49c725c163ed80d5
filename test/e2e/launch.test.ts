/** `npm start` on any Node, with and without what tests need, and how it ends together with its program. */

import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../support/program.ts";
import { root, textOf } from "../support/project.ts";
import { productionTree } from "../support/tree.ts";

const launcher = "src/launch.cjs";
const posing = join(root, "test/support/old-node.cjs");
const logged = "this week 20 of 40–60 min";

/** A command that runs: its words so far, and its end, which comes once nobody holds its output any more. */
type Running = {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly said: () => string;
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly stdout: string;
    readonly stderr: string;
  }>;
};

type Command = { readonly folder: string; readonly variables?: Readonly<Record<string, string>> };

/** Starts `words` in a process group of its own, on a new file. */
function run(words: readonly [string, ...string[]], { folder, variables = {} }: Command): Running {
  const [command, ...rest] = words;
  const env = {
    PATH: process.env["PATH"] ?? "",
    TIME_ZONE: "UTC",
    DATABASE_URL: `file:${join(temporaryFolder(), "coach.db")}`,
    ...variables,
  };
  const child = spawn(command, rest, { cwd: folder, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => undefined);
  onTestFinished(() => killGroup(child.pid));
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = (once(child, "close") as Promise<[number | null, string | null]>).then(([code, signal]) => ({
    code,
    signal,
    stdout,
    stderr,
  }));
  return { child, said: () => stdout, ended };
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended, as it should.
  }
}

/** Logs a session and waits for the answer. */
async function log({ child, said }: Running): Promise<void> {
  child.stdin.write("20 strength\n");
  while (!said().includes(logged)) await once(child.stdout, "data");
}

/** Nodes on PATH that are older than the program needs, and not of this project. */
function olderNodes(): readonly string[] {
  const found = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, "node"));
  return [...new Set(found)].filter((path) => !path.includes("node_modules") && isRunnable(path) && majorOf(path) < 26).slice(0, 1);
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function majorOf(path: string): number {
  return Number.parseInt(execFileSync(path, ["--print", "process.versions.node"], { encoding: "utf8", env: {} }), 10);
}

type OldNode = readonly [name: string, command: readonly [string, ...string[]], variables: Readonly<Record<string, string>>];

/** This Node, posing as others, and an old one where this machine has one. */
const oldNodes: readonly OldNode[] = [
  ...["4.9.1", "12.22.12", "20.20.2", "25.9.0"].map((version): OldNode => [
    version,
    [process.execPath, "--require", posing],
    { OLD_NODE: version },
  ]),
  ...olderNodes().map((path): OldNode => [path, [path], {}]),
];

describe("npm start without what tests need", () => {
  test("runs on the Node that it asks for", async () => {
    const running = run([process.execPath, launcher], { folder: productionTree() });
    await log(running);
    running.child.stdin.end();
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
  });

  test.each(oldNodes)("on Node %s says in one sentence what to do", async (_, command, variables) => {
    const folder = productionTree();
    const { code, stdout, stderr } = await run([...command, launcher], { folder, variables }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^Sweetspot needs Node 26 or newer, and this is Node [\d.]+: run "npm ci" without --omit=dev, [^\n]*\.\n$/u);
    expect(readdirSync(folder)).not.toContain("data");
  });

  test("without any package says in one sentence what to do", async () => {
    const folder = productionTree();
    rmSync(join(folder, "node_modules"), { recursive: true });
    const { code, stderr } = await run([process.execPath, launcher], { folder }).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Sweetspot's packages are not installed: run "npm ci" in [^\n]*\.\n$/u);
  });
});

describe("with the package node, an old Node", () => {
  test.each(oldNodes)("(%s) starts the program on that, and passes on how it ends", async (_, command, variables) => {
    const folder = productionTree(["node"]);
    const running = run([...command, launcher], { folder, variables });
    await log(running);
    running.child.stdin.end();
    expect(await running.ended).toMatchObject({ code: 0, signal: null });
    const wrong = await run([...command, launcher], { folder, variables: { ...variables, LOG_LEVEL: "loud" } }).ended;
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain("loud");
  });

  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("passes %s on, and ends with the program", async (signal) => {
    const variables = { OLD_NODE: "20.20.2", LOG_LEVEL: "info" };
    const running = run([process.execPath, "--require", posing, launcher], { folder: productionTree(["node"]), variables });
    await log(running);
    running.child.kill(signal);
    const { code, stderr } = await running.ended;
    expect(code).toBe(0);
    expect(stderr).toContain('"event":"stopped"');
  });

  test("that is killed takes the program along, which still closes its file", async () => {
    const variables = { OLD_NODE: "20.20.2", LOG_LEVEL: "info" };
    const running = run([process.execPath, "--require", posing, launcher], { folder: productionTree(["node"]), variables });
    await log(running);
    running.child.kill("SIGKILL");
    expect((await running.ended).stderr).toContain('"event":"stopped"');
  });
});

// SIGINT for npm alone is not among them: its shell keeps that to itself until the program has ended. A terminal sends it to all of them.
describe("npm start", () => {
  test.each([
    ["SIGTERM", "npm"],
    ["SIGHUP", "npm"],
    ["SIGKILL", "npm"],
    ["SIGTERM", "the process group"],
    ["SIGINT", "the process group"],
    ["SIGHUP", "the process group"],
  ] as const)("that gets %s, sent to %s, leaves no program behind and no stack trace", async (signal, whom) => {
    const running = run(["npm", "start"], { folder: root, variables: { LOG_LEVEL: "info", HOME: temporaryFolder() } });
    await log(running);
    process.kill((whom === "npm" ? 1 : -1) * (running.child.pid ?? 0), signal);
    const { stderr } = await running.ended;
    expect(stderr).toContain('"event":"stopped"');
    expect(stderr).not.toMatch(/\n\s+at /u);
  });
});

/** Whose end is looked for behind the parent's: only Linux tells by a file who started whom. */
const elders = existsSync("/proc/self/stat") ? ["grandparent"] : [];

test.each(elders)("a program whose %s is killed ends, though its parent lives on", async () => {
  // Its input is a pipe that stays open: that of the grandparent ends together with it.
  const inner = 'mkfifo "$2" && exec 3<>"$2" && "$0" "$1" <&3; echo the parent lives on >&2';
  const variables = { LOG_LEVEL: "info", SWEETSPOT_RELAYED: "1", INNER: inner };
  const words = [process.execPath, launcher, join(temporaryFolder(), "input")];
  const { child, ended } = run(["sh", "-c", 'sh -c "$INNER" "$0" "$@"; true', ...words], { folder: root, variables });
  let heard = "";
  child.stderr.on("data", (text: string) => (heard += text));
  while (!heard.includes('"event":"started"')) await once(child.stderr, "data");
  child.kill("SIGKILL");
  expect((await ended).stderr).toMatch(/"event":"stopped"[^]*the parent lives on/u);
});

test("nobody else may read what the program makes, whatever umask it is started with", async () => {
  const folder = productionTree();
  const running = run(["sh", "-c", 'umask 0 && exec "$0" "$1"', process.execPath, launcher], { folder });
  await log(running);
  running.child.stdin.end();
  expect((await running.ended).code).toBe(0);
  const cache = join(folder, "node_modules", ".cache");
  const made = [cache, ...readdirSync(cache, { recursive: true, encoding: "utf8" }).map((name) => join(cache, name))];
  expect(made.length).toBeGreaterThan(10);
  expect(made.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
});

describe("the arguments of npm start", () => {
  test.each([
    [["--help"], 0, /^Usage: npm start/u, /^$/u],
    [["-h"], 0, /^Usage: npm start/u, /^$/u],
    [["--version"], 0, /^sweetspot \d+\.\d+\.\d+\n$/u, /^$/u],
    [["--verison"], 1, /^$/u, /^Unknown argument "--verison": [^\n]*--help[^\n]*\n$/u],
    [["--help", "now"], 1, /^$/u, /^Unknown argument "now": [^\n]*\n$/u],
    [["a\nb"], 1, /^$/u, /^Unknown argument "a\\nb": [^\n]*\n$/u],
  ] as const)("%j end it with code %i", async (words, code, stdout, stderr) => {
    const folder = temporaryFolder();
    const variables = { DATABASE_URL: `file:${join(folder, "coach.db")}` };
    const ended = await run([process.execPath, launcher, ...words], { folder: root, variables }).ended;
    expect(ended.code).toBe(code);
    expect(ended.stdout).toMatch(stdout);
    expect(ended.stderr).toMatch(stderr);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("the launcher is written so that the oldest Node reads it", () => {
  const code = textOf(launcher).replaceAll(/\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/gu, '""');
  expect(code).not.toMatch(/=>|`|\b(?:const|let|class|async|await|import|of)\b|\?\.|\?\?|\.\.\.|,\s*\)/u);
});
