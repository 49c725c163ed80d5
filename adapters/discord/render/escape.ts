/** Escapes text for Discord's markup. */

import type { Inline, Link } from "#core/model/reply.ts";
import { clean } from "#core/lib/text.ts";

/**
 * Characters that format, mention or link: brackets and signs, the colon of an address or an emoji's name, and the dots of addresses that
 * Discord recognises without a scheme.
 */
const markup = /[\\`*_~|<>[\]@#]|:(?=\/|[\w+-]+:)|(?<=www)\.|\.(?=[\w-]+\/)/giu;

/** The start of a list item at the start of a line. */
const bullet = /^(\s*)(?:([-+])|(\d+)\.(?=\s|$))/u;

/** Escapes `words` so that Discord shows them literally in any position. */
export function escape(words: string): string {
  return oneLine(words)
    .replaceAll(markup, String.raw`\$&`)
    .replace(bullet, (_, space: string, sign?: string, number?: string) => `${space}${sign ? `\\${sign}` : `${number}\\.`}`);
}

/** Formats `words` as inline code. Three backticks would open a block, so words with two or more in a row are escaped instead. */
export function inlineCode(words: string): string {
  const line = oneLine(words);
  if (line.trim() === "" || line.includes("``")) return escape(line);
  if (!line.includes("`")) return `\`${line}\``;
  return `\`\`${line.replace(/^`/, " `").replace(/`$/, "` ")}\`\``;
}

/** Makes words well-formed and a single line, without invisible characters. */
function oneLine(words: string): string {
  return clean(words.toWellFormed()).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** Renders parts as lines of markup of at most `most` characters each. Breaks between words if possible. */
export function lines(parts: readonly Inline[], most: number): readonly string[] {
  const whole = line(parts);
  if (whole.length <= most) return whole.trim() === "" ? [] : [whole];
  const broken: string[] = [];
  let held: readonly Inline[] = [];
  for (const unit of parts.flatMap(units)) {
    const isFull = line([...held, unit]).length > most;
    if (isFull) broken.push(line(held));
    held = joined(isFull ? [unit] : [...held, unit]);
  }
  return [...broken, line(held)].filter((one) => one.trim() !== "");
}

function line(parts: readonly Inline[]): string {
  return joined(parts)
    .map((part) => {
      if (typeof part === "string") return escape(part);
      // Angle brackets delimit the address, even if it holds parentheses.
      if ("link" in part) return `[${escape(part.link)}](<${part.address}>)`;
      return "bold" in part ? `**${escape(part.bold)}**` : inlineCode(part.code);
    })
    .join("");
}

/** Drops empty parts and merges neighbours of one kind, because two parts together may form markup. */
function joined(parts: readonly Inline[]): readonly Inline[] {
  const all: Inline[] = [];
  for (const part of parts) {
    const words = oneLine(wordsOf(part));
    const last = all.at(-1);
    if (words === "") continue;
    if (last === undefined || kindOf(last) !== kindOf(part) || isLink(part)) all.push(alike(part, words));
    else all.splice(-1, 1, alike(part, wordsOf(last) + words));
  }
  return all;
}

function kindOf(part: Inline): string {
  return typeof part === "string" ? "text" : Object.keys(part).join("");
}

function isLink(part: Inline): part is Link {
  return typeof part !== "string" && "link" in part;
}

function wordsOf(part: Inline): string {
  if (typeof part === "string") return part;
  if (isLink(part)) return part.link;
  return "bold" in part ? part.bold : part.code;
}

function alike(part: Inline, words: string): Inline {
  if (typeof part === "string") return words;
  if (isLink(part)) return { ...part, link: words };
  return "bold" in part ? { bold: words } : { code: words };
}

/** Words longer than this many characters are broken inside. */
const longWord = 60;

/** Splits a part into unbreakable units: links, words with the space after them, and graphemes of long words. */
function units(part: Inline): readonly Inline[] {
  if (isLink(part)) return [part];
  const words = oneLine(wordsOf(part)).match(/\S*\s+|\S+/gu) ?? [];
  return words.flatMap((word) => (word.length > longWord ? pieces(word) : [word])).map((word) => alike(part, word));
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Splits words into graphemes, and overlong graphemes into code points. */
function pieces(words: string): readonly string[] {
  return Array.from(graphemes.segment(words), ({ segment }) => segment).flatMap((segment) =>
    segment.length > longWord ? Array.from(segment) : [segment],
  );
}
