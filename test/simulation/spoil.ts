/** Faults that are planted into the record of a year, each such as a real bug would leave there. */

import { type Attempt, attemptsByKey, type Chronicle, type Row, rowsByKey, type Story } from "./chronicle.ts";
import { type Asked, askedAt, clock, dayOn, isQuiet, type Journal, pauseOn } from "./journal.ts";
import { hour, minute, usualDay, wallAt } from "./wall.ts";

/** A fault: what it makes of the first story that it fits; undefined where it does not fit. */
export type Fault = (story: Story) => Story | undefined;

/** The first story that `fault` fits, alone: as it was lived, and as the fault makes it. */
export function plant(
  chronicle: Chronicle,
  fault: Fault,
): { readonly whole: Chronicle; readonly spoilt: Chronicle; readonly name: string } {
  for (const story of chronicle.stories) {
    const spoilt = fault(story);
    if (spoilt) return { whole: { ...chronicle, stories: [story] }, spoilt: { ...chronicle, stories: [spoilt] }, name: story.journal.name };
  }
  throw new Error("Plant a fault: there must be somebody whom it fits");
}

/** Feedback that went out plainly at the first try, one of several. */
export function plainWeekly(story: Story): { readonly row: Row; readonly attempt: Attempt } | undefined {
  const tries = attemptsByKey(story);
  const rows = story.rows.filter(({ kind, state, key }) => kind === "weekly" && state === "sent" && tries.get(key)?.length === 1);
  const row =
    rows.length > 5 && story.journal.settings.length < 8 && !story.journal.settings.some(({ asked }) => asked.isStopped || !asked.feedback)
      ? rows[2]
      : undefined;
  const [attempt] = (row && tries.get(row.key)) ?? [];
  return row && attempt && !attempt.words.startsWith("I will be quiet") ? { row, attempt } : undefined;
}

/** A fault in one piece of feedback that went out plainly: what becomes of its row and of its try. */
export function inFeedback(
  spoil: (row: Row, attempt: Attempt) => { readonly rows: readonly Row[]; readonly attempts: readonly Attempt[] },
): Fault {
  return (story) => {
    const found = plainWeekly(story);
    if (!found) return undefined;
    const { rows, attempts } = spoil(found.row, found.attempt);
    return {
      ...story,
      rows: story.rows.flatMap((one) => (one === found.row ? rows : [one])),
      attempts: story.attempts.flatMap((one) => (one === found.attempt ? attempts : [one])),
    };
  };
}

/** One more message, at a moment at which none was wanted; undefined where the person had no such moment. */
export function oneMoreAt(momentOf: (journal: Journal) => number | undefined, kind: "weekly" | "rest" = "weekly"): Fault {
  return (story) => {
    const at = momentOf(story.journal);
    const model = story.attempts.find(({ key, isShown }) => key.startsWith(kind) && isShown);
    if (at === undefined || !model) return undefined;
    const attempts = [...story.attempts, { ...model, at, key: `${kind} somebody else` }].toSorted((one, other) => one.at - other.at);
    return { ...story, attempts };
  };
}

/** The first moment, a while after a change of settings, at which `isSo` of them holds. */
export function momentWhen(isSo: (asked: Asked, day: number) => boolean): (journal: Journal) => number | undefined {
  return (journal) => {
    const found = journal.settings.find(
      ({ at, asked }) => isSo(asked, dayOn(journal, at + 3 * hour)) && askedAt(journal, at + 3 * hour) === asked,
    );
    return found && found.at + 3 * hour;
  };
}

/** A moment in their quiet hours. */
export function quietMoment(journal: Journal): number | undefined {
  const moments = journal.settings.map(({ at, asked }) => wallAt(dayOn(journal, at) + 1, clock(22, 30), asked.zone));
  return moments.find((at) => isQuiet(askedAt(journal, at), at));
}

/** A moment in a pause. */
export const pausedMoment = momentWhen(
  (asked, day) => pauseOn(asked, day) !== undefined && asked.feedback !== undefined && !asked.isStopped,
);

/** All of somebody's feedback after the first three times is missing, row and message. */
export const endOfFeedback: Fault = (story) => {
  if (!plainWeekly(story)) return undefined;
  const gone = new Set(
    story.rows
      .filter(({ kind }) => kind === "weekly")
      .slice(3)
      .map(({ key }) => key),
  );
  return { ...story, rows: story.rows.filter(({ key }) => !gone.has(key)), attempts: story.attempts.filter(({ key }) => !gone.has(key)) };
};

/** A nudge of a calm day is missing, row and message; undefined where no such nudge came. */
export const nudgeGone: Fault = (story) => {
  const rows = rowsByKey(story);
  const nudge = story.attempts.find(
    ({ key, at, isShown }) =>
      isShown && key.startsWith("rest") && rows.has(key) && !story.journal.settings.some((one) => Math.abs(one.at - at) < 3 * usualDay),
  );
  if (!nudge || !story.journal.bouts.some(({ at, isIn }) => isIn && at < nudge.at - 13 * hour && at > nudge.at - 30 * hour))
    return undefined;
  return { ...story, rows: story.rows.filter(({ key }) => key !== nudge.key), attempts: story.attempts.filter((one) => one !== nudge) };
};

/** Somebody's direct messages were closed, and the coach went on. */
export const afterClosed: Fault = (story) => {
  const index = story.attempts.findIndex((one, place) => {
    const next = story.attempts[place + 1];
    return next && !story.journal.acts.some((act) => one.at < act && act <= next.at);
  });
  const found = story.attempts[index];
  return found && { ...story, attempts: story.attempts.with(index, { ...found, result: "closed", isShown: false }) };
};

/** After the last word came one more message. */
export const afterLastWord: Fault = (story) => {
  const last = story.attempts.at(-1);
  if (!last?.isShown || !last.words.startsWith("I will be quiet now.")) return undefined;
  return {
    ...story,
    attempts: [...story.attempts, { ...last, at: last.at + 7 * usualDay + minute, key: "weekly again", words: "A quiet week." }],
  };
};

/** Somebody who never logged was sent something. */
export const neverLogged: Fault = (story) => {
  const { journal } = story;
  const at = journal.acts[0];
  if (journal.bouts.length > 0 || at === undefined) return undefined;
  const noon = wallAt(dayOn(journal, at) + 7, clock(12), askedAt(journal, at).zone);
  return {
    ...story,
    attempts: [{ at: noon, name: journal.name, key: "weekly nobody", result: "sent", isShown: true, words: "A quiet week." }],
  };
};
