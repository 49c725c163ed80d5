/** The zod schemas of the evidence files, described in `src/evidence/schema.md`. An unknown key is an error. */

import { z } from "zod";

const text = z.string().min(1);
const sourceId = text;
const number = z.number();
const maybe = number.nullable();
const range = z.tuple([number, maybe]);
const how = z.enum(["text", "table", "figure", "model", "reference"]);

const effect = z.strictObject({
  rr: number,
  lo: number,
  hi: number,
  studies: maybe,
  cases: maybe,
  participants: maybe,
  deaths: maybe,
  i2: maybe,
  what: text.nullable(),
});

const point = z.strictObject({
  dose: maybe,
  dose_is: z.enum(["exact", "midpoint", "lower bound"]).nullable(),
  dose_range: range.nullable(),
  rr: number,
  lo: maybe,
  hi: maybe,
  how,
  reference: z.boolean(),
  second_hand: z.boolean(),
  deaths: maybe,
  derived_from: text.nullable(),
});

const curve = z.strictObject({
  id: text,
  modality: z.enum(["strength", "aerobic"]),
  intensity: z.enum(["moderate", "vigorous"]).nullable(),
  exposure: text,
  unit: z.enum(["minutes/week", "sessions/week", "multiples", "steps/day"]),
  outcome: text,
  population: text.nullable(),
  source: sourceId,
  shape: text,
  reference: text,
  points: z.array(point),
  any_vs_none: effect.nullable(),
  per_10_min: effect.nullable(),
  other_outcomes: z.array(
    z.strictObject({
      outcome: text,
      dose_range: range.nullable(),
      rr: number,
      lo: maybe,
      hi: maybe,
      studies: maybe,
      note: text.nullable(),
    }),
  ),
  optimum: z.strictObject({ dose: maybe, dose_range: range.nullable(), rr: maybe, lo: maybe, hi: maybe, note: text.nullable() }).nullable(),
  crossing: z.strictObject({ dose_range: range, how, source: sourceId, note: text.nullable() }).nullable(),
  statement: text.nullable(),
  certainty: text,
  caveats: z.array(text),
});

const joint = z.strictObject({
  id: text,
  source: sourceId,
  outcome: text,
  reference: text,
  how,
  second_hand: z.boolean(),
  cells: z.array(z.strictObject({ aerobic: text, strength: text, rr: maybe, rr_range: range.nullable(), lo: maybe, hi: maybe })),
});

const drawing = z.strictObject({
  unit: text,
  line: z.array(z.strictObject({ dose: number, rr: number, how, source: sourceId.nullable(), note: text.nullable() })).min(2),
  fade_from: number,
  band: z.array(z.strictObject({ dose: number, lo: number, hi: number, note: text })).min(2),
  band_is: text,
  until: number,
  advice: text,
});

const bounds = z.tuple([z.int(), z.int()]);

const zones = z.strictObject({
  status: text,
  unit: text,
  rounding: text,
  apply_to: text,
  habit_weeks: z.int().positive(),
  seed_target: z.strictObject({ range: bounds, name: text, why: text }),
  scored_as_good: z.strictObject({ range: bounds, why: text }),
  list: z
    .array(
      z.strictObject({
        id: z.enum(["none", "start", "sweet", "solid", "plateau", "thin"]),
        min: z.int(),
        max: z.int().nullable(),
        name: text,
        tone: text,
        why: text,
      }),
    )
    .superRefine(tile),
  markers: z.array(z.strictObject({ dose_range: range, label: text })),
  strongest_allowed_statement_at_top: text,
});

const aerobicZones = z.strictObject({
  unit: text,
  source: z.array(sourceId),
  list: z
    .array(
      z.strictObject({
        id: z.enum(["none", "some", "guideline", "more", "plenty"]),
        min: z.int(),
        max: z.int().nullable(),
        name: text,
        why: text,
      }),
    )
    .superRefine(tile),
  vigorous_alone: z.array(z.strictObject({ min: z.int(), max: z.int().nullable(), why: text })),
});

/** The schema of `dose-response.json`. */
export const doseResponseSchema = z.strictObject({
  version: text,
  reference: text,
  how_values: z.record(how, text),
  curves: z.array(curve),
  joint: z.array(joint),
  top_dose_summary: z.strictObject({
    statement: text,
    rows: z.array(z.strictObject({ source: sourceId, dose: text, rr: maybe, lo: maybe, hi: maybe, text: text.nullable() })),
  }),
  own_pool: z.strictObject({
    id: text,
    what: text,
    how: z.literal("model"),
    bands: z.array(z.strictObject({ dose_range: range, rr: number, lo: number, hi: number, i2: number, note: text })),
    bias: text,
  }),
  drawing,
  zones,
  aerobic_zones: aerobicZones,
  caveats: z.strictObject({
    line: text,
    short: text,
    long: text,
    above_120: text,
    above_150: text,
    symptoms: text,
    not_medical: text,
    never_say: z.array(text),
  }),
  not_found: z.array(text),
});

/** The schema of `guidelines.json`. */
export const guidelinesSchema = z.strictObject({
  version: text,
  note: text,
  items: z.array(
    z.strictObject({
      id: text,
      population: text,
      topic: text,
      text,
      value: z.record(z.string(), z.union([number, range, text, z.array(text)])),
      grade: text,
      note: text.nullable(),
      source: z.array(sourceId),
      seen: text,
    }),
  ),
});

/** The schema of `sources.json`. */
export const sourcesSchema = z.strictObject({
  version: text,
  note: text,
  sources: z.record(
    sourceId,
    z.strictObject({
      authors: text,
      year: z.int(),
      title: text,
      journal: text,
      doi: text.nullable(),
      type: text,
      certainty: text,
      access: text,
      pmid: text.optional(),
      pmcid: text.optional(),
      url: text.optional(),
    }),
  ),
});

type Bounds = { readonly min: number; readonly max: number | null };

/** Checks that each whole minute belongs to exactly one item: `list` starts at 0, has no gaps, and only its last item is open. */
function tile(list: readonly Bounds[], context: z.RefinementCtx): void {
  const open = list.findIndex(({ max }, index) => max === null && index < list.length - 1);
  if (open >= 0) context.addIssue({ code: "custom", path: [open, "max"], message: "must be a number: only the last is open" });
  const wanted = (index: number): number => (index === 0 ? 0 : (list[index - 1]?.max ?? 0) + 1);
  const broken = list.findIndex((item, index) => item.min !== wanted(index));
  if (broken >= 0)
    context.addIssue({ code: "custom", path: [broken, "min"], message: `must be ${wanted(broken)}, so that no minute falls between` });
  if (list.at(-1)?.max !== null)
    context.addIssue({ code: "custom", path: [list.length - 1, "max"], message: "must be null: the last is open" });
}
