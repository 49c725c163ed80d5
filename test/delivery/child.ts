/** The coach in a process of its own: `node child.ts <what it needs to know, as JSON>`. It can end itself at a crash point, as kill -9 would. */

import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { argv, pid, stderr } from "node:process";
import { z } from "zod";
import { processSchema, runProcess } from "./process.ts";
import { type CrashPoint, crashPoints } from "./crash-points.ts";

const given = z.object({
  child: processSchema,
  /** The signal that it sends to itself when it passes `crashPoint` for the time number `passage`. */
  stop: z.object({ crashPoint: z.enum(crashPoints), passage: z.int(), signal: z.enum(["SIGKILL", "SIGSTOP"]) }).optional(),
});

const { child, stop } = given.parse(JSON.parse(argv[2] ?? ""));
const passed = new Map<CrashPoint, number>();

// What is said is written at once: a process that is killed flushes nothing.
const say = (line: string): void => void writeSync(1, `${line}\n`);

// Compiled code is kept for the next process now, since most processes have no end at which it would be.
flushCompileCache();

await runProcess(child, {
  begin: say,
  trouble: (event) => stderr.write(`${event}\n`),
  pass(crashPoint) {
    const count = (passed.get(crashPoint) ?? 0) + 1;
    passed.set(crashPoint, count);
    if (crashPoint !== stop?.crashPoint || count !== stop.passage) return;
    say(`at ${crashPoint} ${count}`);
    process.kill(pid, stop.signal);
  },
});
