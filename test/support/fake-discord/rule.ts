/** Helpers for rules. */

/** `words` as a problem if `isWrong`; nothing otherwise. */
export function when(isWrong: boolean, words: string): readonly string[] {
  return isWrong ? [words] : [];
}

/** The values that occur more than once. */
export function repeated(values: readonly unknown[]): readonly string[] {
  const given = values.filter((value) => value !== undefined && value !== null);
  return Array.from(new Set(given.filter((value, index) => given.indexOf(value) !== index)), String);
}
