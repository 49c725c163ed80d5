/** Settings from an imported file: parsed by the rules of the commands, and merged into a user. */

import type { ExportedPerson } from "#core/data/export-schema.ts";
import { findMeaning, isActivity } from "#core/evidence/activities.ts";
import { evidence, type ZoneId } from "#core/evidence/evidence.ts";
import { activityIdOf, type Minutes } from "#core/lib/ids.ts";
import { foldWord, quotable } from "#core/lib/text.ts";
import { parseTimeZone, type TimeZone, type Weekday, weekdays } from "#core/lib/time.ts";
import { earliestDay, type ImportRefusal } from "#core/model/import.ts";
import { createUser, type User } from "#core/model/user.ts";
import { couldMean, maxWords } from "#core/parsing/own-words.ts";
import { parsePlan } from "#core/parsing/plan.ts";
import { weekdayName } from "#core/phrases.ts";
import { arePauses } from "#core/training/pauses.ts";
import { type Setting, settings } from "./parse-settings.ts";

/** The settings of `person`, not yet validated: see `findBadSetting`. Leaves out own words that the catalogue now knows. */
export function settingsOf(person: ExportedPerson): Partial<User> {
  const { feedback, quietHours, band, plan, moved, pauses, words, told, restNudges, trainingNudges, isStopped, over65 } = person;
  const day = Temporal.PlainDate.from;
  const time = Temporal.PlainTime.from;
  return {
    timeZone: parseTimeZone(person.timeZone) ?? (person.timeZone as TimeZone),
    firstDay: person.firstDay as Weekday,
    feedback: feedback ? { weekday: feedback.weekday as Weekday, time: time(feedback.time) } : undefined,
    quietHours: quietHours ? { from: time(quietHours.from), until: time(quietHours.until) } : undefined,
    band: band ? { ...band, setOn: day(band.setOn) } : undefined,
    plan: plan ? { days: plan.days as Weekday[], minutes: plan.minutes as Minutes } : undefined,
    moved: moved ? { week: day(moved.week), days: moved.days as Weekday[] } : undefined,
    pauses: pauses.map(({ from, until }) => ({ from: day(from), until: day(until) })),
    words: Object.fromEntries(Object.entries(words).flatMap(([word, id]) => (isNamed(word) ? [] : [[word, activityIdOf(id)] as const]))),
    told: told as ZoneId[],
    restNudges,
    trainingNudges,
    isStopped,
    over65,
  };
}

/** Whether `word` is the catalogue's name of one activity, so that it is not needed as an own word. */
function isNamed(word: string): boolean {
  return findMeaning(word)?.kind === "activity";
}

/** A refusal for the first setting that no command would accept on `today`, with its value; undefined if all are valid. */
export function findBadSetting(outcome: Partial<User>, usual: User, today: Temporal.PlainDate): ImportRefusal | undefined {
  const user: User = { ...usual, ...outcome };
  const no = (name: string, said: string): ImportRefusal => ({ kind: "setting", said: `${name}; ${quotable(said)}` });
  const bad = settings.find((setting) => !isTaken(setting, user, today));
  if (bad) return no(bad.name, bad.show(user));
  if (user.plan && !isPlan(user.plan)) return no("plan", `${user.plan.days.length} days of ${user.plan.minutes} min`);
  if (user.moved && !(areDays(user.moved.days) && isPast(user.moved.week, today))) return no("moved", user.moved.week.toString());
  if (!arePauses(user.pauses, today)) return no("pauses", `${user.pauses.length} of them`);
  if (!areZones(user.told)) return no("told", `${user.told.length} of them`);
  return findBadWord(user.words, no);
}

/** Whether `/settings` with the shown value would give the same value. A band may have been set on an earlier day. */
function isTaken({ key, show, change }: Setting, outcome: User, today: Temporal.PlainDate): boolean {
  const given = change(show(outcome), outcome, today);
  if (!given) return false;
  if (key === "band" && outcome.band && given.band)
    return isPast(outcome.band.setOn, today) && toJson({ ...given.band, setOn: outcome.band.setOn }) === toJson(outcome.band);
  return toJson(given[key]) === toJson(outcome[key]);
}

function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function isPast(day: Temporal.PlainDate, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(day, earliestDay) >= 0 && Temporal.PlainDate.compare(day, today) <= 0;
}

/** Whether `days` are in week order without duplicates. */
function areDays(days: readonly Weekday[]): boolean {
  return toJson(days) === toJson(weekdays.filter((day) => days.includes(day)));
}

function isPlan(plan: NonNullable<User["plan"]>): boolean {
  const { days, minutes } = plan;
  return areDays(days) && toJson(parsePlan(`${minutes} ${days.map(weekdayName).join(" ")}`)) === toJson(plan);
}

function areZones(told: readonly ZoneId[]): boolean {
  const known = evidence.dose.zones.list.map(({ id }) => id);
  return new Set(told).size === told.length && told.every((id) => known.includes(id));
}

function findBadWord(words: User["words"], no: (name: string, said: string) => ImportRefusal): ImportRefusal | undefined {
  const all = Object.entries(words);
  if (all.length > maxWords) return no("words", `${all.length} of them`);
  const bad = all.find(([word, id]) => word !== foldWord(word) || !isActivity(id) || !couldMean(word, id));
  return bad && no("words", bad[0]);
}

/** Whether the user has only default settings. The time zone is ignored. */
export function isUnset(user: User): boolean {
  const usual = createUser(user.id, user.timeZone, user.joinedAt);
  return JSON.stringify(withNull(user)) === JSON.stringify(withNull(usual));
}

/** The user with the imported settings. A user who stopped all messages stays stopped. */
export function withSettings(user: User, outcome: User): User {
  return { ...outcome, id: user.id, joinedAt: user.joinedAt, isStopped: user.isStopped || outcome.isStopped };
}

function withNull(user: User) {
  return Object.entries(user).map(([key, value]) => [key, (value as unknown) ?? null] as const);
}
