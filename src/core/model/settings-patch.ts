/** Settings brought from one side of a change to its other side, and nothing else with them. */

import type { User } from "./user.ts";

/**
 * `now` with what differs between `from` and `to` as it is in `to`. A setting that is no longer as in `from` was changed by something else
 * since, and stays; of a person's own words each counts by itself. Gives `now` itself where nothing is to be brought over.
 */
export function settingsBetween(now: User, from: User, to: User): User {
  const keys = Object.keys(to) as (keyof User)[];
  const changed = keys.filter((key) => key !== "words" && !isSame(from[key], to[key]) && isSame(now[key], from[key]));
  const turned: User = changed.length === 0 ? now : { ...now, ...Object.fromEntries(changed.map((key) => [key, to[key]])) };
  const words = wordsBetween(now.words, from.words, to.words);
  return isSame(words, now.words) ? turned : { ...turned, words };
}

function wordsBetween(now: User["words"], from: User["words"], to: User["words"]): User["words"] {
  const changed = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
    (word) => from[word] !== to[word] && now[word] === from[word],
  );
  const kept = Object.entries(now).filter(([word]) => !changed.includes(word));
  return Object.fromEntries([...kept, ...changed.flatMap((word) => (to[word] === undefined ? [] : [[word, to[word]] as const]))]);
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
