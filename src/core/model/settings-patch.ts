/** Settings patch: applies or reverts one change of settings and keeps later ones. */

import type { User } from "./user.ts";

/**
 * `now` with each setting that differs between `from` and `to` set as in `to`. A setting that no longer equals `from` was changed since and
 * is kept. Each of the user's own words counts as one setting. Returns `now` itself when nothing changes.
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
