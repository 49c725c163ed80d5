/** Runs the real program as a child process and talks to it over its standard streams. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { compileCache, root, textOf } from "./project.ts";

/** The output and exit code of a program. */
export type Ended = { readonly stdout: string; readonly stderr: string; readonly code: number | null };

/** A running program. It is killed at the end of the test. */
export type Program = {
  /** Types a line and returns the answer. Throws when the program ends first. */
  ask(line: string): Promise<string>;
  /** Types `text` unchanged, without waiting for answers. */
  type(text: string): void;
  /** Waits for `count` answers. */
  answered(count: number): Promise<void>;
  /** Types the number of the choice of the last answer whose label starts with `label`. */
  press(label: string): Promise<string>;
  /** Closes the input and waits for the end. */
  end(): Promise<Ended>;
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<Ended>;
  /** Sends a signal without waiting. */
  signal(signal: NodeJS.Signals): void;
  /** Waits until standard error contains one of `lines`. */
  said(...lines: readonly string[]): Promise<void>;
  /** Waits until standard error matches `pattern`, and returns the match. */
  found(pattern: RegExp): Promise<string>;
  /** Closes standard output, as `head` does when it has its lines. */
  stopReading(): void;
  /** The process id. */
  readonly pid: number;
  /** Resolves when the program has ended and all output was read. */
  readonly ended: Promise<Ended>;
};

/** The working folder of a program, and its extra environment variables. */
export type Place = { readonly folder: string; readonly variables?: Readonly<Record<string, string>> };

/** Creates an empty folder that is deleted after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const packageShape = z.object({ scripts: z.object({ start: z.string().startsWith("node ") }) });
const entry = packageShape.parse(JSON.parse(textOf("package.json"))).scripts.start.slice("node ".length);

/** Starts the program in `folder` as `npm start` does, without this machine's environment. */
export function startProgram({ folder, variables = {} }: Place): Program {
  const env = { TIME_ZONE: "UTC", DATABASE_URL: "file:coach.db", NODE_COMPILE_CACHE: compileCache, ...variables };
  const child = spawn(process.execPath, [join(root, entry)], { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  // Writing to a program that has ended fails. Its tests see the end by other means.
  child.stdin.on("error", () => undefined);
  const { said, next } = listen(child);
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => resolve({ ...said(), code }));
  });
  let answer = "";
  const type = (text: string): void => void child.stdin.write(text);
  const ask = async (line: string): Promise<string> => {
    type(`${line}\n`);
    answer = await next(line);
    return answer;
  };
  return {
    ask,
    type,
    ended,
    pid: child.pid ?? 0,
    answered: async (count) => {
      for (let left = count; left > 0; left -= 1) await next("");
    },
    press: async (label) => await ask(numberOf(label, answer)),
    async end() {
      child.stdin.end();
      return await ended;
    },
    async kill(signal) {
      child.kill(signal);
      return await ended;
    },
    signal: (signal) => void child.kill(signal),
    async said(...lines) {
      while (!lines.some((line) => said().stderr.includes(line))) await once(child.stderr, "data");
    },
    async found(pattern) {
      for (;;) {
        const [words] = pattern.exec(said().stderr) ?? [];
        if (words !== undefined) return words;
        await once(child.stderr, "data");
      }
    },
    stopReading: () => void child.stdout.destroy(),
  };
}

type Ear = { readonly said: () => Omit<Ended, "code">; readonly next: (line: string) => Promise<string> };

/** Splits standard output into answers: each ends with an empty line. */
function listen(child: ChildProcessWithoutNullStreams): Ear {
  let [stdout, stderr, taken, isClosed] = ["", "", 0, false];
  child.once("close", () => (isClosed = true));
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const take = (): string | undefined => {
    const end = stdout.indexOf("\n\n", taken);
    if (end < 0) return undefined;
    const answer = stdout.slice(taken, end);
    taken = end + 2;
    return answer;
  };
  const next = async (line: string): Promise<string> =>
    await new Promise((resolve, reject) => {
      const fail = (): void => reject(new Error(`Ask "${line}": the program ended without an answer. It said: ${stdout}${stderr}`));
      const look = (): void => {
        const answer = take();
        if (answer === undefined) return;
        child.stdout.off("data", look);
        child.off("close", fail);
        resolve(answer);
      };
      child.stdout.on("data", look);
      child.on("close", fail);
      look();
      if (isClosed) fail();
    });
  return { said: () => ({ stdout, stderr }), next };
}

function numberOf(label: string, answer: string): string {
  const choice = Array.from(answer.matchAll(/\[(\d+)\] (\S[^[\n]*)/gu)).find(([, , words]) => words?.startsWith(label));
  if (!choice?.[1]) throw new Error(`Press "${label}": it must be a choice of the last answer, which was: ${answer}`);
  return choice[1];
}

/** Runs the program on `lines` until it ends. Returns its answers, its output and its exit code. */
export async function runProgram(place: Place, lines: readonly string[]): Promise<Ended & { readonly answers: readonly string[] }> {
  const program = startProgram(place);
  program.type(lines.map((line) => `${line}\n`).join(""));
  const ended = await program.end();
  return { ...ended, answers: ended.stdout.split("\n\n").slice(0, -1) };
}

const tomorrow = Temporal.Now.plainDateISO("UTC").add({ days: 1 });

/** The first Wednesday after today. The days before it are in the same week. */
export const wednesday: Temporal.PlainDate = tomorrow.add({ days: (10 - tomorrow.dayOfWeek) % 7 });

/** The command that sets the program's clock to noon of that Wednesday. */
export const toWednesday = `/clock ${wednesday.toString()}T12:00`;

/** Starts a program whose clock says Wednesday noon. */
export async function onWednesday(folder: string): Promise<Program> {
  const program = startProgram({ folder });
  await program.ask(toWednesday);
  return program;
}

/** The week's strength minutes in an answer. */
export function weekMinutes(answer: string | undefined): number | undefined {
  const minutes = /(\d+) of 40–60/u.exec(answer ?? "")?.[1];
  return minutes === undefined ? undefined : Number(minutes);
}
