/** What simulated people say, and what they note of it in their own journal. */

import { type Asked, type Bout, type BoutChange, boutsAt, type Journal, pauseOn, usual } from "./journal.ts";
import type { Chance } from "./chance.ts";
import { dayText, shownAt, timeText, weekStart } from "./wall.ts";

/** A simulated person. */
export type Person = {
  readonly name: string;
  readonly chance: Chance;
  readonly journal: Journal;
  /** When their last weekly feedback came. */
  heardAt: number | undefined;
  /** All that they have set by now. */
  asked(): Asked;
  /** Their local day at `at`. */
  today(at: number): number;
  /** Messages do not reach them for that time. */
  close(from: number, until: number): void;
  /** They said something. */
  spoke(at: number): void;
  /** They did something. */
  note(act: Act): void;
  /** The last thing they did, which `/undo` turns. */
  last(): Act | undefined;
};

/** Something done: settings before and after, or bouts that came in and went out. */
type Act = { readonly at: number; readonly before: Asked; readonly after: Asked; readonly bouts: readonly Omit<BoutChange, "at">[] };

/** Words for the coach, the answer that must come, and what the person notes then; `id` is that of the request. */
export type Said = { readonly text: string; readonly answer: RegExp; note(at: number, id: string): void };

/** A person who has done nothing yet. */
export function createPerson(name: string, habit: string, chance: Chance): Person {
  const settings: { at: number; asked: Asked }[] = [];
  const loggedMinutes: BoutChange[] = [];
  const closed: { from: number; until: number }[] = [];
  const acts: number[] = [];
  let last: Act | undefined;
  const asked = (): Asked => settings.at(-1)?.asked ?? usual;
  return {
    name,
    chance,
    journal: { name, habit, settings, bouts: loggedMinutes, acts, closed },
    heardAt: undefined,
    asked,
    today: (at) => shownAt(at, asked().zone).day,
    spoke: (at) => void acts.push(at),
    close: (from, until) => void closed.push({ from, until }),
    note(act) {
      if (act.after !== act.before) settings.push({ at: act.at, asked: act.after });
      loggedMinutes.push(...act.bouts.map((change) => ({ ...change, at: act.at })));
      last = act;
    },
    last: () => last,
  };
}

/** What can be trained: the part of the minutes that is strength, and how often a minute counts as aerobic. */
const activities = {
  strength: { strength: 1, aerobic: 0 },
  circuit: { strength: 0.5, aerobic: 0.5 },
  walk: { strength: 0, aerobic: 1 },
  run: { strength: 0, aerobic: 2 },
} as const;

/** One of them. */
export type ActivityWord = keyof typeof activities;

/** A bout as it is said. */
export type Trained = { readonly minutes: number; readonly word: ActivityWord; readonly ago?: number };

/** Logs what was trained; `ago` days ago where it says so. */
export function log(person: Person, at: number, trained: readonly Trained[]): Said {
  const today = person.today(at);
  const parts = trained.map(({ minutes, word, ago = 0 }) => `${minutes} ${word}${ago === 0 ? "" : ` ${dayText(today - ago)}`}`);
  return {
    text: parts.join(", "),
    answer: / logged/,
    note(when, id) {
      const loggedMinutes = trained.map(({ ago = 0, ...one }, index) => boutOf(`${id}.${index}`, today - ago, one));
      note(person, when, { bouts: loggedMinutes.map((bout) => ({ isIn: true, bout })) });
    },
  };
}

function boutOf(id: string, day: number, { minutes, word }: Trained): Bout {
  const { strength, aerobic } = activities[word];
  return { id, day, strength: minutes * strength, aerobic: minutes * aerobic };
}

function note(
  person: Person,
  at: number,
  { after, bouts: loggedMinutes = [] }: { readonly after?: Asked; readonly bouts?: Act["bouts"] },
): void {
  const before = person.asked();
  person.note({ at, before, after: after ?? before, bouts: loggedMinutes });
}

/** Removes one of the latest bouts, or says it anew with other minutes; nothing where there is none to be changed. */
export function mend(person: Person, at: number): Said | undefined {
  const some = boutsAt(person.journal, at).slice(-4);
  if (some.length === 0) return undefined;
  const bout = person.chance.pick(some);
  const out = { isIn: false, bout };
  if (person.chance.is(0.5)) {
    return { text: `/remove ${bout.id}`, answer: /^Removed\./, note: (when) => note(person, when, { bouts: [out] }) };
  }
  const minutes = 5 * person.chance.between(2, 8);
  const anew = boutOf(bout.id, bout.day, { minutes, word: "strength" });
  return {
    text: `/correct ${bout.id} ${minutes} strength`,
    answer: /^Corrected\./,
    note: (when) => note(person, when, { bouts: [out, { isIn: true, bout: anew }] }),
  };
}

