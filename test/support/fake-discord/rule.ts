/** How a rule says what is wrong. */

/** What is wrong when it is. */
export function when(isWrong: boolean, words: string): readonly string[] {
  return isWrong ? [words] : [];
}

/** What stands in `values` more than once. */
export function repeated(values: readonly unknown[]): readonly string[] {
  const given = values.filter((value) => value !== undefined && value !== null);
  return Array.from(new Set(given.filter((value, index) => given.indexOf(value) !== index)), String);
}
