/** When something that did not work is tried again. */

const first = 5;
const anHour = 3600;
const aDay = 86_400;

/**
 * How long to wait after the try number `attempts`, from 1 up: 5 seconds, then four times as long each time, an hour at most.
 *
 * `chance`, 0 to 1, makes it 0.8 to 1.4 of that, so that what failed together does not come again together.
 */
export function delayAfter(attempts: number, chance: number): Temporal.Duration {
  return delay(attempts, chance, anHour);
}

/** The same of what is tried for as long as it takes: a day at most. */
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
 * How many milliseconds to wait after the try number `attempts`, from 1 up, of something that a person waits for: 250, then twice as many each
 * time, 8000 at most.
 *
 * `chance`, 0 to 1, makes it half to all of that, so that what failed together does not come again together.
 */
export function answerDelayAfter(attempts: number, chance: number): number {
  return Math.round(Math.min(longestOfAnswers, firstOfAnswers * 2 ** (attempts - 1)) * (0.5 + 0.5 * chance));
}
