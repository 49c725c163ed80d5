/** The catalogue of activities: look-up by id, by name or alias, and by similar spelling. */

import { type ActivityId, activityIdOf } from "#core/lib/ids.ts";
import { type Activity, type AmbiguousTerm, evidence, type Intensity, type NotTraining } from "./evidence.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import { foldWord } from "#core/lib/text.ts";

/** The words for perceived effort, the easiest first. */
export const efforts = ["easy", "moderate", "hard"] as const;

/** A perceived effort. */
export type Effort = (typeof efforts)[number];

/** The meaning of a word in the catalogue. */
export type Meaning =
  | { readonly kind: "activity"; readonly activity: Activity }
  | { readonly kind: "ambiguous"; readonly term: AmbiguousTerm }
  | { readonly kind: "not-training"; readonly group: NotTraining };

const { activities, ambiguous, not_training: notTraining, intensity_by_effort: intensityByEffort } = evidence.activities;

const byId: ReadonlyMap<string, Activity> = new Map(activities.map((activity) => [activity.id, activity]));

const meanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ...activities.flatMap((activity) =>
    [activity.name, ...activity.aliases].map((alias) => [foldWord(alias), { kind: "activity", activity }] as const),
  ),
  ...ambiguous.map((term) => [foldWord(term.term), { kind: "ambiguous", term }] as const),
  ...Object.entries(notTraining.terms).flatMap(([group, terms]) =>
    terms.map((term) => [foldWord(term), { kind: "not-training", group: group as NotTraining }] as const),
  ),
]);

const spaces = (text: string): number => text.split(/[\s-]+/).length;

/** The most words in a name of the catalogue. */
export const maxNameWords: number = Math.max(...activities.flatMap(({ name, aliases }) => [name, ...aliases].map(spaces)));

/** The activities that an unknown word can be assigned to. */
export const kinds: readonly Activity[] = ["strength", "cardio", "circuit", "stretching"].map((id) => activityOf(activityIdOf(id)));

/** The activity of an id. Throws when the catalogue lacks it; ids in an older database are all in the catalogue. */
export function activityOf(id: ActivityId): Activity {
  const found = byId.get(id);
  if (!found) throw new Error(`Find activity "${id}": it must be in activities.json`);
  return found;
}

/** Whether the catalogue has an activity with that id. */
export function isActivity(id: string): id is ActivityId {
  return byId.has(id);
}

/** The meaning of a word that is folded by `foldWord`; undefined when the catalogue lacks it. */
export function findMeaning(word: string): Meaning | undefined {
  return meanings.get(word);
}

/** The activities with a name or alias that starts with the folded `prefix`, in the order of the catalogue. */
export function activitiesWith(prefix: string): readonly Activity[] {
  return activities.filter(({ name, aliases }) => [name, ...aliases].some((alias) => foldWord(alias).startsWith(prefix)));
}

/** At most three activities with a spelling similar to the folded `word`, the nearest first. They are only offered, never assumed. */
export function findNear(word: string): readonly Activity[] {
  const most = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  const near = new Map<Activity, number>();
  for (const [name, meaning] of meanings) {
    const usual = usualActivity(meaning);
    const edits = usual && editDistance(name, word, most);
    if (usual && edits !== undefined) near.set(usual, Math.min(edits, near.get(usual) ?? edits));
  }
  return [...near]
    .toSorted(([, a], [, b]) => a - b)
    .slice(0, 3)
    .map(([activity]) => activity);
}

function usualActivity(meaning: Meaning): Activity | undefined {
  if (meaning.kind === "activity") return meaning.activity;
  return meaning.kind === "ambiguous" && meaning.term.default ? activityOf(meaning.term.default) : undefined;
}

/** The intensity of a session: the activity's own, adjusted by the perceived effort. */
export function intensityOf(activity: Activity, effort: Effort | undefined): Intensity {
  return effort ? intensityByEffort[activity.intensity][effort] : activity.intensity;
}

/** The name of an activity for a sentence: without its explanation, and without "training" if a strength activity has that alias. */
export function shortName(activity: Activity): string {
  const name = activity.name.replace(/ \(.*\)$/, "");
  const shorter = name.replace(/ training$/, "");
  return activity.suggested_split.strength > 0 && activity.aliases.includes(shorter) ? shorter : name;
}

/** A name that `/log` parses as exactly that activity. */
export function typedName(activity: Activity): string {
  const isSure = (name: string): boolean => {
    const meaning = findMeaning(foldWord(name));
    return !/[,;+"]/.test(name) && meaning?.kind === "activity" && meaning.activity === activity;
  };
  return [shortName(activity), ...activity.aliases].find(isSure) ?? activity.name;
}
