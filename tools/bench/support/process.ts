/** Starts a Node process of our own, and sees how soon it speaks and how much memory it holds. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What to start. */
export type Command = {
  /** Node's arguments. */
  readonly args: readonly string[];
  readonly folder: string;
  /** Added to the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Stands on its standard input already when it starts. The process ends when its input ends. */
  readonly input: string;
};

/** What was seen: the time until its first output, and the memory that it holds a moment later. */
export type Started = { readonly milliseconds: number; readonly megabytes: number };

/** A process that runs. */
export type Launched = {
  /** Its first words, once it says them. */
  readonly spoke: Promise<string>;
  /** Lets it settle, and gives the megabytes that it holds. */
  memory(): Promise<number>;
  /** The most megabytes that it held so far; NaN where the system does not tell. */
  peak(): number;
  /** The milliseconds for which it kept a processor busy so far; NaN where the system does not tell. */
  effort(): number;
  /** Ends its input, or sends `signal`, and waits until it has ended. */
  end(signal?: NodeJS.Signals): Promise<void>;
};

/** How long a process may settle before its memory is read, in milliseconds. */
const settling = 400;

/** How long a process may take to speak, and again to end, in milliseconds. */
const patience = 60_000;

const hasProc = existsSync(`/proc/${process.pid}/status`);
const hasEffort = existsSync(`/proc/${process.pid}/schedstat`);

/** Where the system does not tell, the process itself says how much it holds; every process alike, so that they stay comparable. */
const reporter = `setInterval(() => process.stdout.write("\\nrss=" + process.memoryUsage.rss() + "\\n"), ${settling}).unref();`;

/** None outlives this process. */
const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** Starts `command`, waits until it speaks and settles, and ends it. */
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

/** Starts `command`. It is killed after `longest` milliseconds. */
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

/** Of all of its threads, in nanoseconds: what a process as a whole tells goes in steps of ten milliseconds. */
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
