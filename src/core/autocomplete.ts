/** Autocomplete: suggestions while a user types a command argument. */

import type { RequestContext, NeedsData } from "#core/model/context.ts";
import { shorten } from "#core/lib/text.ts";

/** One suggestion. */
export type Suggestion = {
  /** How the value would be understood. At most 100 UTF-16 units. */
  readonly label: string;
  /** The value of the argument if it is chosen. At most 100 UTF-16 units. */
  readonly words: string;
};

/** Suggests values for an argument while `words` are typed in it. `others` are the values of the command's other arguments. */
export type Suggester = (
  words: string,
  others: Readonly<Record<string, string>>,
  context: RequestContext,
) => NeedsData<readonly Suggestion[]>;

/** Limits: UTF-16 units of a label and of its words, and suggestions in one list. */
export const suggestionLimits = { length: 100, count: 25 } as const;

/** The first `most` usable suggestions. Labels are shortened. Empty, too long and duplicate words are dropped. */
export function limitSuggestions(all: readonly Suggestion[], most: number = suggestionLimits.count): readonly Suggestion[] {
  const byWords = new Map<string, Suggestion>();
  for (const { label, words } of all) {
    const isFit = words !== "" && words.length <= suggestionLimits.length && !byWords.has(words);
    if (isFit) byWords.set(words, { label: shorten(label, suggestionLimits.length), words });
    if (byWords.size === most) break;
  }
  return [...byWords.values()];
}
