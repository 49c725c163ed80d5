/** Starts a Node process of our own, and sees how soon it speaks and how much memory it holds. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
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

/** How long a process may settle before its memory is read, in milliseconds. */
const settling = 400;

/** How long a process may take to speak, and again to end, in milliseconds. */
const patience = 60_000;

const hasProc = existsSync(`/proc/${process.pid}/status`);

/** Where the system does not tell, the process itself says how much it holds; every process alike, so that they stay comparable. */
const reporter = `setTimeout(() => process.stdout.write("\\nrss=" + process.memoryUsage.rss() + "\\n"), ${settling}).unref();`;

/** Starts `command`, waits until it speaks and settles, and ends it by ending its input. */
export async function startUp({ args, folder, environment, input }: Command): Promise<Started> {
  const preload = hasProc ? [] : ["--import", `data:text/javascript,${encodeURIComponent(reporter)}`];
  const start = performance.now();
  const child = spawn(process.execPath, [...preload, ...args], {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const overdue = setTimeout(() => child.kill("SIGKILL"), 2 * patience);
  const ended = once(child, "exit");
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stdin.write(input);
  try {
    await Promise.race([once(child.stdout, "data"), ended.then(() => refuse(args))]);
    const milliseconds = performance.now() - start;
    await sleep(settling);
    return { milliseconds, megabytes: await memoryOf(child, () => printed) };
  } finally {
    child.stdin.end();
    await ended;
    clearTimeout(overdue);
  }
}

function refuse(args: readonly string[]): never {
  throw new Error(`Start "node ${args.join(" ")}": it ended before it had said anything`);
}

async function memoryOf({ pid }: ChildProcess, printed: () => string): Promise<number> {
  if (hasProc) return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1000;
  for (let waited = 0; waited < patience; waited += settling) {
    const found = /^rss=(\d+)$/m.exec(printed())?.[1];
    if (found) return Number(found) / 1_000_000;
    await sleep(settling);
  }
  throw new Error(`Read the memory of process ${pid}: it must print it`);
}
