/**
 * Finds the parts of our own JSON without parsing it: `JSON.parse` of a hostile file takes many times its size in memory. Each part is
 * parsed separately, and only if its size is within limits.
 */

/** The position of a value in a text: `text.slice(from, until)`. */
export type Extent = { readonly from: number; readonly until: number };

/** The top level of an export: the extent of each key's value, and of each session. */
export type ExportParts = { readonly values: ReadonlyMap<string, Extent>; readonly sessions: readonly Extent[] };

/** Character codes. */
const code = { quote: 34, comma: 44, colon: 58, open: 91, backslash: 92, close: 93, openBrace: 123, closeBrace: 125 } as const;

/** Maximum number of keys, and maximum letters of a key. Our exports have less than half of either. */
const most = { keys: 64, letters: 64 } as const;

/** The parts of `text`, with at most `sessionsAtMost` + 1 sessions; undefined unless it is an object of few, distinct keys. */
export function findParts(text: string, sessionsAtMost: number): ExportParts | undefined {
  const values = new Map<string, Extent>();
  let sessions: readonly Extent[] = [];
  let at = skipSpace(text, 0);
  if (text.charCodeAt(at) !== code.openBrace) return undefined;
  do {
    const key = readKey(text, skipSpace(text, at + 1));
    if (!key || values.has(key.name) || values.size >= most.keys) return undefined;
    const until = endOfValue(text, key.until);
    if (until === undefined) return undefined;
    values.set(key.name, { from: key.until, until });
    if (key.name === "sessions") sessions = findElements(text, { from: key.until, until }, sessionsAtMost + 1);
    at = skipSpace(text, until);
  } while (text.charCodeAt(at) === code.comma);
  const isWhole = text.charCodeAt(at) === code.closeBrace && skipSpace(text, at + 1) === text.length;
  return isWhole ? { values, sessions } : undefined;
}

/** Reads a key and its colon. `until` is where the value starts. */
function readKey(text: string, at: number): { readonly name: string; readonly until: number } | undefined {
  if (text.charCodeAt(at) !== code.quote) return undefined;
  const end = endOfString(text, at);
  if (end === undefined || end - at > most.letters) return undefined;
  const colon = skipSpace(text, end);
  const name = text.slice(at + 1, end - 1);
  return text.charCodeAt(colon) === code.colon && !name.includes("\\") ? { name, until: skipSpace(text, colon + 1) } : undefined;
}

/** At most `limit` elements of the array at the extent; empty if it is not an array. Malformed parts become elements that do not parse. */
function findElements(text: string, { from, until }: Extent, limit: number): readonly Extent[] {
  const found: Extent[] = [];
  const last = until - 1;
  let at = skipSpace(text, from + 1);
  if (text.charCodeAt(from) !== code.open || at === last) return found;
  while (found.length < limit) {
    const end = endOfValue(text, at) ?? last;
    found.push({ from: at, until: end });
    const next = skipSpace(text, end);
    if (next >= last) break;
    if (text.charCodeAt(next) !== code.comma) return [...found, { from: at, until: last }];
    at = skipSpace(text, next + 1);
  }
  return found;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter !== 32 && letter !== 10 && letter !== 13 && letter !== 9) break;
  }
  return at;
}

/** The index after the value that starts at `from`; undefined if it does not end. The value itself is checked when it is parsed. */
function endOfValue(text: string, from: number): number | undefined {
  let depth = 0;
  for (let at = from; at < text.length;) {
    const letter = text.charCodeAt(at);
    const isString = letter === code.quote;
    const isClosing = letter === code.close || letter === code.closeBrace;
    if (depth === 0 && (isClosing || letter === code.comma)) return at;
    const end = isString ? endOfString(text, at) : at + 1;
    if (end === undefined) return undefined;
    if (isClosing) depth -= 1;
    if (letter === code.open || letter === code.openBrace) depth += 1;
    if (depth === 0 && (isString || isClosing)) return end;
    at = end;
  }
  return undefined;
}

/** The index after the string that starts at `from`; undefined if it does not end. */
function endOfString(text: string, from: number): number | undefined {
  for (let at = from + 1; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (letter === code.quote) return at + 1;
    if (letter === code.backslash) at += 1;
  }
  return undefined;
}
