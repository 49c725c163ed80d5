/** Token matcher: takes matches out of a list of words and leaves the runs of tokens around them. */

/** A match of the first `count` tokens, with its value. */
export type Match<Value> = { readonly count: number; readonly value: Value };

/** Consecutive words. */
export type Tokens = readonly string[];

/** The values of all matches, in order, and the remaining runs of tokens. */
export type Matches<Value> = { readonly found: readonly Value[]; readonly left: readonly Tokens[] };

/** All matches of `read` in `runs`, from left to right. */
export function matchAll<Value>(runs: readonly Tokens[], read: (words: Tokens) => Match<Value> | undefined): Matches<Value> {
  const taken = runs.map((tokens) => matchIn(tokens, read));
  return { found: taken.flatMap(({ found }) => found), left: taken.flatMap(({ left }) => left) };
}

function matchIn<Value>(tokens: Tokens, read: (words: Tokens) => Match<Value> | undefined): Matches<Value> {
  const found: Value[] = [];
  const left: Tokens[] = [];
  let start = 0;
  for (let at = 0; at < tokens.length;) {
    const match = read(tokens.slice(at));
    if (match) {
      found.push(match.value);
      left.push(tokens.slice(start, at));
      start = at + match.count;
    }
    at += match?.count ?? 1;
  }
  left.push(tokens.slice(start));
  return { found, left: left.filter((words) => words.length > 0) };
}
