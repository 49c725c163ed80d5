/** A thousand simulated people, each with habits of their own. */

import { createPerson, log, moveTo, type Person, type Said, setFeedback, setPlan, setQuiet } from "./acts.ts";
import { type Chance, createChance } from "./chance.ts";
import {
  changeWhenDue,
  closeAtTimes,
  fiddle,
  lookAtTimes,
  mendAtTimes,
  moveDays,
  pauseAtTimes,
  type Step,
  stopAtTimes,
  type Stream,
  type Stretch,
  train,
  type Training,
  travel,
} from "./habits.ts";
import { type Asked, usual } from "./journal.ts";
import { acrossTheDateLine, changesOf, changing, zones } from "./places.ts";
import { setFirstDay, setNudges, setTrainingNudges, someFeedback, somePlan, someQuietHours } from "./settings.ts";
import { minute, second, shownAt, usualDay, weekdayOf } from "./wall.ts";

/** Somebody, and all that they will do. */
export type Simulated = { readonly person: Person; readonly streams: readonly Stream[] };

const twice: Training = { planned: 0.8, other: 0.25, minutes: [15, 20, 20, 25, 30] };
const planned: Training = { planned: 0.8, other: 0.05, minutes: [15, 20, 20, 20, 30] };
const heavy: Training = { planned: 0.9, other: 0.5, minutes: [30, 45, 60] };
const seldom: Training = { planned: 0.3, other: 0.09, minutes: [10, 20, 40] };

type Habit = (person: Person, stretch: Stretch) => readonly Stream[];

/** How often each habit is among a hundred people, and what it is made of. Most people leave, as they do. */
const habits: readonly (readonly [name: string, part: number, habit: Habit])[] = [
  [
    "planner",
    8,
    (person, stay) => [train(person, stay, planned), moveDays(person, stay), mendAtTimes(person, stay, { least: 20, most: 80 })],
  ],
  ["twice a week", 6, (person, stay) => [train(person, stay, twice), mendAtTimes(person, stay, { least: 20, most: 80 })]],
  ["lifter", 3, (person, stay) => [train(person, stay, heavy)]],
  ["sporadic", 8, (person, stay) => [train(person, stay, seldom)]],
  ["leaver", 40, (person, stay) => [trainAndLeave(person, stay)]],
  ["stopper", 5, (person, stay) => [train(person, stay, seldom), stopAtTimes(person, stay)]],
  ["pauser", 5, (person, stay) => [train(person, stay, twice), pauseAtTimes(person, stay)]],
  ["traveller", 5, (person, stay) => [train(person, stay, twice), travel(person, stay, acrossTheDateLine)]],
  ["nomad", 3, (person, stay) => [train(person, stay, planned), travel(person, stay, zones)]],
  ["fiddler", 6, (person, stay) => [train(person, stay, planned), fiddle(person, stay), mendAtTimes(person, stay, { least: 9, most: 40 })]],
  ["minute hand", 2, (person, stay) => [train(person, stay, twice), changeWhenDue(person, stay)]],
  ["hermit", 3, (person, stay) => [train(person, stay, seldom), closeAtTimes(person, stay)]],
  ["night owl", 4, (person, stay) => [train(person, stay, seldom)]],
  ["looker", 2, (person, stay) => [lookAtTimes(person, stay, { least: 5, most: 60 })]],
];

/** Which people are simulated: those with the numbers from `first` until before `until`; only those of `habits` where it is given. */
export type Crowd = { readonly first: number; readonly until: number; readonly habits?: readonly string[] };

/** All of `crowd`. The same number is the same person for the same seed and year. */
export function createPeople(seed: string, { first, until, habits: some }: Crowd, year: Stretch): readonly Simulated[] {
  const all = Array.from({ length: until - first }, (_, index) => createOne(seed, first + index, year));
  return some ? all.filter(({ person }) => some.includes(person.journal.habit)) : all;
}

