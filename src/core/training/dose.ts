/** The dose: strength minutes of a week, and where they stand in the evidence. */

import { type AerobicZone, evidence, guidelineOf, type Zone } from "#core/evidence/evidence.ts";
import type { CustomRange, User } from "#core/model/user.ts";

const { zones, aerobic_zones: aerobicZones } = evidence.dose;

/** The first and last minute a week of the sweet spot. */
export const sweetSpot = { min: zones.seed_target.range[0], max: zones.seed_target.range[1] } as const;

/** The first and last minute a week that score as good. */
export const goodRange = { min: zones.scored_as_good.range[0], max: zones.scored_as_good.range[1] } as const;

/** How many weeks make a habit: what is said of a long life rests on their average. */
export const habitWeeks: number = zones.habit_weeks;

/** Where a week's strength minutes stand. */
export type Dose = {
  /** Whole strength minutes of the week. */
  readonly minutes: number;
  readonly zone: Zone;
  readonly isGood: boolean;
  /** Whole minutes until the lower end of the sweet spot; 0 from there on. */
  readonly toSweetSpot: number;
};

/** Whole minutes of a sum of shares, halves up. What floating point takes off a half is given back. */
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

/** Aerobic minutes a week, moderate-equivalent, that the WHO guideline asks for. */
export const aerobicGoal = guidelineRange("who-adult-aerobic", "moderate_min_per_week");

/** Vigorous minutes a week above which studies saw neither a clear gain nor a clear harm. */
export const vigorousPlateauMinutes: number = aerobicZones.vigorous_alone.find(({ max }) => max === null)?.min ?? Number.POSITIVE_INFINITY;

/** The target range of a user's week, in strength minutes: their custom range, or the sweet spot. */
export function targetRangeOf(user: User): { readonly min: number; readonly max: number } {
  return user.band ?? sweetSpot;
}

/** The position of `minutes` relative to a custom range, whose ends belong to it. */
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
