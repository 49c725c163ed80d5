/** Words as Discord shows them: everything that could be read as its markup is made harmless. */

import type { Inline, Link } from "#core/model/reply.ts";
import { clean } from "#core/lib/text.ts";

/**
 * What formats, mentions or links: brackets and signs, the colon of an address or of an emoji's name, and the points of
 * addresses that Discord knows without one.
 */
const markup = /[\\`*_~|<>[\]@#]|:(?=\/|[\w+-]+:)|(?<=www)\.|\.(?=[\w-]+\/)/giu;

/** What makes a list where a line starts with it. */
const bullet = /^(\s*)(?:([-+])|(\d+)\.(?=\s|$))/u;

/** `words` so that they are shown as they are, wherever they stand. */
export function escape(words: string): string {
  return oneLine(words)
    .replaceAll(markup, String.raw`\$&`)
    .replace(bullet, (_, space: string, sign?: string, number?: string) => `${space}${sign ? `\\${sign}` : `${number}\\.`}`);
}

/** `words` to be typed as they stand. A fence of three would open a block, so what has more than single backticks is no code. */
export function inlineCode(words: string): string {
  const line = oneLine(words);
  if (line.trim() === "" || line.includes("``")) return escape(line);
  if (!line.includes("`")) return `\`${line}\``;
  return `\`\`${line.replace(/^`/, " `").replace(/`$/, "` ")}\`\``;
}

/** Well-formed and on one line, without what is not seen. */
function oneLine(words: string): string {
  return clean(words.toWellFormed()).replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** One line of markup, or as many as are needed for none to be longer than `most` characters. Breaks between words where it can. */
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
      // In angle brackets an address ends where it ends, whatever parentheses it holds.
      if ("link" in part) return `[${escape(part.link)}](<${part.address}>)`;
      return "bold" in part ? `**${escape(part.bold)}**` : inlineCode(part.code);
    })
    .join("");
}

/** Without empty parts, and with neighbours of one kind in one: markup may come about between them. */
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

/** Longer words than this are broken inside. */
const longWord = 60;

/** What is not broken: links, words with the space behind them, and of long words the characters as people count them. */
function units(part: Inline): readonly Inline[] {
  if (isLink(part)) return [part];
  const words = oneLine(wordsOf(part)).match(/\S*\s+|\S+/gu) ?? [];
  return words.flatMap((word) => (word.length > longWord ? pieces(word) : [word])).map((word) => alike(part, word));
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Characters as people count them; of those without end, the code points. */
function pieces(words: string): readonly string[] {
  return Array.from(graphemes.segment(words), ({ segment }) => segment).flatMap((segment) =>
    segment.length > longWord ? Array.from(segment) : [segment],
  );
}
