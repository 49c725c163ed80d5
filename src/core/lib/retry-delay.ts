/** Retry delays: exponential backoff with jitter. */

const first = 5;
const anHour = 3600;
const aDay = 86_400;

/**
 * The delay after attempt number `attempts`, from 1 up: 5 seconds, then four times as long each time, at most an hour.
 *
 * `chance`, 0 to 1, scales it by 0.8 to 1.4, so that simultaneous failures are not retried at the same time.
 */
export function delayAfter(attempts: number, chance: number): Temporal.Duration {
  return delay(attempts, chance, anHour);
}

/** The same delay for work that is retried without end: at most a day. */
export function longDelayAfter(attempts: number, chance: number): Temporal.Duration {
  return delay(attempts, chance, aDay);
}

function delay(attempts: number, chance: number, longest: number): Temporal.Duration {
  const seconds = Math.min(longest, first * 4 ** (attempts - 1)) * (0.8 + 0.6 * chance);
  return Temporal.Duration.from({ milliseconds: Math.round(seconds * 1000) });
}

/** Milliseconds. */
const firstOfAnswers = 250;
const longestOfAnswers = 8000;

/**
 * The delay in milliseconds after attempt number `attempts`, from 1 up, while a user waits: 250, then doubled each time, at most 8000.
 *
 * `chance`, 0 to 1, scales it by 0.5 to 1, so that simultaneous failures are not retried at the same time.
 */
export function answerDelayAfter(attempts: number, chance: number): number {
  return Math.round(Math.min(longestOfAnswers, firstOfAnswers * 2 ** (attempts - 1)) * (0.5 + 0.5 * chance));
}
