/** Suggestions for `/log`: the user's earlier entries, and how the typed words would be parsed. */

import { type LogEntry, parseEntries } from "#core/parsing/log-entries.ts";
import { withData } from "#core/command.ts";
import { daysAround, logSessions, typedEntry } from "#core/commands/log/log-sessions.ts";
import { isRefusal } from "#core/model/refusal.ts";
import type { Session } from "#core/model/session.ts";
import type { RequestContext, Loaded } from "#core/model/context.ts";
import { limitSuggestions, type Suggester, type Suggestion } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";
import { againLabel, clarificationLabel, entriesLabel, refusalLabel } from "#core/voice/suggestion.ts";

/** Limits: suggestions in total, the user's own entries among them, and the latest sessions searched for those. */
const maxSuggestions = { all: 10, own: 5, sessions: 40 } as const;

/** Suggests entries. While nothing is typed it also suggests `examples`, which are whole commands. */
export function suggestEntries(examples: readonly string[]): Suggester {
  return (words, _, context) => {
    const typed = words.trim();
    const page = { skip: 0, limit: maxSuggestions.sessions };
    const listed = (data: Loaded<"page">, rest: readonly Suggestion[]) =>
      limitSuggestions([...ownEntries(typed, data), ...rest], maxSuggestions.all);
    if (typed === "") {
      const rest = examples.map((example) => example.replace(/^\/\S+ /, "")).map((entry) => ({ label: entry, words: entry }));
      return withData({ page }, (data) => listed(data, rest));
    }
    const read = parseEntries(typed, { today: context.today, locale: context.locale, words: context.user.words, answered: [] });
    if (read.kind !== "entries") {
      const label = read.kind === "clarification" ? clarificationLabel(read.clarification) : refusalLabel(read);
      return withData({ page }, (data) => listed(data, [{ label, words: typed }]));
    }
    const days = read.entries.map(({ day }) => day);
    return withData({ page, sessions: daysAround(days, context) }, (data) =>
      listed(data, [{ label: labelOf(read.entries, data), words: typed }]),
    );
  };
}

/** Tries to record the entries, because a day may already be full. */
function labelOf(entries: readonly LogEntry[], data: Loaded<"sessions">): string {
  const recorded = logSessions(entries, data, {});
  return isRefusal(recorded) ? refusalLabel(recorded) : entriesLabel(entries, data.today);
}

/** The user's newest entries that contain every typed word. An entry typed in full is left out: `labelOf` describes it. */
function ownEntries(typed: string, data: Loaded<"page">): readonly Suggestion[] {
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
