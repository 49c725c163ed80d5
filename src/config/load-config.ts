/** The settings at the start: the environment and .env, read to a configuration or to all that is wrong with them. */

import { existsSync, readFileSync } from "node:fs";
import { type Config, readConfig, variables } from "./config.ts";
import { readEnvironment } from "./environment.ts";

/** A configuration, with lines for the operator; or why nothing is started, the first line as a heading. */
export type Settings =
  | { readonly config: Config; readonly notes: readonly string[] }
  | { readonly problems: readonly [string, ...string[]] };

const seeExample = ".env.example says what each variable means:";

/** Reads both. A name that seems to mean a platform refuses a start on the console, which would be a mistake. */
export function readSettings(): Settings {
  const file = readEnvFile();
  if (typeof file !== "string")
    return { problems: [`Sweetspot cannot start: .env cannot be read (${file.why}). Save it as a text file in UTF-8, or take it away.`] };
  const { values, unknownNames } = readEnvironment(process.env, file, variables);
  const notes = unknownNames.map(({ words }) => words);
  const config = readConfig(values);
  if (!("database" in config)) return { problems: [`Sweetspot cannot start; ${seeExample}`, ...config, ...notes] };
  const isConsole = config.discord === undefined && config.slack === undefined;
  if (isConsole && unknownNames.some(({ isForPlatform }) => isForPlatform))
    return { problems: [`Sweetspot would start on the console, though a platform seems to be meant; ${seeExample}`, ...notes] };
  return { config, notes };
}

/** The text of .env, which libraries find in the environment from now on; "" without one, and the cause where it cannot be read. */
function readEnvFile(): string | { readonly why: string } {
  if (!existsSync(".env")) return "";
  try {
    const text = readFileSync(".env", "utf8");
    if (text.includes("\0")) return { why: "it is not UTF-8 text" };
    process.loadEnvFile();
    return text;
  } catch (error) {
    return { why: error instanceof Error ? error.message : "unknown" };
  }
}
