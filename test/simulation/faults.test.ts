import { beforeAll, describe, expect, test } from "vitest";
import { checks } from "./checks.ts";
import type { Attempt, Chronicle, Row } from "./chronicle.ts";
import {
  afterClosed,
  afterLastWord,
  endOfFeedback,
  type Fault,
  inFeedback,
  momentWhen,
  neverLogged,
  nudgeGone,
  oneMoreAt,
  pausedMoment,
  plant,
  quietMoment,
} from "./spoil.ts";
import { hour, minute, usualDay } from "./wall.ts";
import { live } from "./world.ts";
import { fewWeeks, patience } from "./year.ts";

/** The same row and try, and another one. */
const twice = (row: Row, attempt: Attempt) => ({ rows: [row], attempts: [attempt, { ...attempt, at: attempt.at + minute }] });
const otherKey = (row: Row, attempt: Attempt) => ({
  rows: [row, { ...row, key: `${row.key} 2` }],
  attempts: [attempt, { ...attempt, key: `${row.key} 2`, at: attempt.at + usualDay }],
});
const rowAs = (changed: Partial<Row>) => (row: Row, attempt: Attempt) => ({
  rows: [{ ...row, ...changed }],
  attempts: changed.state === undefined ? [attempt] : [],
});
const movedBy = (milliseconds: number) => (row: Row, attempt: Attempt) => ({
  rows: [row],
  attempts: [{ ...attempt, at: attempt.at + milliseconds }],
});
const saying = (pattern: RegExp, words: string) => (row: Row, attempt: Attempt) => ({
  rows: [row],
  attempts: [{ ...attempt, words: attempt.words.replace(pattern, words) }],
});

const faults: readonly (readonly [rule: string, fault: string, plant: Fault, finding: RegExp])[] = [
  ["I3", "a message that came a second time", inFeedback(twice), /came a second time/],
  ["I3", "a week told under another key as well", inFeedback(otherKey), /a second weekly of/],
  ["I3", "a week that was left out", inFeedback(() => ({ rows: [], attempts: [] })), /were left out/],
  ["I3", "feedback that ended for no reason", endOfFeedback, /nor on any after it/],
  [
    "I3",
    "days told a second time in another week",
    inFeedback((row, attempt) => ({ rows: [row, { ...row, on: row.on + 3, key: "x" }], attempts: [attempt] })),
    /were told twice/,
  ],
  ["I4", "a row that waits for ever", inFeedback(rowAs({ state: "queued", endedAt: null })), /is queued long after its time/],
  [
    "I4",
    "a row that was sent, of which the platform knows nothing",
    inFeedback((row) => ({ rows: [row], attempts: [] })),
    /took it 0 times/,
  ],
  ["I4", "a message that stands nowhere", inFeedback((_, attempt) => ({ rows: [], attempts: [attempt] })), /stands nowhere/],
  ["I4", "a row that expired for no reason", inFeedback(rowAs({ state: "expired", why: "late" })), /nothing kept it from being sent/],
  [
    "I4",
    "a row that was held back for a pause that never was",
    inFeedback(rowAs({ state: "suppressed", why: "paused" })),
    /there was no pause/,
  ],
  [
    "I4",
    "a row that ended and waits on",
    inFeedback((row, attempt) => ({ rows: [{ ...row, nextAt: row.dueAt }], attempts: [attempt] })),
    /waits on/,
  ],
  ["I4", "a try after the end of its use", inFeedback(movedBy(3 * usualDay)), /after its time/],
  ["I4", "a nudge that was never queued", nudgeGone, /it stands nowhere/],
  ["I6", "a message an hour early", inFeedback(movedBy(-61 * minute)), /at no time that was asked for/],
  ["I6", "a message two hours late", inFeedback(movedBy(2 * hour)), /at no time that was asked for/],
  ["I6", "a message a day late", inFeedback(movedBy(usualDay)), /at no time that was asked for/],
  [
    "I6",
    "a second try without a wait",
    inFeedback((row, attempt) => ({
      rows: [row],
      attempts: [
        { ...attempt, result: "later", isShown: false },
        { ...attempt, at: attempt.at + 1 },
      ],
    })),
    /was tried again after "later"/,
  ],
  ["I7", "minutes that were never trained", inFeedback(saying(/^Strength: \d+/m, "Strength: 999")), /must say "Strength: /],
  [
    "I7",
    "a streak that is none",
    inFeedback(saying(/^Cardio:/m, "Good weeks in a row: 77\nCardio:")),
    /may not say "Good weeks in a row: 77"/,
  ],
  [
    "I8",
    "a row that lay about",
    inFeedback((row, attempt) => ({ rows: [{ ...row, dueAt: row.dueAt - 7 * minute }], attempts: [attempt] })),
    /min before/,
  ],
  ["I11", "a message after stop", oneMoreAt(momentWhen(({ isStopped }) => isStopped)), /was sent after stop/],
  ["I12", "a message in a pause", oneMoreAt(pausedMoment), /was sent during a pause/],
  [
    "I12",
    "a message of a kind that is off",
    oneMoreAt(
      momentWhen(({ rest }) => !rest),
      "rest",
    ),
    /was sent of a kind that is off/,
  ],
  ["I12", "a message in quiet hours", oneMoreAt(quietMoment), /was sent in quiet hours/],
  [
    "I12",
    "two messages on one day",
    inFeedback((row, attempt) => ({ rows: [row], attempts: [attempt, { ...attempt, key: "rest too", at: attempt.at + minute }] })),
    /was the second message on/,
  ],
  ["I12", "a message to somebody whom messages do not reach", afterClosed, /had not reached them before/],
  ["I12", "a message after the last word", afterLastWord, /was sent after the last word, without a log/],
  ["I12", "a message to somebody who never logged", neverLogged, /was sent to somebody who never logged/],
];

describe("a fault in the record", () => {
  let chronicle: Chronicle | undefined;
  beforeAll(async () => {
    chronicle = await live(fewWeeks);
  }, patience);

  test.each(faults)("%s: %s is found, and said with the person and the moment", (rule, _, fault, finding) => {
    if (!chronicle) throw new Error("Plant a fault: there must be a record");
    const { whole, spoilt, name } = plant(chronicle, fault);
    const before = new Set(findingsOf(whole));
    const found = findingsOf(spoilt).filter((one) => !before.has(one) && finding.test(one));
    expect(found).not.toEqual([]);
    for (const one of found) expect(one).toMatch(new RegExp(`^${rule} ${RegExp.escape(name)} at 202\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d`, "u"));
  });

  test("I8: a moment at which something stayed due is found", () => {
    if (!chronicle) throw new Error("Plant a fault: there must be a record");
    expect(findingsOf({ ...chronicle, stuck: [chronicle.from + usualDay] })).toContainEqual(
      expect.stringContaining("still due after all that was due was done"),
    );
  });
});

function findingsOf(chronicle: Chronicle): readonly string[] {
  return checks.flatMap(([, check]) => check(chronicle));
}
