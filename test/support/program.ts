/** The real program as a process of its own: what is typed, what comes out, and how it ends. */

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { compileCache, root, textOf } from "./project.ts";

/** How a program came out. */
export type Ended = { readonly stdout: string; readonly stderr: string; readonly code: number | null };

/** A running program. It is killed when the test is over, if it still runs. */
export type Program = {
  /** Types a line and gives the answer to it. Throws when the program ends before. */
  ask(line: string): Promise<string>;
  /** Types `text` as it stands, without waiting for answers. */
  type(text: string): void;
  /** Waits until so many answers came. */
  answered(count: number): Promise<void>;
  /** Presses the choice whose label starts with `label` in the last answer, by its number. */
  press(label: string): Promise<string>;
  /** Closes the input and waits for the end. */
  end(): Promise<Ended>;
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<Ended>;
  /** Sends a signal, and waits for nothing. */
  signal(signal: NodeJS.Signals): void;
  /** Waits until one of `lines` stands in what it writes to standard error. */
  said(...lines: readonly string[]): Promise<void>;
  /** Waits until `pattern` stands in what it writes to standard error, and gives it as it stands there. */
  found(pattern: RegExp): Promise<string>;
  /** Reads no more of what the program says, as `head` does once it has its lines. */
  stopReading(): void;
  /** The id of its process. */
  readonly pid: number;
  /** When it has ended, and all that it said was read. */
  readonly ended: Promise<Ended>;
};

/** Where a program runs, and with which variables besides those that every test wants. */
export type Place = { readonly folder: string; readonly variables?: Readonly<Record<string, string>> };

/** An empty folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sweetspot-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const packageShape = z.object({ scripts: z.object({ start: z.string().startsWith("node ") }) });
const entry = packageShape.parse(JSON.parse(textOf("package.json"))).scripts.start.slice("node ".length);

/** Starts the program in `folder` as `npm start` does, with nothing of this machine's environment. */
export function startProgram({ folder, variables = {} }: Place): Program {
  const env = { TIME_ZONE: "UTC", DATABASE_URL: "file:coach.db", NODE_COMPILE_CACHE: compileCache, ...variables };
  const child = spawn(process.execPath, [join(root, entry)], { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  // A program that has ended takes in nothing more, and its tests see that it has.
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

/** Cuts what the program says into answers: each ends with an empty line. */
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

/** Runs the program over `lines` to the end of its input, and gives its answers with how it ended. */
export async function runProgram(place: Place, lines: readonly string[]): Promise<Ended & { readonly answers: readonly string[] }> {
  const program = startProgram(place);
  program.type(lines.map((line) => `${line}\n`).join(""));
  const ended = await program.end();
  return { ...ended, answers: ended.stdout.split("\n\n").slice(0, -1) };
}

const tomorrow = Temporal.Now.plainDateISO("UTC").add({ days: 1 });

/** The next Wednesday after today: the days before it lie in the same week. */
export const wednesday: Temporal.PlainDate = tomorrow.add({ days: (10 - tomorrow.dayOfWeek) % 7 });

/** What turns the program's clock to noon of that Wednesday. */
export const toWednesday = `/clock ${wednesday.toString()}T12:00`;

/** A program on which it is Wednesday noon. */
export async function onWednesday(folder: string): Promise<Program> {
  const program = startProgram({ folder });
  await program.ask(toWednesday);
  return program;
}

/** The strength minutes that an answer gives for the week. */
export function weekMinutes(answer: string | undefined): number | undefined {
  const minutes = /(\d+) of 40–60/u.exec(answer ?? "")?.[1];
  return minutes === undefined ? undefined : Number(minutes);
}
