/** The texts of session history, corrections and undo. */

import { shortName } from "#core/evidence/activities.ts";
import type { Activity } from "#core/evidence/evidence.ts";
import { type Block, bold, text } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import { quotable } from "#core/lib/text.ts";
import { dateName, dayName, list, sentence, sessionList, sessionName, type Spoken, weekStatus } from "#core/phrases.ts";

/** "Tue 24 Nov: 20 min strength, “felt easy”", shortened to fit a button. */
export function rowLabel(session: Session, today: Temporal.PlainDate): string {
  const row = `${dateName(session.day, today)}: ${sessionName(session)}`;
  return quotable(session.note ? `${row}, “${session.note}”` : row, 74);
}

/** The heading of a page of history. */
export function sayHistory(count: number, page: number, activity: Activity | undefined): Block {
  const what = activity ? `${shortName(activity)} sessions` : "sessions";
  if (count === 0) return text(bold(page > 1 ? `No more ${what}.` : `No ${what} yet.`), page > 1 ? "" : " The first one starts the list.");
  return text(bold(page > 1 ? `Your ${what}, page ${page}.` : `Your latest ${what}.`), " Pick one to correct or remove it.");
}

/** One session with all details. */
export function saySession(session: Session, today: Temporal.PlainDate): Block {
  const note = session.note ? `, “${session.note}”` : "";
  return text(
    bold(`${sentence(dayName(session.day, today))}: ${sessionName(session)}.`),
    ` ${sentence(session.intensity)} intensity${note}.`,
  );
}

/** A session was corrected. */
export function sayCorrected(before: Session, after: Session, spoken: Spoken): Block {
  const { today } = spoken;
  return text(
    bold("Corrected."),
    ` ${sentence(sessionList([before], today))} is now ${sessionList([after], today)}; ${weekStatus(spoken)}.`,
  );
}

/** The way a mixed session counts was changed. */
export function sayCounted(session: Session, spoken: Spoken): Block {
  const kind = session.shares.strength > 0 ? "strength" : "cardio";
  return text(bold("Changed."), ` ${sentence(sessionName(session))} counts as ${kind}; ${weekStatus(spoken)}.`);
}

/** A session was removed. */
export function sayRemoved(session: Session, spoken: Spoken): Block {
  return text(bold("Removed."), ` ${sentence(sessionList([session], spoken.today))} is out; ${weekStatus(spoken)}.`);
}

/** What an undo or redo added and removed, and whether settings changed. */
export type Toggled = {
  readonly isUndo: boolean;
  readonly added: readonly Session[];
  readonly removed: readonly Session[];
  readonly settings: boolean;
};

/** An action was undone or redone. */
export function sayToggled({ isUndo, added, removed, settings }: Toggled, spoken: Spoken): Block {
  const { today } = spoken;
  const sums = added.length + removed.length > 0 ? `; ${weekStatus(spoken)}` : "";
  const parts = [
    ...(removed.length > 0 ? [`${sessionList(removed, today)} ${removed.length > 1 ? "are" : "is"} out`] : []),
    ...(added.length > 0 ? [`${sessionList(added, today)} ${added.length > 1 ? "are" : "is"} in`] : []),
    ...(settings ? [isUndo ? "your settings are as they were" : "your settings are changed again"] : []),
  ];
  return text(bold(isUndo ? "Taken back." : "Done again."), ` ${sentence(list(parts))}${sums}.`);
}
