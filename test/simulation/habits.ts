/** What simulated people do over and over: each habit is a stream of steps in the order of time. */

import {
  type ActivityWord,
  log,
  look,
  mend,
  moveDay,
  moveTo,
  pause,
  type Person,
  resume,
  type Said,
  setFeedback,
  setQuiet,
  stop,
  undo,
} from "./acts.ts";
import { clock, isPlanned } from "./journal.ts";
import { changeSomething, somePlace, someQuietHours } from "./settings.ts";
import { hour, minute, second, usualDay, wallAt, weekdayOf, weekStart } from "./wall.ts";

/** At `at` the person says something, or something happens to them without a word. */
export type Step = { readonly at: number; readonly act: (at: number) => Said | undefined };

/** Steps in the order of time. */
export type Stream = Iterator<Step, void>;

/** Instants from `from` until `until`. */
export type Stretch = { readonly from: number; readonly until: number };

/** How somebody trains: on which part of their planned days and of all others, and how many minutes. */
export type Training = { readonly planned: number; readonly other: number; readonly minutes: readonly number[] };

const trained: readonly ActivityWord[] = ["strength", "strength", "strength", "strength", "circuit", "walk"];

/** Trains, and logs it mostly on the same day. */
export function* train(person: Person, { from, until }: Stretch, { planned, other, minutes }: Training): Generator<Step, void> {
  const { chance } = person;
  for (let day = person.today(from); ; day += 1) {
    const at = onDay(person, day, 6, 21);
    if (at >= until) return;
    const part = (person.asked().plan?.days.includes(weekdayOf(day)) ?? false) ? planned : other;
    if (at <= from || !chance.is(part)) continue;
    const ago = chance.is(0.88) ? 0 : chance.pick([1, 1, 1, 1, 2, 3, 5, 7, 9]);
    const also = chance.is(0.2) ? [{ minutes: 30, word: chance.pick<ActivityWord>(["walk", "run"]) }] : [];
    const all = [{ minutes: chance.pick(minutes), word: chance.pick(trained), ago }, ...also];
    yield { at, act: (now) => log(person, now, all) };
  }
}

/** Some moment of `day` between two hours of the person's own clock; few speak at second 0. */
function onDay(person: Person, day: number, first: number, last: number): number {
  const { chance } = person;
  const seconds = chance.is(0.05) ? 0 : chance.between(1, 59) * second;
  return wallAt(day, clock(chance.between(first, last), chance.between(0, 59)), person.asked().zone) + seconds;
}

type Gap = { readonly least: number; readonly most: number };

/** Moments that are so many days apart. Of those of people who like to act when something is due, half are about then. */
function* moments(person: Person, { from, until }: Stretch, { least, most }: Gap): Generator<number, void> {
  const { chance } = person;
  for (let at = from; ;) {
    const day = person.today(at) + chance.between(least, most);
    const { feedback, zone } = person.asked();
    const isAboutDue = feedback !== undefined && chance.is(0.5);
    const dueDay = isAboutDue ? weekStart(day, feedback.weekday) + 7 : day;
    at = isAboutDue ? wallAt(dueDay, feedback.time, zone) + chance.between(-90, 90) * minute + 7 * second : onDay(person, day, 5, 23);
    if (at >= until) return;
    yield at;
  }
}

/** Takes the last thing back, some of the time, and sometimes does it again. */
function* regret(person: Person, at: number, part: number): Generator<Step, void> {
  const { chance } = person;
  const later = chance.pick([2 * minute, 40 * minute, 5 * hour, usualDay]) + chance.between(0, 59) * second;
  if (!chance.is(part)) return;
  yield { at: at + later, act: () => undo(person) };
  if (chance.is(0.3)) yield { at: at + later + 11 * minute, act: () => undo(person) };
}

/** Moves to other time zones of `places`, and back and forth across the date line where these lie there. */
export function* travel(person: Person, stretch: Stretch, places: readonly string[]): Generator<Step, void> {
  for (const at of moments(person, stretch, { least: 6, most: 40 })) {
    yield { at, act: () => moveTo(person, person.chance.pick(places)) };
    yield* regret(person, at, 0.2);
  }
}

