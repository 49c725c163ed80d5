/** The command table, and how words find their command in it. A new command is a file in this folder and a line here. */

import type { Command } from "../command.ts";
import { type Refusal, refuse } from "../refusal.ts";
import type { Known, Prepared } from "../situation.ts";
import { distance } from "../spelling.ts";
import type { Suggester } from "../suggestion.ts";
import { fold, isIllFormed, longestText, quotable } from "../text.ts";
import { exportAll } from "./export.ts";
import { forget } from "./forget.ts";
import { createHelp } from "./help.ts";
import { home } from "./home.ts";
import { importAll } from "./import.ts";
import { link, unlink } from "./link.ts";
import { keep, move, skip, thanks } from "./day.ts";
import { correct, count, history, remove, session } from "./history.ts";
import { answer, log } from "./log.ts";
import { pause, resume, stop } from "./pause.ts";
import { plan } from "./plan.ts";
import { privacy } from "./privacy.ts";
import { schedule } from "./schedule.ts";
import { settings } from "./settings.ts";
import { undo } from "./undo.ts";
import { week } from "./week.ts";
import { why } from "./why.ts";

const listed: readonly Command[] = [
  log,
  week,
  history,
  undo,
  plan,
  settings,
  pause,
  resume,
  stop,
  schedule,
  why,
  privacy,
  exportAll,
  importAll,
  link,
  unlink,
  forget,
];

/** Every command; those that only buttons say come last. */
export const commands: readonly Command[] = [
  ...listed,
  createHelp(listed),
  home,
  answer,
  session,
  correct,
  remove,
  count,
  thanks,
  keep,
  skip,
  move,
];

const byName: ReadonlyMap<string, Command> = new Map(commands.map((command) => [command.name, command]));

/** What people say without knowing that it is a command. Who wants to be left alone is not told how to log. */
const spoken: readonly (readonly [RegExp, Command])[] = [
  [/^(?:please |pls )?(?:stop|unsubscribe|leave me alone|no (?:more )?messages)\b/, stop],
  [/^(?:thanks|thank you|thx)\b[^\d]*$/, thanks],
];

/** What `text` asks for. Without a slash it is a command by its first word, or else something to log. */
export function understand(text: string, known: Known): Prepared | Refusal {
  if (isIllFormed(text)) return refuse("ill-formed", "", "/log 20 strength");
  if (text.length > longestText) return refuse("too-long", "", "/log 20 strength");
  const [, slash = "", name = "", words = ""] = /^[\s]*([/／]?)\s*(\S*)([^]*)$/.exec(text) ?? [];
  // "Stop." is as good as "stop", and whoever says it is not to be told how to spell it.
  const found = byName.get(fold(name).replace(/[.!?,;]+$/, ""));
  if (slash !== "" && name !== "")
    return found ? found.ask(words, known) : refuse("unknown-command", quotable(`/${name}`), nearest(fold(name)));
  if (found?.isListed) return found.ask(words, known);
  const meant = spoken.find(([pattern]) => pattern.test(fold(text).trim()))?.[1];
  return meant ? meant.ask("", known) : log.ask(text.trim().replace(/^[/／]/, ""), known);
}

/** What offers words for the argument `arg` of the command `name`; undefined where nothing does. */
export function suggestFor(name: string, arg: string): Suggester | undefined {
  const args = byName.get(name)?.args ?? {};
  return Object.hasOwn(args, arg) ? args[arg]?.suggest : undefined;
}

/** An example of the listed command that is spelled most nearly like `name`. */
function nearest(name: string): string {
  const near = commands.flatMap((command) => {
    const edits = command.isListed ? distance(command.name, name, 2) : undefined;
    return edits === undefined ? [] : [{ command, edits }];
  });
  const [found] = near.toSorted((a, b) => a.edits - b.edits);
  return found?.command.examples[0] ?? "/help";
}
