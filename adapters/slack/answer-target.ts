/** Where an answer goes, as it is kept until it was shown. */

import type { ResponseTarget } from "./inbound.ts";
import type { Someone } from "./ids.ts";

/** The home whose bot answers, who asked, and where. */
export type AnswerTarget = { readonly home: string; readonly someone: Someone; readonly place: ResponseTarget };

/** All of it as words. They may hold an address that is good for half an hour. */
export function serializeAnswerTarget(to: AnswerTarget): string {
  return JSON.stringify(to);
}

/** What those words say; undefined where another version wrote them. */
export function parseAnswerTarget(words: string): AnswerTarget | undefined {
  const read: unknown = JSON.parse(words);
  const isWhole = typeof read === "object" && read !== null && "home" in read && "someone" in read && "place" in read;
  return isWhole ? (read as AnswerTarget) : undefined;
}
