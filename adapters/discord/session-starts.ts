/** How many sessions Discord lets the bot start, as `GET /gateway/bot` tells it. */

/** Discord resets the token of a bot that identifies too often: some are left for whoever looks after it. */
const startsLeft = 50;
/** Milliseconds. After that Discord is asked again, however late it says that there are more starts. */
export const longestPause = 3_600_000;

/**
 * Milliseconds until a session may be started, from `firstWait` to an hour; undefined where it may be now. A limit that is missing or is no
 * finite number tells nothing, so that the pause is an hour.
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
