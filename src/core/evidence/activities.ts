/** The catalogue of activities: found by name or alias, or nearly. */

import { type ActivityId, activityIdOf } from "#core/lib/ids.ts";
import { type Activity, type AmbiguousTerm, evidence, type Intensity, type NotTraining } from "./evidence.ts";
import { editDistance } from "#core/lib/edit-distance.ts";
import { foldWord } from "#core/lib/text.ts";

/** The person's own words for how hard it was, from the easiest on. */
export const efforts = ["easy", "moderate", "hard"] as const;

/** One of them. */
export type Effort = (typeof efforts)[number];

/** What a word stands for. */
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

/** The most words that a name in the catalogue is written with. */
export const maxNameWords: number = Math.max(...activities.flatMap(({ name, aliases }) => [name, ...aliases].map(spaces)));

/** Kinds of training that an unknown word can be filed under. */
export const kinds: readonly Activity[] = ["strength", "cardio", "circuit", "stretching"].map((id) => activityOf(activityIdOf(id)));

/** The activity of an id. Throws for an id that the catalogue lacks: an older database holds no other. */
export function activityOf(id: ActivityId): Activity {
  const found = byId.get(id);
  if (!found) throw new Error(`Find activity "${id}": it must be in activities.json`);
  return found;
}

/** Whether the catalogue has an activity of that id. */
export function isActivity(id: string): id is ActivityId {
  return byId.has(id);
}

/** What a word, folded by `foldWord`, stands for in the catalogue. */
export function findMeaning(word: string): Meaning | undefined {
  return meanings.get(word);
}

/** The activities one of whose names starts with `prefix`, which is folded, in the order of the catalogue. */
export function activitiesWith(prefix: string): readonly Activity[] {
  return activities.filter(({ name, aliases }) => [name, ...aliases].some((alias) => foldWord(alias).startsWith(prefix)));
}

/** At most three activities whose name is spelled nearly like `word`, the nearest first. They are offered and never taken. */
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

/** How hard a session was: the activity's own intensity, moved by the person's word for it. */
export function intensityOf(activity: Activity, effort: Effort | undefined): Intensity {
  return effort ? intensityByEffort[activity.intensity][effort] : activity.intensity;
}

/** The name of an activity inside a sentence: without its explanation, and "strength" rather than "strength training" where it is that. */
export function shortName(activity: Activity): string {
  const name = activity.name.replace(/ \(.*\)$/, "");
  const shorter = name.replace(/ training$/, "");
  return activity.suggested_split.strength > 0 && activity.aliases.includes(shorter) ? shorter : name;
}

/** A name of an activity that `/log` reads back as that activity and nothing else. */
export function typedName(activity: Activity): string {
  const isSure = (name: string): boolean => {
    const meaning = findMeaning(foldWord(name));
    return !/[,;+"]/.test(name) && meaning?.kind === "activity" && meaning.activity === activity;
  };
  return [shortName(activity), ...activity.aliases].find(isSure) ?? activity.name;
}