function createOne(seed: string, number: number, year: Stretch): Simulated {
  const chance = createChance(`${seed} ${number}`);
  const [name, , habit] = habitOf(chance);
  const person = createPerson(`${name} ${number}`, name, chance);
  const stay = stayOf(chance, name, year);
  const joining = join(person, stay, zones[number % zones.length] ?? usual.zone);
  return { person, streams: [joining, ...habit(person, { from: stay.from + usualDay, until: stay.until })] };
}

/** Some are there all year; most come at some time and go at another; and whoever waits for clocks to change is there when they do. */
function stayOf(chance: Chance, habit: string, { from, until }: Stretch): Stretch {
  if (habit === "night owl" || chance.is(0.1)) return { from: from + chance.between(0, 20 * 24 * 60) * minute, until };
  const days = Math.floor((until - from) / usualDay);
  const joined = chance.between(0, days - 20);
  const length = chance.between(14, 160) * usualDay + chance.between(0, 1440) * minute;
  return { from: from + joined * usualDay + chance.between(0, 1440) * minute, until: Math.min(until, from + joined * usualDay + length) };
}

function habitOf(chance: Chance): (typeof habits)[number] {
  const all = habits.flatMap((habit) => Array.from({ length: habit[1] }, () => habit));
  return chance.pick(all);
}

/** The first things somebody says: what they set, in any order, and their first log somewhere among it. */
function* join(person: Person, { from, until }: Stretch, home: string): Generator<Step, void> {
  const { chance } = person;
  const { habit } = person.journal;
  const owl = habit === "night owl" ? nightOf(chance, { from: from + 21 * usualDay, until }) : undefined;
  const zone = owl?.zone ?? home;
  const hasPlan = habit === "planner" || habit === "nomad" || habit === "fiddler" || chance.is(0.1);
  const setting: readonly (false | ((at: number) => Said))[] = [
    zone !== usual.zone && (() => moveTo(person, zone)),
    hasPlan && (() => setPlan(person, somePlan(person))),
    chance.is(0.5) && (() => setNudges(person, false)),
    chance.is(habit === "planner" ? 0.6 : 0.1) && (() => setTrainingNudges(person, true)),
    (owl !== undefined || chance.is(0.3)) && (() => setFeedback(person, owl?.feedback ?? someFeedback(person, 0.1))),
    (owl !== undefined || chance.is(0.12)) && (() => setQuiet(person, owl && chance.is(0.8) ? undefined : someQuietHours(person))),
    chance.is(owl ? 0 : 0.2) && (() => setFirstDay(person, chance.pick([6, 7, 7, 7, 2]))),
    habit !== "looker" && ((at) => log(person, at, [{ minutes: 20, word: "strength", ago: chance.pick([0, 0, 0, 1, 4]) }])),
  ];
  const shuffled = setting.map((act) => ({ act, place: chance.next() })).toSorted((one, other) => one.place - other.place);
  let at = from;
  for (const act of shuffled.map((one) => one.act).filter((one) => one !== false)) {
    at += chance.between(20, 400) * second;
    yield { at, act };
  }
}

type Night = { readonly zone: string; readonly feedback: NonNullable<Asked["feedback"]> };

/** A place, and a time of the week that its clocks skip or show twice at one of their changes. */
function nightOf(chance: Chance, year: Stretch): Night | undefined {
  const zone = chance.pick(changing);
  const changes = changesOf(zone, year.from, year.until);
  if (changes.length === 0) return undefined;
  const change = chance.pick(changes);
  const [before, after] = [shownAt(change - minute, zone), shownAt(change, zone)];
  const middle = Math.floor((after.day * usualDay + after.time + before.day * usualDay + before.time + minute) / 2 / minute) * minute;
  const day = Math.floor(middle / usualDay);
  return { zone, feedback: { weekday: weekdayOf(day), time: middle - day * usualDay } };
}

/** Trains for some weeks, leaves without a word, and some come back after months. */
function* trainAndLeave(person: Person, stay: Stretch): Generator<Step, void> {
  const { chance } = person;
  for (let from = stay.from; from < stay.until;) {
    const until = Math.min(stay.until, from + chance.between(1, 6) * 7 * usualDay);
    yield* train(person, { from, until }, twice);
    from = until + chance.between(4, 24) * 7 * usualDay;
  }
}