/** Changes one setting after the other, and some of them back. */
export function* fiddle(person: Person, stretch: Stretch): Generator<Step, void> {
  for (const at of moments(person, stretch, { least: 3, most: 15 })) {
    yield { at, act: () => changeSomething(person) };
    yield* regret(person, at, 0.25);
  }
}

/** Changes a setting in the very minute in which feedback is due, as the week before has taught them. */
export function* changeWhenDue(person: Person, { from, until }: Stretch): Generator<Step, void> {
  const { chance } = person;
  for (let at = from + usualDay; at < until;) {
    const next = person.heardAt === undefined ? at : person.heardAt + 7 * usualDay - chance.between(1, 59) * second;
    at = next > at ? next : at + 3 * usualDay;
    const change = chance.pick(["zone", "zone", "feedback", "quiet", "anything"] as const);
    yield {
      at,
      act() {
        if (person.heardAt === undefined || chance.is(0.3)) return undefined;
        if (change === "zone") return moveTo(person, somePlace(person));
        if (change === "quiet") return setQuiet(person, someQuietHours(person));
        const { feedback } = person.asked();
        return change === "feedback" && feedback
          ? setFeedback(person, { ...feedback, weekday: chance.between(1, 7) })
          : changeSomething(person);
      },
    };
  }
}

/** Pauses for a while, and sometimes comes back early or makes it longer. */
export function* pauseAtTimes(person: Person, stretch: Stretch): Generator<Step, void> {
  const { chance } = person;
  for (const at of moments(person, stretch, { least: 10, most: 50 })) {
    const days = chance.pick([1, 2, 3, 7, 7, 10, 14, 14, 21, 30]);
    yield { at, act: (now) => pause(person, now, days) };
    const early = at + chance.between(1, days * 24) * hour + 13 * second;
    if (chance.is(0.4)) yield { at: early, act: (now) => (chance.is(0.7) ? resume(person, now) : pause(person, now, 7)) };
    else yield* regret(person, at, 0.2);
  }
}

/** Ends all messages, and after some weeks wants them back. */
export function* stopAtTimes(person: Person, stretch: Stretch): Generator<Step, void> {
  const { chance } = person;
  for (const at of moments(person, stretch, { least: 12, most: 70 })) {
    yield { at, act: () => (person.asked().isStopped ? undefined : stop(person)) };
    if (chance.is(0.15)) yield { at: at + 3 * minute, act: () => undo(person) };
    const back = at + chance.pick([1, 4, 8, 15, 30, 60]) * usualDay + chance.between(1, 1440) * minute + 29 * second;
    if (chance.is(0.8)) yield { at: back, act: (now) => resume(person, now) };
  }
}

/** Messages do not reach the person for days or weeks. */
export function* closeAtTimes(person: Person, stretch: Stretch): Generator<Step, void> {
  for (const at of moments(person, stretch, { least: 8, most: 45 })) {
    const days = person.chance.between(2, 30);
    yield {
      at,
      act(now) {
        person.close(now, now + days * usualDay);
        return undefined;
      },
    };
  }
}

/** Moves a planned day of a week to another one. */
export function* moveDays(person: Person, stretch: Stretch): Generator<Step, void> {
  for (const at of moments(person, stretch, { least: 5, most: 20 })) yield { at, act: (now) => moveSomeDay(person, now) };
}

function moveSomeDay(person: Person, at: number): Said | undefined {
  const asked = person.asked();
  const week = weekStart(person.today(at), asked.firstDay);
  const days = [0, 1, 2, 3, 4, 5, 6].map((place) => week + place);
  const planned = days.filter((day) => isPlanned(asked, day));
  const free = days.filter((day) => !isPlanned(asked, day));
  if (planned.length === 0 || free.length === 0) return undefined;
  return moveDay(person, at, weekdayOf(person.chance.pick(planned)), weekdayOf(person.chance.pick(free)));
}

/** Removes or corrects what was logged, also of weeks that were spoken of. */
export function* mendAtTimes(person: Person, stretch: Stretch, gap: Gap): Generator<Step, void> {
  for (const at of moments(person, stretch, gap)) yield { at, act: (now) => mend(person, now) };
}

/** Looks, and does nothing. */
export function* lookAtTimes(person: Person, stretch: Stretch, gap: Gap): Generator<Step, void> {
  for (const at of moments(person, stretch, gap)) yield { at, act: () => look(person.chance.pick(["/week", "/schedule", "/help"])) };
}