/** Takes the last thing back, or does it again. */
export function undo(person: Person): Said | undefined {
  const act = person.last();
  if (!act) return undefined;
  return {
    text: "/undo",
    answer: /^(?:Taken back|Done again)\./,
    note(at) {
      const loggedMinutes = act.bouts.map(({ bout, isIn }) => ({ bout, isIn: !isIn })).toReversed();
      const hasSettings = act.before !== act.after;
      // Words that a log explained on the way are no settings of ours: only what was set goes back.
      person.note({ at, before: person.asked(), after: hasSettings ? act.before : person.asked(), bouts: loggedMinutes });
    },
  };
}

/** Sets something, said as `words`. */
export function set(person: Person, words: string, change: Partial<Asked>): Said {
  const answer = / from now on\./;
  return { text: `/settings ${words}`, answer, note: (at) => note(person, at, { after: { ...person.asked(), ...change } }) };
}

/** Moves to `zone`. */
export function moveTo(person: Person, zone: string): Said {
  return set(person, `time zone ${zone}`, { zone });
}

const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** "monday" of 1. */
export function dayName(weekday: number): string {
  return names[weekday - 1] ?? "";
}

/** Sets when feedback comes, or that none does. */
export function setFeedback(person: Person, feedback: Asked["feedback"]): Said {
  const words = feedback ? `${dayName(feedback.weekday)} ${timeText(feedback.time)}` : "off";
  return set(person, `feedback ${words}`, { feedback });
}

/** Sets quiet hours, or none. */
export function setQuiet(person: Person, quiet: Asked["quiet"]): Said {
  return set(person, `quiet hours ${quiet ? `${timeText(quiet.from)}-${timeText(quiet.until)}` : "off"}`, { quiet });
}

/** Makes a plan, or drops it. */
export function setPlan(person: Person, plan: Asked["plan"]): Said {
  const words = plan ? `${plan.days.length}x${plan.minutes} ${plan.days.map(dayName).join(" ")}` : "off";
  return {
    text: `/plan ${words}`,
    answer: plan ? /^Planned\./ : /^No plan any more\./,
    note: (at) => note(person, at, { after: { ...person.asked(), plan } }),
  };
}

/** Moves a planned day of this week to another day of it. */
export function moveDay(person: Person, at: number, from: number, to: number): Said {
  const { firstDay, plan, moved } = person.asked();
  const week = weekStart(person.today(at), firstDay);
  const planned = moved?.week === week ? moved.days : (plan?.days ?? []);
  const days = [1, 2, 3, 4, 5, 6, 7].filter((day) => day === to || (day !== from && planned.includes(day)));
  return {
    text: `/move ${dayName(from)} ${dayName(to)}`,
    answer: /^Moved to /,
    note: (when) => note(person, when, { after: { ...person.asked(), moved: { week, days } } }),
  };
}

/** Pauses for `days` days. */
export function pause(person: Person, at: number, days: number): Said {
  const today = person.today(at);
  const words = person.chance.pick([`${days} days`, ...(days % 7 === 0 ? [`${days / 7}w`] : []), `until ${dayText(today + days)}`]);
  return {
    text: `/pause ${words}`,
    answer: /^Paused\./,
    note(when) {
      const asked = person.asked();
      const current = pauseOn(asked, today);
      const others = asked.pauses.filter((one) => one !== current);
      note(person, when, { after: { ...asked, pauses: [...others, { from: current?.from ?? today, until: today + days }] } });
    },
  };
}

/** Ends a pause, or the silence after stop; nothing where there is neither. */
export function resume(person: Person, at: number): Said | undefined {
  const asked = person.asked();
  const today = person.today(at);
  if (!asked.isStopped && !pauseOn(asked, today)) return undefined;
  const pauses = asked.pauses
    .map((one) => (one.from <= today && today < one.until ? { ...one, until: today } : one))
    .filter(({ from, until }) => from < until);
  return {
    text: "/resume",
    answer: /^Welcome back\./,
    note: (when) => note(person, when, { after: { ...asked, pauses, isStopped: false } }),
  };
}

/** Ends all messages. */
export function stop(person: Person): Said {
  const answer = /^I will not write to you any more\./;
  return { text: "stop", answer, note: (at) => note(person, at, { after: { ...person.asked(), isStopped: true } }) };
}

/** Only looks. */
export function look(words: "/week" | "/schedule" | "/help"): Said {
  return { text: words, answer: /./, note: () => undefined };
}
