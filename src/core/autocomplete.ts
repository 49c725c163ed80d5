/** What is offered while somebody types. */

import type { RequestContext, Queries, Loaded } from "#core/model/context.ts";
import { shorten } from "#core/lib/text.ts";

/** Something that can be said. */
export type Suggestion = {
  /** How it would be understood. At most 100 characters. */
  readonly label: string;
  /** What is said when it is chosen: the value of the argument. At most 100 characters. */
  readonly words: string;
};

/** Suggestions that wait for what they need. */
export type SuggestionQuery = { readonly needs: Queries; list(data: Loaded): readonly Suggestion[] };

/** Offers what can be said where `words` are being typed; `others` stand in the other arguments of the command. */
export type Suggester = (words: string, others: Readonly<Record<string, string>>, context: RequestContext) => SuggestionQuery;

/** The most UTF-16 units of a label, and of words; the most suggestions in one place. */
export const suggestionLimits = { length: 100, count: 25 } as const;

/** The first `most` of `all` that can be offered: labels are shortened; words that are empty, too long or there before are left out. */
export function limitSuggestions(all: readonly Suggestion[], most: number = suggestionLimits.count): readonly Suggestion[] {
  const byWords = new Map<string, Suggestion>();
  for (const { label, words } of all) {
    const isFit = words !== "" && words.length <= suggestionLimits.length && !byWords.has(words);
    if (isFit) byWords.set(words, { label: shorten(label, suggestionLimits.length), words });
    if (byWords.size === most) break;
  }
  return [...byWords.values()];
}
