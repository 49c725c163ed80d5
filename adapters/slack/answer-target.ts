/** The target of an answer, as stored until the answer was shown. */

import type { ResponseTarget } from "./inbound.ts";
import type { Someone } from "./ids.ts";

/** The home whose bot answers, the asker, and the place of the answer. */
export type AnswerTarget = { readonly home: string; readonly someone: Someone; readonly place: ResponseTarget };

/** The target as one string. It may hold a response URL, which is valid for half an hour. */
export function serializeAnswerTarget(to: AnswerTarget): string {
  return JSON.stringify(to);
}

/** Parses a serialized target; undefined if another version wrote it. */
export function parseAnswerTarget(words: string): AnswerTarget | undefined {
  const read: unknown = JSON.parse(words);
  const isWhole = typeof read === "object" && read !== null && "home" in read && "someone" in read && "place" in read;
  return isWhole ? (read as AnswerTarget) : undefined;
}
