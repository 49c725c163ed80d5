/** Takes what a reader finds out of a line of words, and leaves the rest in the pieces that remain. */

/** What a reader made of the first `count` words. */
export type Reading<Value> = { readonly count: number; readonly value: Value };

/** Words that stand next to each other. */
export type Piece = readonly string[];

/** What `read` finds anywhere in `pieces`, in order, and the pieces that are left around it. */
export type Taken<Value> = { readonly found: readonly Value[]; readonly left: readonly Piece[] };

/** Takes all that `read` finds, from left to right. */
export function takeAll<Value>(pieces: readonly Piece[], read: (words: Piece) => Reading<Value> | undefined): Taken<Value> {
  const taken = pieces.map((piece) => takeFrom(piece, read));
  return { found: taken.flatMap(({ found }) => found), left: taken.flatMap(({ left }) => left) };
}

function takeFrom<Value>(piece: Piece, read: (words: Piece) => Reading<Value> | undefined): Taken<Value> {
  const found: Value[] = [];
  const left: Piece[] = [];
  let start = 0;
  for (let at = 0; at < piece.length;) {
    const reading = read(piece.slice(at));
    if (reading) {
      found.push(reading.value);
      left.push(piece.slice(start, at));
      start = at + reading.count;
    }
    at += reading?.count ?? 1;
  }
  left.push(piece.slice(start));
  return { found, left: left.filter((words) => words.length > 0) };
}
