/** The zod schema of the catalogue of activities, described in `src/evidence/schema.md`. An unknown key is an error. */

import { z } from "zod";
import { activityIdOf } from "#core/lib/ids.ts";

/** Whether a split is valid: both parts at least 0, and their sum at most 1, so that no minute counts twice. */
export function isSplit({ strength, aerobic }: { readonly strength: number; readonly aerobic: number }): boolean {
  return strength >= 0 && aerobic >= 0 && strength + aerobic <= 1;
}

const text = z.string().min(1);
const share = z.number().min(0).max(1);
const intensity = z.enum(["light", "moderate", "vigorous"]);
const byEffort = z.strictObject({ easy: intensity, moderate: intensity, hard: intensity });
const activityId = text.transform((id) => activityIdOf(id));
const energy = z.strictObject({ met: z.number(), code: text }).nullable();

const activity = z.strictObject({
  id: activityId,
  name: text,
  aliases: z.array(text),
  modality: z.enum(["strength", "aerobic", "mixed", "mobility/balance"]),
  intensity,
  met: z.number().nullable(),
  compendium_code: text.nullable(),
  nearest_code: text.nullable(),
  met_source: z.enum(["compendium2024", "approx", "none"]),
  met_checks: z.int(),
  met_by_effort: z.strictObject({ easy: energy, moderate: energy, hard: energy }).nullable(),
  counts_as_strength: z.enum(["yes", "partly", "no"]),
  suggested_split: z.strictObject({ strength: share, aerobic: share }).refine(isSplit, "must add up to at most 1"),
  note: text.nullable(),
});

/** The schema of `activities.json`. */
export const activitiesSchema = z.strictObject({
  version: text,
  thresholds: z.strictObject({ light: text, moderate: text, vigorous: text, source: z.array(text) }),
  equivalence: z.strictObject({ vigorous_to_moderate: z.number().positive(), rule: text, source: z.array(text) }),
  intensity_by_effort: z.strictObject({ what: text, light: byEffort, moderate: byEffort, vigorous: byEffort, note: text }),
  how_to_read: z.record(z.string(), z.union([text, z.record(z.string(), text)])),
  strength_note: text,
  activities: z.array(activity).min(1),
  ambiguous: z.array(z.strictObject({ term: text, default: activityId.nullable(), others: z.array(activityId), ask: text })),
  not_training: z.strictObject({
    note: text,
    terms: z.record(z.enum(["rest", "passive_recovery", "mind", "unwell"]), z.array(text)),
  }),
});
