/** Suggestions for `/log`: what the person logged before, and how the typed words would be understood. */

import { type Entries, parseEntries } from "#core/parsing/log-entries.ts";
import { daysAround, record, typedEntry } from "#core/commands/log/log-sessions.ts";
import { isRefusal } from "#core/model/refusal.ts";
import type { Session } from "#core/model/session.ts";
import type { Known, Situation } from "#core/model/context.ts";
import { offer, type Suggester, type Suggestion } from "#core/autocomplete.ts";
import { foldWord } from "#core/lib/text.ts";
import type { Days } from "#core/lib/time.ts";
import { againLabel, askLabel, entriesLabel, refusalLabel } from "#core/voice/suggestion.ts";

/** So many at most, and of them so many entries of their own; how far back these are looked for. */
const most = { all: 10, own: 5, sessions: 40 } as const;

/** Offers entries; `examples`, which are whole commands, while nothing is typed. */
export function suggestEntries(examples: readonly string[]): Suggester {
  return (words, _, known) => {
    const typed = words.trim();
    const read = typed === "" ? undefined : readTyped(typed, known);
    const days = read && daysOf(read, known);
    return {
      needs: { page: { skip: 0, limit: most.sessions }, ...(days ? { days } : {}) },
      list(situation) {
        const rest = read
          ? [{ label: labelOf(read, situation), words: typed }]
          : examples.map((example) => example.replace(/^\/\S+ /, "")).map((example) => ({ label: example, words: example }));
        return offer([...ownEntries(typed, situation), ...rest], most.all);
      },
    };
  };
}

function readTyped(typed: string, { today, locale, user }: Known): Entries {
  return parseEntries(typed, { today, locale, words: user.words, answered: [] });
}

/** What `record` has to know of the days of the entries. */
function daysOf(read: Entries, known: Known): Days | undefined {
  if (read.kind !== "entries") return undefined;
  const days = read.entries.map(({ day }) => day);
  return daysAround(days, known);
}

/** A day can be full, so it is tried whether the entries could be recorded. */
function labelOf(read: Entries, situation: Situation): string {
  if (read.kind === "ask") return askLabel(read.ask);
  if (read.kind !== "entries") return refusalLabel(read);
  const recorded = record(read.entries, situation, {});
  return isRefusal(recorded) ? refusalLabel(recorded) : entriesLabel(read.entries, situation.today);
}

/** The newest of their own that hold every typed word; what they typed in full is told as it would be understood. */
function ownEntries(typed: string, situation: Situation): readonly Suggestion[] {
  const asked = foldedWords(typed);
  const entries = new Map<string, Session>();
  for (const session of situation.page) {
    const words = typedEntry(session);
    const isNew = words !== typed && !entries.has(words);
    if (isNew && holdsAll(words, asked) && isReadBack(words, session, situation)) entries.set(words, session);
    if (entries.size === most.own) break;
  }
  return offer([...entries].map(([words, session]) => ({ label: againLabel(words, session, situation.today), words })));
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

/** A word of theirs may have been taken back since. A long session is asked about again, and may be offered. */
function isReadBack(words: string, { activity }: Session, { today, user }: Known): boolean {
  const read = parseEntries(words, { today, words: user.words, answered: [{ kind: "long" }] });
  return read.kind === "entries" && read.entries.length === 1 && read.entries[0]?.activity.id === activity;
}
