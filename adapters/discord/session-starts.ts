/** The limit on session starts, from `GET /gateway/bot`. */

/** Session starts reserved for the operator. Discord resets the token of a bot that identifies too often. */
const startsLeft = 50;
/** Milliseconds after which Discord is asked again, however late the limit resets. */
export const longestPause = 3_600_000;

/**
 * Milliseconds until a session may be started, from `firstWait` to an hour; undefined if it may be started now. If the limit is missing or
 * not a finite number, the pause is an hour.
 */
export function pauseFor(answer: unknown, firstWait: number): number | undefined {
  const limit = fieldOf(answer, "session_start_limit");
  const remaining = fieldOf(limit, "remaining");
  if (!isNumber(remaining)) return longestPause;
  if (remaining >= startsLeft) return undefined;
  const resetAfter = fieldOf(limit, "reset_after");
  return isNumber(resetAfter) ? Math.min(Math.max(resetAfter, firstWait), longestPause) : longestPause;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
