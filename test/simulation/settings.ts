/** What simulated people set, and how often each thing. */

import { moveTo, type Person, type Said, set, setFeedback, setPlan, setQuiet, dayName } from "./acts.ts";
import { type Asked, clock } from "./journal.ts";
import { changing, zones } from "./places.ts";

/** One of all places, more often one whose clocks change. */
export function somePlace({ chance }: Pick<Person, "chance">): string {
  return chance.pick(chance.is(0.3) ? changing : zones);
}

const usualTimes: readonly number[] = [clock(7), clock(7, 30), clock(8), clock(8), clock(8), clock(9, 15), clock(12), clock(17, 45)];
const oddTimes: readonly number[] = [clock(0), clock(0, 30), clock(2, 30), clock(3, 5), clock(6), clock(21, 59), clock(23), clock(23, 30)];

/** Some weekday and time; odd ones lie in the usual quiet hours, or where clocks are changed. */
export function someFeedback({ chance }: Pick<Person, "chance">, odd = 0.2): Asked["feedback"] {
  return { weekday: chance.between(1, 7), time: chance.pick(chance.is(odd) ? oddTimes : usualTimes) };
}

const quietHours: readonly Asked["quiet"][] = [
  undefined,
  { from: clock(22), until: clock(7) },
  { from: clock(20), until: clock(9) },
  { from: clock(7), until: clock(22) },
  { from: clock(23), until: clock(6, 30) },
  { from: clock(0), until: clock(8, 30) },
  { from: clock(21), until: clock(8, 15) },
  { from: clock(8), until: clock(8, 45) },
  { from: clock(22), until: clock(2, 30) },
  { from: clock(18), until: clock(17) },
  { from: clock(1, 15), until: clock(1, 45) },
];

/** Some quiet hours, or none: short and long ones, and over the times at which messages come. */
export function someQuietHours({ chance }: Pick<Person, "chance">): Asked["quiet"] {
  return chance.pick(quietHours);
}

const planDays: readonly (readonly number[])[] = [[2, 5], [1, 4], [6], [3, 7], [1, 3, 5], [2, 4, 6], [6, 7], [1, 2, 4, 5]];

/** Some days and minutes. */
export function somePlan({ chance }: Pick<Person, "chance">): Asked["plan"] {
  return { days: chance.pick(planDays), minutes: chance.pick([15, 20, 20, 25, 30]) };
}

/** A change of one setting, whichever. */
export function changeSomething(person: Person): Said {
  const { chance } = person;
  const asked = person.asked();
  const changes: readonly (() => Said)[] = [
    () => setFeedback(person, someFeedback(person)),
    () => setFeedback(person, asked.feedback && chance.is(0.4) ? undefined : someFeedback(person)),
    () => setFirstDay(person, chance.between(1, 7)),
    () => setQuiet(person, someQuietHours(person)),
    () => setNudges(person, !asked.rest),
    () => setTrainingNudges(person, !asked.training),
    () => setPlan(person, asked.plan && chance.is(0.2) ? undefined : somePlan(person)),
    () => setBand(person, asked.band ? undefined : { min: 60, max: 120 }),
    () => moveTo(person, somePlace(person)),
  ];
  return chance.pick(changes)();
}

/** Sets the first day of the week. */
export function setFirstDay(person: Person, firstDay: number): Said {
  return set(person, `first day ${dayName(firstDay)}`, { firstDay });
}

/** Turns the words on the day after strength on or off. */
export function setNudges(person: Person, rest: boolean): Said {
  return set(person, `nudges ${rest ? "on" : "off"}`, { rest });
}

/** Turns the words on the evening of a planned day on or off. */
export function setTrainingNudges(person: Person, training: boolean): Said {
  return set(person, `training nudges ${training ? "on" : "off"}`, { training });
}

/** Sets a band of their own, or none. */
export function setBand(person: Person, band: Asked["band"]): Said {
  return set(person, `band ${band ? `${band.min}-${band.max}` : "off"}`, { band });
}
