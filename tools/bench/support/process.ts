/** Starts a Node process, and measures its time to first output and its memory. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The process to start. */
export type Command = {
  /** Node's arguments. */
  readonly args: readonly string[];
  readonly folder: string;
  /** Added to the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Available on standard input from the start. The process ends when its input ends. */
  readonly input: string;
};

/** Milliseconds to the first output, and megabytes of memory a moment later. */
export type Started = { readonly milliseconds: number; readonly megabytes: number };

/** A running process. */
export type Launched = {
  /** Its first output. */
  readonly spoke: Promise<string>;
  /** Waits until memory settles, and returns megabytes. */
  memory(): Promise<number>;
  /** Peak memory in megabytes; NaN if the system does not tell. */
  peak(): number;
  /** Milliseconds of processor time so far; NaN if the system does not tell. */
  effort(): number;
  /** Ends its input, or sends `signal`, and waits for its exit. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

/** Milliseconds before memory is read. */
const settling = 400;

/** Milliseconds for the first output, and again for the exit. */
const patience = 60_000;

const hasProc = existsSync(`/proc/${process.pid}/status`);
const hasEffort = existsSync(`/proc/${process.pid}/schedstat`);

/** If the system does not tell, the process reports its own memory. All processes do so alike, to stay comparable. */
const reporter = `setInterval(() => process.stdout.write("\\nrss=" + process.memoryUsage.rss() + "\\n"), ${settling}).unref();`;

/** Running processes. All are killed when this one exits. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** Starts `command`, waits for its output and settled memory, and ends it. */
export async function startUp(command: Command): Promise<Started> {
  const start = performance.now();
  const { spoke, memory, end } = launch(command, 2 * patience);
  try {
    await spoke;
    const milliseconds = performance.now() - start;
    return { milliseconds, megabytes: await memory() };
  } finally {
    await end();
  }
}

/** Starts `command`, and kills it after `longest` milliseconds. */
export function launch({ args, folder, environment, input }: Command, longest: number): Launched {
  const preload = hasProc ? [] : ["--import", `data:text/javascript,${encodeURIComponent(reporter)}`];
  const child = spawn(process.execPath, [...preload, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const overdue = setTimeout(() => child.kill("SIGKILL"), longest);
  running.add(child);
  const ended = once(child, "exit").finally(() => running.delete(child));
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stdin.write(input);
  return {
    spoke: Promise.race([once(child.stdout, "data"), ended.then(() => refuse(args, complaints))]).then(() => printed),
    async memory() {
      await sleep(settling);
      return await memoryOf(child, () => printed);
    },
    peak: () => (hasProc ? kilobytesOf(child, "VmHWM") / 1000 : Number.NaN),
    effort: () => (hasEffort ? effortOf(child) : Number.NaN),
    async end(signal) {
      child.stdin.end();
      if (signal) child.kill(signal);
      await ended;
      if (child.exitCode !== 0) refuse(args, complaints);
      clearTimeout(overdue);
    },
  };
}

function refuse(args: readonly string[], complaints: string): never {
  throw new Error(`Start "node ${args.join(" ")}": it must speak and end well, and said: ${complaints}`);
}

/** The processor time of all threads, in nanoseconds. The figure of the process as a whole has steps of ten milliseconds. */
function effortOf({ pid }: ChildProcess): number {
  const tasks = `/proc/${pid}/task`;
  const spent = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]));
  return spent.reduce((sum, each) => sum + each, 0) / 1_000_000;
}

function kilobytesOf({ pid }: ChildProcess, what: "VmRSS" | "VmHWM"): number {
  return Number(new RegExp(`^${what}:\\s+(\\d+) kB$`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

async function memoryOf(child: ChildProcess, printed: () => string): Promise<number> {
  if (hasProc) return kilobytesOf(child, "VmRSS") / 1000;
  for (let waited = 0; waited < patience; waited += settling) {
    const found = Array.from(printed().matchAll(/^rss=(\d+)$/gm)).at(-1)?.[1];
    if (found) return Number(found) / 1_000_000;
    await sleep(settling);
  }
  throw new Error(`Read the memory of process ${child.pid}: it must print it`);
}
