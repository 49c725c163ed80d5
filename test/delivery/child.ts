/** A life in a process of its own: `node child.ts <what it needs to know, as JSON>`. It can end itself at a seam, as kill -9 would. */

import { writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { argv, pid, stderr } from "node:process";
import { z } from "zod";
import { lifeShape, live } from "./process.ts";
import { type Seam, seams } from "./crash-points.ts";

const given = z.object({
  life: lifeShape,
  /** The signal that it sends to itself when it passes `seam` for the time number `passage`. */
  stop: z.object({ seam: z.enum(seams), passage: z.int(), signal: z.enum(["SIGKILL", "SIGSTOP"]) }).optional(),
});

const { life, stop } = given.parse(JSON.parse(argv[2] ?? ""));
const passed = new Map<Seam, number>();

// What is said is written at once: a process that is killed flushes nothing.
const say = (line: string): void => void writeSync(1, `${line}\n`);

// Compiled code is kept for the next life now, since most lives have no end at which it would be.
flushCompileCache();

await live(life, {
  begin: say,
  trouble: (event) => stderr.write(`${event}\n`),
  pass(seam) {
    const count = (passed.get(seam) ?? 0) + 1;
    passed.set(seam, count);
    if (seam !== stop?.seam || count !== stop.passage) return;
    say(`at ${seam} ${count}`);
    process.kill(pid, stop.signal);
  },
});
