/** Loads the settings at the start: environment and .env, to a configuration or a list of all problems. */

import { existsSync, readFileSync } from "node:fs";
import { type Config, readConfig, variables } from "./config.ts";
import { readEnvironment } from "./environment.ts";

/** A configuration and notes for the operator; or the reasons against a start, with a heading in the first line. */
export type Settings =
  | { readonly config: Config; readonly notes: readonly string[] }
  | { readonly problems: readonly [string, ...string[]] };

const seeExample = ".env.example says what each variable means:";

/** Reads both. A name that resembles a platform's variable prevents an accidental start on the console. */
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

/** The text of .env, also copied to the environment for libraries; "" if there is no file; the cause if it is unreadable. */
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
