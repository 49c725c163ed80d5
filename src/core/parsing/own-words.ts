/** A user's own words for activities: which words can be taught, and the limits. */

import { kinds } from "#core/evidence/activities.ts";
import type { ActivityId } from "#core/lib/ids.ts";
import { type ClarificationRequest, parseEntries } from "./log-entries.ts";
import { foldWord } from "#core/lib/text.ts";
import type { User } from "#core/model/user.ts";

/** The most words of one user: a product rule. */
export const maxWords = 300;

/** The longest folded word, in UTF-16 units. A word has at most 40 characters, and each may fold to several units. */
const maxLetters = 120;

/** An arbitrary day: the words for days are the same on all days. */
const someDay = Temporal.PlainDate.from("2026-01-01");

/** The clarification of `/log 20 min SAID` about the whole of `said`; undefined when there is none. */
function clarificationFor(said: string): ClarificationRequest | undefined {
  if (said === "" || said.length > maxLetters) return undefined;
  const read = parseEntries(`20 min ${said}`, { today: someDay, words: {}, answered: [{ kind: "other", word: foldWord(said) }] });
  const isAsked = read.kind === "clarification" && "word" in read.clarification && read.clarification.word === said;
  return isAsked ? read.clarification : undefined;
}

/** Whether the folded `word` can be taught: `/log` asks for its meaning, and does not parse it as a number, a day or a name. */
export function isTeachable(word: string): boolean {
  return meaningsOf(clarificationFor(word)).length > 0;
}

/** Whether `activity` is a possible answer to the clarification of `/log` about `said`, and would be stored. */
export function couldMean(said: string, activity: string): boolean {
  return meaningsOf(clarificationFor(said)).some((id) => id === activity);
}

function meaningsOf(request: ClarificationRequest | undefined): readonly ActivityId[] {
  if (request?.kind === "unknown") return kinds.map(({ id }) => id);
  return request?.kind === "ambiguous" && request.term.default ? request.options.map(({ id }) => id) : [];
}

/** Whether `words` has room for another word. */
export function hasRoom(words: User["words"]): boolean {
  return Object.keys(words).length < maxWords;
}

/** Adds to `words` those of `more` that fit in the limit. A word in both gets the meaning of `more`. */
export function learn(words: User["words"], more: User["words"]): User["words"] {
  const known = Object.entries(more).filter(([word]) => Object.hasOwn(words, word));
  const fresh = Object.entries(more).filter(([word]) => !Object.hasOwn(words, word));
  const room = Math.max(0, maxWords - Object.keys(words).length);
  return { ...words, ...Object.fromEntries([...known, ...fresh.slice(0, room)]) };
}
