/** `npm run replay -- FILE`: prints every message that the coach would send over the time of FILE, with local time and reason. */

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { PromptKind } from "#core/model/prompt.ts";
import { createLog } from "#src/runtime/log.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type Problem, readScript, type Script } from "./file.ts";
import { createPrinter } from "./print.ts";
import { replay } from "./run.ts";

const usage = "npm run replay -- [--answers] [--only weekly|rest|training] [--who NAME] tools/replay/examples/steady.jsonl";

// Readers such as `head` may close the output early.
process.stdout.on("error", () => undefined);
process.exitCode = await main(process.argv.slice(2));

async function main(given: readonly string[]): Promise<number> {
  const asked = readArguments(given);
  if ("problem" in asked) return refuse(`${asked.problem}. This works: ${usage}`);
  const script = readFile(asked.path);
  if ("problem" in script) return refuse(`Replay "${asked.path}": ${script.problem}`);
  const folder = mkdtempSync(join(tmpdir(), "sweetspot-replay-"));
  const { store } = openSqlite({ path: join(folder, "replay.db"), synchronous: "NORMAL" });
  const printer = createPrinter({ ...asked, timeZone: script.timeZone, write: (words) => process.stdout.write(`${words}\n`) });
  const log = createLog("warn", (line) => process.stderr.write(line));
  try {
    const problem = await replay(script, { store, log, onEvent: printer.print });
    if (problem) return refuse(`Replay "${asked.path}": ${problem.problem}`);
    printer.sumUp();
    return 0;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function refuse(problem: string): number {
  process.stderr.write(`${problem}\n`);
  return 1;
}

type Asked = {
  readonly path: string;
  readonly hasAnswers: boolean;
  readonly only: PromptKind | undefined;
  readonly who: string | undefined;
};

function readArguments(given: readonly string[]): Asked | Problem {
  try {
    const options = { answers: { type: "boolean" }, only: { type: "string" }, who: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...given], options, allowPositionals: true });
    const only = (["weekly", "rest", "training"] as const).find((kind) => kind === values.only);
    const [path] = positionals;
    if (values.only !== undefined && !only) return { problem: `"${values.only}" is no kind of message` };
    if (!path || positionals.length > 1) return { problem: "Name one file to replay" };
    return { path, hasAnswers: values.answers === true, only, who: values.who };
  } catch (error) {
    return { problem: error instanceof Error ? error.message.replace(/\.? .*$/s, "") : "The arguments are unclear" };
  }
}

function readFile(path: string): Script | Problem {
  try {
    return readScript(readFileSync(path, "utf8"));
  } catch {
    return { problem: "it cannot be read. Name a file that exists" };
  }
}
