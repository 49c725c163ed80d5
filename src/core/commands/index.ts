/** The command table, and how words find their command in it. A new command is a file in this folder and a line here. */

import type { Command } from "#core/command.ts";
import { factOf } from "#core/ask/find-answer.ts";
import { answerWarning } from "./answer-warning.ts";
import { isRefusal, type Refusal, type RefusalKind, refuse } from "#core/model/refusal.ts";
import { type Step, type RequestContext, type NeedsData, say } from "#core/model/context.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import type { Suggester } from "#core/autocomplete.ts";
import { fold, isIllFormed, maxTextLength, quotable } from "#core/lib/text.ts";
import type { Warning } from "#core/safety/warning-patterns.ts";
import { findWarnings } from "#core/safety/find-warnings.ts";
import { ask, why } from "./ask.ts";
import { logForm } from "#core/commands/log/form.ts";
import { exportAll } from "./export.ts";
import { forget } from "./forget.ts";
import { group } from "#core/commands/group/group.ts";
import { createHelp } from "./help.ts";
import { home } from "./app-home.ts";
import { importAll } from "./import.ts";
import { link, unlink } from "./link.ts";
import { keep, move, skip, thanks } from "./plan-day.ts";
import { correct, count, history, remove, session } from "./history.ts";
import { answer, log } from "#core/commands/log/log.ts";
import { pause, resume, stop } from "./pause.ts";
import { plan } from "./plan.ts";
import { privacy } from "./privacy.ts";
import { schedule } from "./schedule.ts";
import { settings } from "#core/commands/settings/settings.ts";
import { undo } from "./undo.ts";
import { week } from "./week.ts";

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
  group,
  ask,
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
  why,
  logForm,
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
  [/^why\W*$/, why],
  [/^(?:thanks|thank you|thx)\b[^\d]*$/, thanks],
];

/** What `text` asks for. A warning sign in it is answered before everything else, whatever else it asks for. */
export function understand(text: string, context: RequestContext): Step {
  const said = readSaid(text);
  const signs = isPressed(said) ? [] : findWarnings(text.slice(0, maxWarningText));
  if (signs.length === 0) return decide(said, text, context);
  const isLog = said.command === log || said.command === correct || (said.command === undefined && /^\s*\d/.test(text));
  // Nothing is looked for beside a warning.
  return answerWarning(signs, said.command === ask ? say() : decide(said, text, context), isLog);
}

/** Whether a warning sign is in `text`, so that nothing else is answered. */
export function hasWarning(text: string): boolean {
  return urgentIn(text)?.kind === "warnings";
}

/** What cannot wait, however much somebody says at once: warning signs, or that they want to be left alone. */
export type Urgent = { readonly kind: "warnings"; readonly warnings: readonly Warning[] } | { readonly kind: "stop" };

/** What in `text` cannot wait; undefined where all of it can. Warning signs come first. */
export function urgentIn(text: string): Urgent | undefined {
  const said = readSaid(text);
  const signs = isPressed(said) ? [] : findWarnings(text.slice(0, maxWarningText));
  if (signs.length > 0) return { kind: "warnings", warnings: signs };
  const { hasSlash, command = hasSlash ? undefined : meantBy(text) } = said;
  return command === stop || command === pause ? { kind: "stop" } : undefined;
}

/** The command that somebody means who names none. */
function meantBy(text: string): Command | undefined {
  const said = fold(text).trim();
  return spoken.find(([pattern]) => pattern.test(said))?.[1];
}

/** The most that is read for warning signs, in UTF-16 units; more than any platform lets somebody type. */
const maxWarningText = 10_000;

/** A command by its name, and the words behind it; undefined where `name` is none. */
type Said = { readonly hasSlash: boolean; readonly name: string; readonly words: string; readonly command: Command | undefined };

/** Without a slash a text is a command by its first word, or else something to log. */
function readSaid(text: string): Said {
  const [, slash = "", name = "", words = ""] = /^[\s]*([/／]?)\s*(\S*)([^]*)$/.exec(text) ?? [];
  // "Stop." is as good as "stop", and whoever says it is not to be told how to spell it.
  const found = byName.get(fold(name).replace(/[.!?,;]+$/, ""));
  const hasSlash = slash !== "" && name !== "";
  return { hasSlash, name, words, command: hasSlash || found?.isListed ? found : undefined };
}

/** Whether a button says it, and nobody's own words are in it. */
function isPressed({ command, words }: Said): boolean {
  if (!command || command.isListed) return false;
  return command === why ? factOf(words.trim()) !== undefined : !Object.values(command.args).some(({ isFree }) => isFree);
}

function decide({ hasSlash, name, words, command }: Said, text: string, context: RequestContext): NeedsData | Refusal {
  if (isIllFormed(text)) return refuse("ill-formed", "", "/log 20 strength");
  if (text.length > maxTextLength) return refuse("too-long", "", "/log 20 strength");
  if (command) return hasSlash ? command.prepare(words, context) : askOrLog(command, words, text, context);
  if (hasSlash) return refuse("unknown-command", quotable(`/${name}`), nearest(fold(name)));
  const meant = meantBy(text);
  if (meant) return meant.prepare("", context);
  const logged = log.prepare(text.trim().replace(/^[/／]/, ""), context);
  return isRefusal(logged) && unread.includes(logged.kind) && isQuestion(text) ? ask.prepare(text, context) : logged;
}

/** Refusals of what may be no log at all; in the others there was a session, and something is wrong with it. */
const unread: readonly RefusalKind[] = ["no-time", "no-activity", "unknown-words", "fraction", "two-activities", "two-times"];

/** How questions begin. What can be logged is none, however it begins. */
const opening =
  /^(?:why|whats?|hows?|is|are|am|do|does|can|could|should|will|would|may|which|when|where|who|tell me|explain)\b(?:\W+\S+){2}/;

function isQuestion(text: string): boolean {
  const said = fold(text).trim();
  if (/\b(?:log|record|note)\b/.test(said)) return false;
  return opening.test(said) || /\p{L}.*\?$/u.test(said);
}

/** Some trainings begin with the name of a command: where the words make no sense to that one and can be logged, they are. */
function askOrLog(found: Command, words: string, text: string, context: RequestContext): NeedsData | Refusal {
  const asked = found.prepare(words, context);
  if (!isRefusal(asked) || asked.kind !== "bad-value") return asked;
  const logged = log.prepare(text.trim(), context);
  return isRefusal(logged) ? asked : logged;
}

/** What offers words for the argument `arg` of the command `name`; undefined where nothing does. */
export function suggestFor(name: string, arg: string): Suggester | undefined {
  const args = byName.get(name)?.args ?? {};
  return Object.hasOwn(args, arg) ? args[arg]?.suggest : undefined;
}

/** An example of the listed command that is spelled most nearly like `name`. */
function nearest(name: string): string {
  const near = commands.flatMap((command) => {
    const edits = command.isListed ? editDistance(command.name, name, 2) : undefined;
    return edits === undefined ? [] : [{ command, edits }];
  });
  const [found] = near.toSorted((a, b) => a.edits - b.edits);
  return found?.command.examples[0] ?? "/help";
}
