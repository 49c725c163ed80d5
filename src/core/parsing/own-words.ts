/** A person's own words for activities: which can be taught, and how many are kept. */

import { kinds } from "#core/evidence/activities.ts";
import type { ActivityId } from "#core/lib/ids.ts";
import { type ClarificationRequest, parseEntries } from "./log-entries.ts";
import { foldWord } from "#core/lib/text.ts";
import type { User } from "#core/model/user.ts";

/** The most words that are kept for one person: a product rule. */
export const maxWords = 300;

/** The most letters of a word, folded: 40 characters may be several letters each. */
const maxLetters = 120;

/** Any day will do: the words of a day are read alike on all of them. */
const someDay = Temporal.PlainDate.from("2026-01-01");

/** What `/log` asks about `said` where it stands alone beside its minutes; undefined where it asks nothing about all of it. */
function clarificationFor(said: string): ClarificationRequest | undefined {
  if (said === "" || said.length > maxLetters) return undefined;
  const read = parseEntries(`20 min ${said}`, { today: someDay, words: {}, answered: [{ kind: "other", word: foldWord(said) }] });
  const isAsked = read.kind === "clarification" && "word" in read.clarification && read.clarification.word === said;
  return isAsked ? read.clarification : undefined;
}

/** Whether `word`, which is folded, can be taught: `/log` would ask what it means, and would not take it for a number, a day or a name. */
export function isTeachable(word: string): boolean {
  return meaningsOf(clarificationFor(word)).length > 0;
}

/** Whether an answer to a question of `/log` about `said` could have been `activity`, and would be kept. */
export function couldMean(said: string, activity: string): boolean {
  return meaningsOf(clarificationFor(said)).some((id) => id === activity);
}

function meaningsOf(request: ClarificationRequest | undefined): readonly ActivityId[] {
  if (request?.kind === "unknown") return kinds.map(({ id }) => id);
  return request?.kind === "ambiguous" && request.term.default ? request.options.map(({ id }) => id) : [];
}

/** Whether one more word than these is kept. */
export function hasRoom(words: User["words"]): boolean {
  return Object.keys(words).length < maxWords;
}

/** `words` with those of `more` for which there is room; a word that is in both means what `more` says. */
export function learn(words: User["words"], more: User["words"]): User["words"] {
  const known = Object.entries(more).filter(([word]) => Object.hasOwn(words, word));
  const fresh = Object.entries(more).filter(([word]) => !Object.hasOwn(words, word));
  const room = Math.max(0, maxWords - Object.keys(words).length);
  return { ...words, ...Object.fromEntries([...known, ...fresh.slice(0, room)]) };
}
