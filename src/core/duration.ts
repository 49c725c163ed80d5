/** Durations as people write them: `20`, `45m`, `1h15`, `1:15`, `1.5h`, `1 hour 15`, `half an hour`. Plain numbers are minutes. */

import type { Piece, Reading } from "./scan.ts";

/** Minutes as they were said, in no range yet; `fraction` when they are not whole. */
export type DurationSaid = { readonly kind: "minutes"; readonly minutes: number } | { readonly kind: "fraction"; readonly said: string };

const minuteWord = /^(?:m|min|mins|minute|minutes|')$/;
const hourWord = /^(?:h|hr|hrs|hour|hours)$/;
const phrases: readonly (readonly [string, number])[] = [
  ["an hour and a half", 90],
  ["half an hour", 30],
  ["half hour", 30],
  ["an hour", 60],
  ["one hour", 60],
];

/** Reads a duration at the start of `words`, which are folded; undefined when none stands there. */
export function readDuration(words: Piece): Reading<DurationSaid> | undefined {
  const [first = "", second = ""] = words;
  const phrase = phrases.find(([said]) => words.slice(0, said.split(" ").length).join(" ") === said);
  if (phrase) return whole(phrase[1], phrase[0].split(" ").length);
  const clock = /^(\d{1,2}):([0-5]\d)h?$/.exec(first);
  if (clock) return whole(Number(clock[1]) * 60 + Number(clock[2]), 1);
  const both = /^(\d{1,3})(?:h|hrs?|hours?)([0-5]?\d)(?:m|mins?|minutes?)?\.?$/.exec(first);
  if (both) return whole(Number(both[1]) * 60 + Number(both[2]), 1);
  const amount = /^(-?\d*(?:[.,]\d+)?)([a-z']*)\.?$/.exec(first);
  if (!amount || !/\d/.test(amount[1] ?? "")) return undefined;
  const isJoined = amount[2] !== "";
  return counted(amount[1] ?? "", { unit: isJoined ? (amount[2] ?? "") : second.replace(/\.$/, ""), words, isJoined });
}

type Unit = { readonly unit: string; readonly words: Piece; readonly isJoined: boolean };

function counted(number: string, { unit, words, isJoined }: Unit): Reading<DurationSaid> | undefined {
  const amount = Number(number.replace(",", "."));
  const count = isJoined ? 1 : 2;
  if (minuteWord.test(unit)) return minutes(amount, count, words);
  if (hourWord.test(unit)) return hours(amount, count, words);
  return isJoined ? undefined : minutes(amount, 1, words);
}

/** `1 h 15`, `1 hour 15 min`: what follows the hours belongs to them when it can be minutes of an hour. */
function hours(amount: number, count: number, words: Piece): Reading<DurationSaid> {
  const next = /^([0-5]?\d)(m|mins?|minutes?)?\.?$/.exec(words[count] ?? "");
  if (!next || !Number.isInteger(amount)) return minutes(amount * 60, count, words);
  const hasWord = next[2] === undefined && minuteWord.test(words[count + 1] ?? "");
  return whole(amount * 60 + Number(next[1]), count + (hasWord ? 2 : 1));
}

/** Hours in decimals are whole minutes when they are so within a thousandth: 1.1 h is 66 min. */
function minutes(amount: number, count: number, words: Piece): Reading<DurationSaid> {
  const rounded = Math.round(amount);
  if (amount === rounded || Math.abs(amount - rounded) < 0.001) return whole(rounded, count);
  return { count, value: { kind: "fraction", said: words.slice(0, count).join(" ") } };
}

function whole(amount: number, count: number): Reading<DurationSaid> {
  return { count, value: { kind: "minutes", minutes: amount } };
}
