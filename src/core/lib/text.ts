/** What arrives from people, made fit to be read: well-formed, of a bearable length, with one kind of digit and space. */

/** The most that is read of one message, in UTF-16 units. */
export const maxTextLength = 500;

/** What `fold` and the grammars do not read: half a character, or a control character. */
export function isIllFormed(text: string): boolean {
  return !text.isWellFormed() || /[^\P{Cc}\t\n\r]/u.test(text);
}

/** `text` without direction marks and invisible characters, as it may be kept and shown. Joiners stay: emoji need them. */
export function clean(text: string): string {
  return isAscii(text) ? text : text.replaceAll(/[^\P{Cf}\u200d]/gu, "").normalize("NFC");
}

/** Most text is, and is then folded in a step. */
function isAscii(text: string): boolean {
  return /^[\t\n\r -~]*$/.test(text);
}

const fractions: Readonly<Record<string, string>> = { "¼": ".25", "½": ".5", "¾": ".75" };

/** `text` for a grammar: every script's digits as 0 to 9, every space as one kind, fractions as decimals, nothing invisible, lower case. */
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

/** The ten digits of a script stand in a row, 0 first. */
function digit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  let zero = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((code - zero) % 10);
}

/** What is left of a word when case, accents, hyphens, spaces and points no longer count: "Push-Ups" and "push ups" are one. */
export function foldWord(word: string): string {
  if (isAscii(word)) return word.toLowerCase().replaceAll(/[^a-z0-9&]/g, "");
  return fold(word)
    .normalize("NFD")
    .replaceAll(/[^\p{L}\p{N}&]/gu, "");
}

/** `text` as it may be quoted back to the person: clean, on one line, cut after `most` characters as people count them. */
export function quotable(text: string, most = 40): string {
  const line = oneLine(text);
  if (line.length <= most) return line;
  const characters = charactersOf(line);
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : line;
}

/** `text` as `quotable` has it, in at most `most` UTF-16 units; no character as people count them is cut in two. */
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

/** The characters of `line`, as people count them. */
export function charactersOf(line: string): readonly string[] {
  return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(line), ({ segment }) => segment);
}
