/** I4: whatever was to be said comes to one end, for a reason that holds, and nothing that was to be said is missing. */

import { type Attempt, attemptsByKey, type Chronicle, type Row, rowsByKey, type Story, tell, went as isGone } from "./chronicle.ts";
import { askedAt, dayOn, pauseOn } from "./journal.ts";
import { wantedInTheEvening, wantedInTheMorning } from "./nudges.ts";
import { dayText, minute, shownAt, usualDay } from "./wall.ts";

/** How often the platform must fail before something is given up. */
const mostTries = 8;
const patience = 5 * minute;

/** What broke the rule that nothing is dropped in silence. */
export function checkEnds({ stories, until }: Chronicle): readonly string[] {
  return stories.flatMap((story) => {
    const [rows, tries] = [rowsByKey(story), attemptsByKey(story)];
    return [
      ...story.rows.flatMap((row) => checkRow(story, row, tries.get(row.key) ?? [], until)),
      ...story.attempts.flatMap((attempt) => checkAttempt(story, attempt, rows.get(attempt.key))),
    ];
  });
}

function checkRow(story: Story, row: Row, tries: readonly Attempt[], until: number): readonly string[] {
  const { state, why, nextAt, endedAt, dueAt } = row;
  const isOpen = state === "queued" || state === "sending";
  const broken = (what: string): readonly string[] => [tell("I4", story, endedAt ?? dueAt, `"${row.key}" ${what}`)];
  if (isOpen) {
    const isOver = row.expiresAt + patience < until || nextAt === null || nextAt + patience < until;
    return isOver ? broken(`is ${state} long after its time`) : [];
  }
  if (nextAt !== null || endedAt === null) return broken(`is ${state} and waits on`);
  const wrong = wrongEnd(story, { ...row, endedAt }, tries, until);
  return wrong === undefined ? [] : broken(`is ${state}${why === null ? "" : `, ${why}`}, but ${wrong}`);
}

type Ended = Row & { readonly endedAt: number };

/** Why a row may not have ended so; undefined where it may. */
function wrongEnd(story: Story, row: Ended, tries: readonly Attempt[], until: number): string | undefined {
  const counted = (result: Attempt["result"]): number => tries.filter((one) => one.result === result).length;
  switch (row.state) {
    case "sent":
      return counted("sent") === 1 ? undefined : `the platform took it ${counted("sent")} times`;
    case "unknown":
      return counted("unknown") > 0 && counted("sent") === 0 ? undefined : "the platform left nothing open";
    case "parked":
      return counted("refused") === 1 || counted("later") >= mostTries ? undefined : `it was tried ${tries.length} times`;
    case "expired":
      return tries.some(({ result }) => result === "later" || result === "unknown") ? undefined : "nothing kept it from being sent";
    case "suppressed":
      return wrongReason(story, row, tries, until);
    default:
      return "that is no end";
  }
}

function wrongReason(story: Story, row: Ended, tries: readonly Attempt[], until: number): string | undefined {
  const { journal } = story;
  const { endedAt, kind, on } = row;
  const asked = askedAt(journal, endedAt);
  switch (row.why) {
    case "stopped":
      return asked.isStopped ? undefined : "messages were wanted";
    case "paused":
      return pauseOn(asked, dayOn(journal, endedAt)) ? undefined : "there was no pause";
    case "off":
      return (kind === "weekly" ? asked.feedback : asked[kind]) ? "it was on" : undefined;
    case "closed":
      return tries.some(({ result }) => result === "closed") || isClosed(story, endedAt) ? undefined : "messages reached them";
    case "one-a-day":
      return hasOther(story, row, until) ? undefined : "nothing else came that day";
    case "changed":
      return (kind === "rest" ? wantedInTheMorning : wantedInTheEvening)(journal, endedAt, on) ? "there was something to say" : undefined;
    case null:
    default:
      return "that is no reason";
  }
}

/** Whether the last message of all was not let in, and nothing was said since. */
function isClosed({ attempts, journal }: Story, at: number): boolean {
  const last = attempts.findLast((one) => one.at <= at);
  return last?.result === "closed" && !journal.acts.some((act) => last.at < act && act <= at);
}

/** Whether that local day had another message, or feedback that waited or was still to come. */
function hasOther({ journal, attempts, rows }: Story, { key, endedAt }: Ended, until: number): boolean {
  const today = dayOn(journal, endedAt);
  const { zone } = askedAt(journal, endedAt);
  const went = attempts.some((one) => one.key !== key && isGone(one) && dayOn(journal, one.at) === today);
  // Feedback that was still to come may have been moved after all, or the record ends before it.
  const changes = journal.settings.some(({ at }) => endedAt < at && at < endedAt + usualDay) || endedAt + usualDay > until;
  const weekly = rows.some(
    (row) =>
      row.kind === "weekly" &&
      (shownAt(row.dueAt, zone).day === today || (row.dueAt <= endedAt && endedAt <= (row.endedAt ?? Number.POSITIVE_INFINITY))),
  );
  return went || changes || weekly;
}

function checkAttempt(story: Story, { at, key, result }: Attempt, row: Row | undefined): readonly string[] {
  if (!row) return [tell("I4", story, at, `"${key}" was handed over and stands nowhere`)];
  if (result === "sent" && row.state !== "sent") return [tell("I4", story, at, `"${key}" was taken, and is ${row.state}`)];
  return at >= row.expiresAt ? [tell("I4", story, at, `"${key}" was tried after its time, for ${dayText(row.on)}`)] : [];
}
