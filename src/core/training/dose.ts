/** The dose: the strength minutes of a week and their zone in the evidence. */

import { type AerobicZone, evidence, guidelineOf, type Zone } from "#core/evidence/evidence.ts";
import type { CustomRange, User } from "#core/model/user.ts";

const { zones, aerobic_zones: aerobicZones } = evidence.dose;

/** The sweet spot in strength minutes a week, both ends included. */
export const sweetSpot = { min: zones.seed_target.range[0], max: zones.seed_target.range[1] } as const;

/** The strength minutes of a good week, both ends included. */
export const goodRange = { min: zones.scored_as_good.range[0], max: zones.scored_as_good.range[1] } as const;

/** The number of weeks in a trend. Statements on longevity refer to their average. */
export const habitWeeks: number = zones.habit_weeks;

/** The dose of a week. */
export type Dose = {
  /** Whole strength minutes of the week. */
  readonly minutes: number;
  readonly zone: Zone;
  readonly isGood: boolean;
  /** Whole minutes to the lower end of the sweet spot; 0 from there on. */
  readonly toSweetSpot: number;
};

/** Rounds a sum of split minutes, halves up. A small offset corrects floating-point error at halves. */
export function wholeMinutes(sum: number): number {
  return Math.round(sum + 1e-9);
}

/** The dose of a week with `minutes` whole strength minutes. */
export function doseOf(minutes: number): Dose {
  return {
    minutes,
    zone: find(zones.list, minutes),
    isGood: minutes >= goodRange.min && minutes <= goodRange.max,
    toSweetSpot: Math.max(0, sweetSpot.min - minutes),
  };
}

/** The zone of a week with `minutes` whole moderate-equivalent aerobic minutes. */
export function aerobicZoneOf(minutes: number): AerobicZone {
  return find(aerobicZones.list, minutes);
}

/** The WHO guideline's range of moderate-equivalent aerobic minutes a week. */
export const aerobicGoal = guidelineRange("who-adult-aerobic", "moderate_min_per_week");

/** Vigorous minutes a week above which studies saw neither a clear gain nor a clear harm. */
export const vigorousPlateauMinutes: number = aerobicZones.vigorous_alone.find(({ max }) => max === null)?.min ?? Number.POSITIVE_INFINITY;

/** The target range of a user's week, in strength minutes: their custom range, or the sweet spot. */
export function targetRangeOf(user: User): { readonly min: number; readonly max: number } {
  return user.band ?? sweetSpot;
}

/** The position of `minutes` relative to a custom range, both ends included. */
export function positionIn(band: CustomRange, minutes: number): "below" | "inside" | "above" {
  if (minutes < band.min) return "below";
  return minutes > band.max ? "above" : "inside";
}

function guidelineRange(id: string, key: string): { readonly min: number; readonly max: number } {
  const value = guidelineOf(id).value[key];
  const [min, max] = Array.isArray(value) ? value : [];
  if (typeof min !== "number" || typeof max !== "number") throw new Error(`Read guideline "${id}": "${key}" must be a range`);
  return { min, max };
}

function find<Item extends { readonly min: number; readonly max: number | null }>(list: readonly Item[], minutes: number): Item {
  const found = list.find(({ min, max }) => minutes >= min && (max === null || minutes <= max));
  if (!found) throw new Error(`Find the zone of "${minutes}": it must be whole minutes from 0 up`);
  return found;
}
