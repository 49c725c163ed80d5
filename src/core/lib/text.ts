/** Text of users: validation, folding for the parsers, and shortening. */

/** The longest message that is read, in UTF-16 units. */
export const maxTextLength = 500;

/** Whether `text` holds a lone surrogate or a control character, which `fold` and the grammars do not read. */
export function isIllFormed(text: string): boolean {
  return !text.isWellFormed() || /[^\P{Cc}\t\n\r]/u.test(text);
}

/** `text` fit to be stored and shown: no direction marks or invisible characters, NFC. Joiners stay, because emoji need them. */
export function clean(text: string): string {
  return isAscii(text) ? text : text.replaceAll(/[^\P{Cf}\u200d]/gu, "").normalize("NFC");
}

/** A fast path: most text is printable ASCII and needs less folding. */
function isAscii(text: string): boolean {
  return /^[\t\n\r -~]*$/.test(text);
}

const fractions: Readonly<Record<string, string>> = { "¼": ".25", "½": ".5", "¾": ".75" };

/** `text` for a grammar: digits of all scripts as 0 to 9, one kind of space, fractions as decimals, nothing invisible, lower case. */
export function fold(text: string): string {
  if (isAscii(text)) return text.replaceAll("`", "'").toLowerCase();
  return text
    .replaceAll(/[¼½¾]/g, (fraction) => fractions[fraction] ?? fraction)
    .replaceAll(/[´\u1ffd]/g, "'")
    .replaceAll(/\p{Cf}/gu, "")
    .normalize("NFKC")
    .replaceAll(/[’‘ʼ`′]/g, "'")
    .replaceAll(/\p{Nd}/gu, digit)
    .replaceAll(/[−‐‑‒–—]/g, "-")
    .toLowerCase()
    .normalize("NFKC");
}

/** The ASCII digit of `character`. The ten digits of a script have consecutive code points, 0 first. */
function digit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** `word` without case, accents, hyphens, spaces and points: "Push-Ups" and "push ups" become equal. */
export function foldWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase().replaceAll(/[^a-z0-9&]/g, "");
  return fold(word)
    .normalize("NFD")
    .replaceAll(/[^\p{L}\p{N}&]/gu, "");
}

/** `text` fit to be quoted: clean, on one line, cut after `most` grapheme clusters. */
export function quotable(text: string, most = 40): string {
  const line = oneLine(text);
  if (line.length <= most) return line;
  const characters = charactersOf(line);
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : line;
}

/** Like `quotable`, but cut to at most `most` UTF-16 units. No grapheme cluster is split. */
export function shorten(text: string, most: number): string {
  const line = oneLine(text);
  if (line.length <= most) return line;
  let short = "";
  for (const character of charactersOf(line)) {
    if (short.length + character.length >= most) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}

function oneLine(text: string): string {
  return clean(text)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/** The grapheme clusters of `line`. */
export function charactersOf(line: string): readonly string[] {
  return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(line), ({ segment }) => segment);
}
