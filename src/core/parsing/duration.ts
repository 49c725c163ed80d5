/** Parser of durations: `20`, `45m`, `1h15`, `1:15`, `1.5h`, `1 hour 15`, `half an hour`. Plain numbers are minutes. */

import type { Tokens, Match } from "#core/lib/match-tokens.ts";

/** Minutes, not yet checked for their range, with the words for them; `fraction` when they are not whole. */
export type ParsedDuration =
  | { readonly kind: "minutes"; readonly minutes: number; readonly said: string }
  | { readonly kind: "fraction"; readonly said: string };

const minuteWord = /^(?:m|min|mins|minute|minutes|')$/;
const hourWord = /^(?:h|hr|hrs|hour|hours)$/;
const phrases: readonly (readonly [string, number])[] = [
  ["an hour and a half", 90],
  ["half an hour", 30],
  ["half hour", 30],
  ["an hour", 60],
  ["one hour", 60],
];

/** A matched duration: minutes that may be fractional, and the number of words. */
type Amount = { readonly minutes: number; readonly count: number };

/** Matches a duration at the start of the folded `words`; undefined when there is none. */
export function matchDuration(words: Tokens): Match<ParsedDuration> | undefined {
  const amount = matchPhrase(words) ?? matchClock(words) ?? matchCount(words);
  if (!amount) return undefined;
  const said = words.slice(0, amount.count).join(" ");
  const minutes = Math.round(amount.minutes);
  // Minutes from decimal hours count as whole within 0.001: 1.1 h is 66 min.
  const isWhole = Math.abs(amount.minutes - minutes) < 0.001;
  return { count: amount.count, value: isWhole ? { kind: "minutes", minutes, said } : { kind: "fraction", said } };
}

function matchPhrase(words: Tokens): Amount | undefined {
  const found = phrases.find(([said]) => words.slice(0, said.split(" ").length).join(" ") === said);
  return found && { minutes: found[1], count: found[0].split(" ").length };
}

/** `1:15` and `1h15`. */
function matchClock([first = ""]: Tokens): Amount | undefined {
  const found = /^(\d{1,2}):([0-5]\d)h?$/.exec(first) ?? /^(\d{1,3})(?:h|hrs?|hours?)([0-5]?\d)(?:m|mins?|minutes?|')?\.?$/.exec(first);
  return found ? { minutes: Number(found[1]) * 60 + Number(found[2]), count: 1 } : undefined;
}

/** A number and its unit, in one word or two. Without a unit it is minutes. Numbers of more than 15 digits do not match. */
function matchCount(words: Tokens): Amount | undefined {
  const [first = "", second = ""] = words;
  const found = /^(-?\d{0,15}(?:[.,]\d{1,9})?)([a-z']*)\.?$/.exec(first);
  if (!found || !/\d/.test(found[1] ?? "")) return undefined;
  const number = Number((found[1] ?? "").replace(",", "."));
  const isJoined = found[2] !== "";
  const unit = isJoined ? (found[2] ?? "") : second.replace(/\.$/, "");
  const count = isJoined ? 1 : 2;
  if (hourWord.test(unit)) return withMinutes(number, count, words);
  if (minuteWord.test(unit)) return { minutes: number, count };
  return isJoined ? undefined : { minutes: number, count: 1 };
}

/** `1 h 15`, `1 hour and 15 min`: a number from 0 to 59 after whole hours is their minutes. */
function withMinutes(hours: number, count: number, words: Tokens): Amount {
  const at = words[count] === "and" ? count + 1 : count;
  const next = /^([0-5]?\d)(m|mins?|minutes?)?\.?$/.exec(words[at] ?? "");
  if (!next || !Number.isInteger(hours)) return { minutes: hours * 60, count };
  const hasWord = next[2] === undefined && minuteWord.test(words[at + 1] ?? "");
  return { minutes: hours * 60 + Number(next[1]), count: at + (hasWord ? 2 : 1) };
}
