/** Finds the columns of a table by the header names that people and other programs use. */

import { foldWord, quotable } from "#core/lib/text.ts";
import type { ImportRefusal } from "#core/model/import.ts";

/** The field that a column holds. */
export type Part = keyof typeof names;

/** The column index of each field, from 0. */
export type Columns = Readonly<Record<"date" | "minutes" | "activity", number>> & Readonly<Partial<Record<Part, number>>>;

/** Header names: ours first, then those of other programs and languages. Folded: "Activity Type" is "activitytype". */
const names = {
  date: [
    "date",
    "day",
    "when",
    "startdate",
    "starttime",
    "activitydate",
    "workoutdate",
    "datum",
    "tag",
    "fecha",
    "dia",
    "data",
    "jour",
    "start",
  ],
  minutes: [
    "minutes",
    "min",
    "mins",
    "duration",
    "durationmin",
    "durationminutes",
    "time",
    "length",
    "dauer",
    "minuten",
    "minutos",
    "duracion",
    "duree",
    "durata",
    "movingtime",
    "elapsedtime",
    "total",
  ],
  activity: [
    "activity",
    "activitytype",
    "type",
    "sport",
    "workout",
    "workouttype",
    "exercise",
    "activityname",
    "aktivitat",
    "art",
    "sportart",
    "actividad",
    "activite",
    "attivita",
    "title",
    "name",
  ],
  intensity: ["intensity", "effort", "intensitat", "intensidad", "intensite"],
  note: ["note", "notes", "comment", "comments", "description", "notiz", "notizen", "kommentar", "nota", "notas", "remarque"],
  strengthShare: ["strengthshare"],
  aerobicShare: ["aerobicshare"],
  word: ["ownword"],
  loggedAt: ["loggedat"],
  id: ["id"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const needed = ["date", "minutes", "activity"] as const;

/** The columns of `header`, or a refusal with the missing ones. The name that comes first in our list wins. */
export function findColumns(header: readonly string[]): Columns | ImportRefusal {
  const folded = header.map((name) => foldWord(name));
  const found = Object.entries(names).flatMap(([part, known]) => {
    const name = known.find((one) => folded.includes(one));
    return name === undefined ? [] : [[part, folded.indexOf(name)] as const];
  });
  const columns: Partial<Record<Part, number>> = Object.fromEntries(found);
  const missing = needed.filter((part) => columns[part] === undefined);
  const { date, minutes, activity } = columns;
  if (date === undefined || minutes === undefined || activity === undefined) {
    return { kind: "columns", said: `${missing.join(", ")}; ${quotable(header.join(", "), 80)}` };
  }
  return { ...columns, date, minutes, activity };
}

/** The separator of `header`: whichever of comma, semicolon and tab occurs most often. */
export function separatorOf(header: string): string {
  const counts = [",", ";", "\t"].map((separator) => ({ separator, count: header.split(separator).length }));
  return counts.toSorted((one, other) => other.count - one.count)[0]?.separator ?? ",";
}
