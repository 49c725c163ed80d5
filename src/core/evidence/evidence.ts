/** The evidence, parsed once from `src/evidence`: all zones, curves, caveats, activities and facts that the bot uses. */

import { files } from "#src/evidence/files.ts";
import type { z } from "zod";
import { activitiesSchema } from "./activity-schema.ts";
import { doseResponseSchema, guidelinesSchema, sourcesSchema } from "./schema.ts";
import { type Fact, parseFacts } from "./parse-facts.ts";

/** The raw evidence files. Tests pass altered ones. */
export type EvidenceFiles = Readonly<Record<keyof typeof files, unknown>>;

type DoseResponse = z.infer<typeof doseResponseSchema>;
type Activities = z.infer<typeof activitiesSchema>;

/** All of the evidence. */
export type Evidence = {
  readonly dose: DoseResponse;
  readonly guidelines: z.infer<typeof guidelinesSchema>["items"];
  readonly activities: Activities;
  readonly sources: z.infer<typeof sourcesSchema>["sources"];
  readonly facts: readonly Fact[];
};

/** A named range of strength minutes a week. */
export type Zone = Readonly<DoseResponse["zones"]["list"][number]>;
/** The id of a zone. */
export type ZoneId = Zone["id"];
/** A named range of aerobic minutes a week. */
export type AerobicZone = Readonly<DoseResponse["aerobic_zones"]["list"][number]>;
/** An activity of the catalogue. */
export type Activity = Readonly<Activities["activities"][number]>;
/** The intensity of a session, from its energy cost or the user's own word. */
export type Intensity = Activity["intensity"];
/** A word that means several activities. */
export type AmbiguousTerm = Readonly<Activities["ambiguous"][number]>;
/** The groups of words that are not training, such as rest or being unwell. */
export type NotTraining = keyof Activities["not_training"]["terms"];

/** Parses and freezes the evidence files. Throws with the file and the path of the first invalid field. */
export function parseEvidence(given: EvidenceFiles): Evidence {
  const evidence: Evidence = {
    dose: parse("dose-response.json", doseResponseSchema, given),
    guidelines: parse("guidelines.json", guidelinesSchema, given).items,
    activities: parse("activities.json", activitiesSchema, given),
    sources: parse("sources.json", sourcesSchema, given).sources,
    facts: parseFacts(given["facts.md"]),
  };
  checkReferences(evidence);
  return deepFreeze(evidence);
}

function parse<Shape extends z.ZodType>(name: keyof EvidenceFiles, shape: Shape, given: EvidenceFiles): z.infer<Shape> {
  const parsed = shape.safeParse(given[name]);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`Read evidence/${name}: ${issue?.path.join(".")}: ${issue?.message}`);
}

/** Checks that all referenced source and activity ids exist. */
function checkReferences({ dose, guidelines, activities, sources, facts }: Evidence): void {
  const ids = new Set(activities.activities.map(({ id }) => id));
  const cited: readonly (readonly [string, readonly (string | null)[]])[] = [
    ...dose.curves.map((curve, index) => [`dose-response.json: curves.${index}`, [curve.source, curve.crossing?.source ?? null]] as const),
    ...dose.joint.map(({ source }, index) => [`dose-response.json: joint.${index}.source`, [source]] as const),
    ...dose.drawing.line.map(({ source }, index) => [`dose-response.json: drawing.line.${index}.source`, [source]] as const),
    ["dose-response.json: top_dose_summary.rows", dose.top_dose_summary.rows.map(({ source }) => source)],
    ["dose-response.json: aerobic_zones.source", dose.aerobic_zones.source],
    ...guidelines.map(({ source }, index) => [`guidelines.json: items.${index}.source`, source] as const),
    ["activities.json: thresholds.source", activities.thresholds.source],
    ["activities.json: equivalence.source", activities.equivalence.source],
    ...facts.map((fact) => [`facts.md: ${fact.question}`, fact.sources] as const),
  ];
  for (const [where, keys] of cited) {
    const missing = keys.find((key) => key !== null && !Object.hasOwn(sources, key));
    if (missing) throw new Error(`Read evidence/${where}: "${missing}" must be a key of sources.json`);
  }
  for (const [index, term] of activities.ambiguous.entries()) {
    const missing = [...term.others, ...(term.default ? [term.default] : [])].find((id) => !ids.has(id));
    if (missing !== undefined) throw new Error(`Read evidence/activities.json: ambiguous.${index}: "${missing}" must be an activity`);
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}

/** A recommendation of `guidelines.json`. */
export type Guideline = Evidence["guidelines"][number];

/** The evidence that the bot uses. */
export const evidence: Evidence = parseEvidence(files);

/** The guideline of an id. Throws when the data lacks it, so that none is left out silently. */
export function guidelineOf(id: string): Guideline {
  const found = evidence.guidelines.find((guideline) => guideline.id === id);
  if (!found) throw new Error(`Find guideline "${id}": it must be in guidelines.json`);
  return found;
}
