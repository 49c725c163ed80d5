/** Start time of the program, and its memory while idle. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { differenceOf, medianOf, ratioOf, runPaired } from "../support/measure.ts";
import { fill } from "../support/people.ts";
import { type Command, startUp } from "../support/process.ts";
import type { Findings, Run } from "../support/run.ts";
import { atMost } from "../support/table.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const rounds = { warmUp: 1, timed: 9 };

const libraries = ["better-sqlite3", "drizzle-orm/better-sqlite3", "drizzle-orm/sqlite-core"];
/** Prints "ready", then waits until its input ends, as the console does. */
const wait = 'process.stdin.resume(); process.stdout.write("ready\\n");';

/** The imports of the configured program, which are the console and drizzle: as drizzle's documentation shows. */
const modules: Command = {
  args: ["--input-type=module", "--eval", [...libraries, "zod"].map((name) => `import "${name}";`).join("") + wait],
  folder: root,
  environment: {},
  input: "",
};

/** The leanest way to load a database and drizzle. */
const lean: Command = {
  args: ["--input-type=commonjs", "--eval", libraries.map((name) => `require("${name}");`).join("") + wait],
  folder: root,
  environment: {},
  input: "",
};

const plainly = "importing drizzle, better-sqlite3 and zod plainly";
const byRequire = "better-sqlite3 and drizzle alone, by require";

/** The lines about starting and idling. */
export async function benchStart({ folder, say }: Run): Promise<Findings> {
  const path = join(folder, "start.db");
  await fill(path, { people: 10, weeks: 10 }, () => {});
  // Runs in its own folder, without a developer's settings.
  const environment = { DATABASE_URL: `file:${path}`, TIME_ZONE: "Europe/Berlin", LOG_LEVEL: "warn" };
  const program: Command = { args: [join(root, "src", "main.ts")], folder, environment, input: "20 strength\n" };
  const commands = { program, modules, lean };
  const contenders = Object.entries(commands).map(([name, command]) => ({ name, run: async () => await startUp(command) }));
  const onRound = (round: number): void => say(`starting processes: round ${round + 1} of ${rounds.warmUp + rounds.timed}`);
  const costs = await runPaired(contenders, { ...rounds, onRound });
  return {
    lines: [
      {
        name: "Start to first answer",
        against: plainly,
        figure: ratioOf(costs, "milliseconds", "program", "modules"),
        unit: "×",
        target: atMost(0.9),
      },
      {
        name: "Memory at rest, difference",
        against: byRequire,
        figure: differenceOf(costs, "megabytes", "program", "lean"),
        unit: " MB",
        target: atMost(15),
      },
      { name: "Memory at rest", against: byRequire, figure: ratioOf(costs, "megabytes", "program", "lean"), unit: "×" },
      { name: "Memory at rest", against: plainly, figure: ratioOf(costs, "megabytes", "program", "modules"), unit: "×" },
    ],
    notes: [
      `From start to first answer: ${contenders.map(({ name }) => `${name} ${Math.round(medianOf(costs, "milliseconds", name))} ms and ${Math.round(medianOf(costs, "megabytes", name))} MB`).join(", ")}.`,
    ],
  };
}
