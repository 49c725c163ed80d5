/** The command table, and how a text is matched to a command. A new command is a file in this folder and a line here. */

import type { Command } from "#core/command.ts";
import { factOf } from "#core/ask/find-answer.ts";
import { answerWarning } from "./answer-warning.ts";
import { isRefusal, type RefusalKind, refuse } from "#core/model/refusal.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
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

/** Every command. Commands that only buttons use come last. */
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

/** Phrases that mean a command without naming it. A user who asks to be left alone must not get a hint on logging. */
const spoken: readonly (readonly [RegExp, Command])[] = [
  [/^(?:please |pls )?(?:stop|unsubscribe|leave me alone|no (?:more )?messages)\b/, stop],
  [/^why\W*$/, why],
  [/^(?:thanks|thank you|thx)\b[^\d]*$/, thanks],
];

/** The step for `text`. A warning sign in it replaces the reply, whatever the command. */
export function understand(text: string, context: RequestContext): Step {
  const said = readSaid(text);
  const signs = isPressed(said) ? [] : findWarnings(text.slice(0, maxWarningText));
  if (signs.length === 0) return decide(said, text, context);
  const isLog = said.command === log || said.command === correct || (said.command === undefined && /^\s*\d/.test(text));
  // A question with a warning sign is not looked up.
  return answerWarning(signs, said.command === ask ? say() : decide(said, text, context), isLog);
}

/** Whether `text` contains a warning sign, which replaces any other reply. */
export function hasWarning(text: string): boolean {
  return urgentIn(text)?.kind === "warnings";
}

/** A message that is handled even when the user is rate limited: a warning sign, or a request for silence. */
export type Urgent = { readonly kind: "warnings"; readonly warnings: readonly Warning[] } | { readonly kind: "stop" };

/** The urgent part of `text`; undefined if there is none. Warning signs win. */
export function urgentIn(text: string): Urgent | undefined {
  const said = readSaid(text);
  const signs = isPressed(said) ? [] : findWarnings(text.slice(0, maxWarningText));
  if (signs.length > 0) return { kind: "warnings", warnings: signs };
  const { hasSlash, command = hasSlash ? undefined : meantBy(text) } = said;
  return command === stop || command === pause ? { kind: "stop" } : undefined;
}

/** The command that a phrase means, for text that starts with no command name. */
function meantBy(text: string): Command | undefined {
  const said = fold(text).trim();
  return spoken.find(([pattern]) => pattern.test(said))?.[1];
}

/** How much of a text is searched for warning signs, in UTF-16 units. No platform allows longer messages. */
const maxWarningText = 10_000;

/** A command name and the words after it. `command` is undefined if `name` is no command. */
type Said = { readonly hasSlash: boolean; readonly name: string; readonly words: string; readonly command: Command | undefined };

/** Text without a slash is a command if its first word names a listed one. Otherwise it is something to log. */
function readSaid(text: string): Said {
  const [, slash = "", name = "", words = ""] = /^[\s]*([/／]?)\s*(\S*)([^]*)$/.exec(text) ?? [];
  // "Stop." counts as "stop": a user who wants silence must not be corrected on spelling.
  const found = byName.get(fold(name).replace(/[.!?,;]+$/, ""));
  const hasSlash = slash !== "" && name !== "";
  return { hasSlash, name, words, command: hasSlash || found?.isListed ? found : undefined };
}

/** Whether the text comes from a button and contains nothing that the user typed. */
function isPressed({ command, words }: Said): boolean {
  if (!command || command.isListed) return false;
  return command === why ? factOf(words.trim()) !== undefined : !Object.values(command.args).some(({ isFree }) => isFree);
}

function decide({ hasSlash, name, words, command }: Said, text: string, context: RequestContext): Step {
  if (isIllFormed(text)) return refuse("ill-formed", "", "/log 20 strength");
  if (text.length > maxTextLength) return refuse("too-long", "", "/log 20 strength");
  if (command) return hasSlash ? command.prepare(words, context) : askOrLog(command, words, text, context);
  if (hasSlash) return refuse("unknown-command", quotable(`/${name}`), nearest(fold(name)));
  const meant = meantBy(text);
  if (meant) return meant.prepare("", context);
  const logged = log.prepare(text.trim().replace(/^[/／]/, ""), context);
  return isRefusal(logged) && unread.includes(logged.kind) && isQuestion(text) ? ask.prepare(text, context) : logged;
}

/** Refusals of text that may not be a log at all. Any other refusal means a session with an error in it. */
const unread: readonly RefusalKind[] = ["no-time", "no-activity", "unknown-words", "fraction", "two-activities", "two-times"];

/** How questions begin. It is tried only on text that could not be logged. */
const opening =
  /^(?:why|whats?|hows?|is|are|am|do|does|can|could|should|will|would|may|which|when|where|who|tell me|explain)\b(?:\W+\S+){2}/;

function isQuestion(text: string): boolean {
  const said = fold(text).trim();
  if (/\b(?:log|record|note)\b/.test(said)) return false;
  return opening.test(said) || /\p{L}.*\?$/u.test(said);
}

/** Some activities start with a command name. If the command refuses the words and they can be logged, they are logged. */
function askOrLog(found: Command, words: string, text: string, context: RequestContext): Step {
  const asked = found.prepare(words, context);
  if (!isRefusal(asked) || asked.kind !== "bad-value") return asked;
  const logged = log.prepare(text.trim(), context);
  return isRefusal(logged) ? asked : logged;
}

/** The suggester for the argument `arg` of the command `name`; undefined if it has none. */
export function suggestFor(name: string, arg: string): Suggester | undefined {
  const args = byName.get(name)?.args ?? {};
  return Object.hasOwn(args, arg) ? args[arg]?.suggest : undefined;
}

/** The first example of the listed command whose name is closest to `name`, within 2 edits; else "/help". */
function nearest(name: string): string {
  const near = commands.flatMap((command) => {
    const edits = command.isListed ? editDistance(command.name, name, 2) : undefined;
    return edits === undefined ? [] : [{ command, edits }];
  });
  const [found] = near.toSorted((a, b) => a.edits - b.edits);
  return found?.command.examples[0] ?? "/help";
}
