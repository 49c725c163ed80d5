/** Group messages in channels: the round-up of last week and the check-in on the current one. */

import { type Board, type Row, statuses } from "#core/groups/board.ts";
import { dayNumber, holds } from "#core/lib/time.ts";
import { type Block, bold, buttons, type Choice, text } from "#core/model/reply.ts";
import { dateName, list, ordinal, sentence, statusWords, numberWord } from "#core/phrases.ts";
import { drawGroup } from "#core/pictures/group.ts";

/** With more members than this, only counts are posted. The board has all names. */
const mostNames = 24;

/** Last week's round-up: the group's result and, if `isNamed`, each member's status, sorted by name. */
export function sayRoundUp(board: Board, isNamed: boolean): readonly Block[] {
  const isSmall = board.rows.length <= mostNames;
  const hasNames = isNamed && isSmall && board.rows.length > 0;
  return [
    text(bold(`${board.group.name}: ${weekOutcome(board)}.`), ` ${hasNames ? nameList(board.rows) : countSentence(board.rows)}`),
    text(`Week of ${dateName(board.week.from, board.week.until)}${cheersWords(board.cheers)}.`),
    ...(hasNames ? [{ kind: "picture" as const, name: `group-${board.week.from.toString()}`, svg: drawGroup(board) }] : []),
    buttons(...(isNamed ? [cheer(board)] : []), log, boardChoice(board), settings),
  ];
}

/** "third good week in a row". */
function weekOutcome({ outcome, streak }: Board): string {
  if (outcome === "quiet") return "a quiet week";
  if (outcome === "short") return "a week on the way";
  return streak > 1 ? `${ordinal(streak)} good week in a row` : "a good week";
}

function nameList(rows: readonly Row[]): string {
  const parts = statuses.flatMap((status) => {
    const names = rows.filter((row) => row.status === status).map(({ name }) => name);
    return names.length > 0 ? [`${sentence(statusWords[status])}: ${names.join(", ")}.`] : [];
  });
  const others = rows.filter(({ status }) => status === undefined).map(({ name }) => name);
  return [...parts, ...(others.length > 0 ? [`Also here: ${others.join(", ")}.`] : [])].join(" ");
}

/** "Three in their zone, one on the way and two resting." */
export function countSentence(rows: readonly Row[]): string {
  const parts = statuses.flatMap((status) => {
    const count = rows.filter((row) => row.status === status).length;
    return count > 0 ? [`${numberWord(count)} ${statusWords[status]}`] : [];
  });
  return parts.length > 0 ? `${sentence(list(parts))}.` : "Nobody shares how their week stands.";
}

function cheersWords(cheers: number): string {
  if (cheers === 0) return "";
  return cheers === 1 ? "; one cheer" : `; ${numberWord(cheers)} cheers`;
}

function cheer({ group, week }: Board): Choice {
  return { label: "Cheer", says: `/group cheer ${group.id} ${week.from.toString()}` };
}

const log: Choice = { label: "Log", says: "/entry", field: { label: "Session", value: "20 strength" } };
const settings: Choice = { label: "Settings", says: "/group settings" };

function boardChoice({ group }: Board): Choice {
  return { label: "Board", says: `/group board ${group.id}` };
}

/** The check-in on the current week: the days left and how many members have logged. It names nobody. */
export function sayCheckIn(board: Board, today: Temporal.PlainDate, isOpen: boolean): readonly Block[] {
  const { group, week, logged } = board;
  const count = sentence(numberWord(logged));
  const some = logged === 0 ? "" : logged === 1 ? "One of you has logged; there" : `${count} of you have logged; there`;
  const isUnderWay = isOpen && holds(week, today);
  const left = dayNumber(week.until) - dayNumber(today);
  return [
    isUnderWay
      ? text(bold(daysLeft(left)), ` ${some === "" ? "There" : some} is room for everyone.`)
      : text(bold("That week is over."), ` ${logged === 0 ? "It was a quiet one." : `${count} of you logged.`}`),
    buttons(
      ...(isUnderWay ? [{ label: "Log 20 min", says: "/log 20 strength" }] : []),
      log,
      ...(isUnderWay ? [{ label: "Rest week", says: `/group rest ${group.id} ${week.from.toString()}` }] : []),
      boardChoice(board),
      settings,
    ),
  ];
}

function daysLeft(count: number): string {
  if (count === 7) return "A new week.";
  if (count === 3 || count === 4) return "Half of the week is left.";
  return count === 1 ? "The last day of the week." : `${sentence(numberWord(count))} days of the week are left.`;
}

/** Replaces the live messages of a deleted group. */
export function sayEnded(): readonly Block[] {
  return [text(bold("This group has ended."), " What it said here is taken back.")];
}
