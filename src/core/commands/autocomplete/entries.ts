/** Suggestions for `/log`: the user's earlier entries, and how the typed words would be parsed. */

import { type ParsedLog, parseEntries } from "#core/parsing/log-entries.ts";
import { daysAround, logSessions, typedEntry } from "#core/commands/log/log-sessions.ts";
import { isRefusal } from "#core/model/refusal.ts";
import type { Session } from "#core/model/session.ts";
import type { RequestContext, Loaded } from "#core/model/context.ts";
import { limitSuggestions, type Suggester, type Suggestion } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";
import type { Days } from "#core/lib/time.ts";
import { againLabel, clarificationLabel, entriesLabel, refusalLabel } from "#core/voice/suggestion.ts";

/** Limits: suggestions in total, the user's own entries among them, and the latest sessions searched for those. */
const maxSuggestions = { all: 10, own: 5, sessions: 40 } as const;

/** Suggests entries. While nothing is typed it also suggests `examples`, which are whole commands. */
export function suggestEntries(examples: readonly string[]): Suggester {
  return (words, _, context) => {
    const typed = words.trim();
    const read = typed === "" ? undefined : readTyped(typed, context);
    const days = read && daysOf(read, context);
    return {
      needs: { page: { skip: 0, limit: maxSuggestions.sessions }, ...(days ? { sessions: days } : {}) },
      list(data) {
        const rest = read
          ? [{ label: labelOf(read, data), words: typed }]
          : examples.map((example) => example.replace(/^\/\S+ /, "")).map((example) => ({ label: example, words: example }));
        return limitSuggestions([...ownEntries(typed, data), ...rest], maxSuggestions.all);
      },
    };
  };
}

function readTyped(typed: string, { today, locale, user }: RequestContext): ParsedLog {
  return parseEntries(typed, { today, locale, words: user.words, answered: [] });
}

/** The days that `logSessions` needs to load for these entries. */
function daysOf(read: ParsedLog, context: RequestContext): Days | undefined {
  if (read.kind !== "entries") return undefined;
  const days = read.entries.map(({ day }) => day);
  return daysAround(days, context);
}

/** Tries to record the entries, because a day may already be full. */
function labelOf(read: ParsedLog, data: Loaded): string {
  if (read.kind === "clarification") return clarificationLabel(read.clarification);
  if (read.kind !== "entries") return refusalLabel(read);
  const recorded = logSessions(read.entries, data, {});
  return isRefusal(recorded) ? refusalLabel(recorded) : entriesLabel(read.entries, data.today);
}

/** The user's newest entries that contain every typed word. An entry typed in full is left out: `labelOf` describes it. */
function ownEntries(typed: string, data: Loaded): readonly Suggestion[] {
  const asked = foldedWords(typed);
  const entries = new Map<string, Session>();
  for (const session of data.page) {
    const words = typedEntry(session);
    const isNew = words !== typed && !entries.has(words);
    if (isNew && holdsAll(words, asked) && isReadBack(words, session, data)) entries.set(words, session);
    if (entries.size === maxSuggestions.own) break;
  }
  return limitSuggestions([...entries].map(([words, session]) => ({ label: againLabel(words, session, data.today), words })));
}

function holdsAll(words: string, asked: readonly string[]): boolean {
  const held = foldedWords(words);
  return asked.every((start) => held.some((word) => word.startsWith(start)));
}

function foldedWords(words: string): readonly string[] {
  return words
    .split(/\s+/)
    .map(foldWord)
    .filter((word) => word !== "");
}

/** False if the user has since undone a word of their own. A long session may be suggested: it is confirmed again when sent. */
function isReadBack(words: string, { activity }: Session, { today, user }: RequestContext): boolean {
  const read = parseEntries(words, { today, words: user.words, answered: [{ kind: "long" }] });
  return read.kind === "entries" && read.entries.length === 1 && read.entries[0]?.activity.id === activity;
}
