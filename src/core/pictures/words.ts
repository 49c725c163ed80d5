/** Words on the pictures. Words about the studies describe groups and observations, not causes. */

import { habitWeeks, targetRangeOf } from "#core/training/dose.ts";
import { evidence } from "#core/evidence/evidence.ts";
import { holds } from "#core/lib/time.ts";
import type { User } from "#core/model/user.ts";
import { dateName, range, type Spoken } from "#core/phrases.ts";

/** Captions that are the same for all users. */
export const captions = {
  curve: "Strength minutes a week",
  lower: "lower risk seen",
  reference: "as without strength",
  range: "range in studies",
  few: "few people studied",
  average: `${habitWeeks}-week average`,
  trend: "Weeks before",
  rest: "rest",
  cardio: "cardio",
  today: "today",
} as const;

/** "sweet spot", or "your band" for a user with a custom range. */
export function targetName({ band }: User): string {
  return band ? "your band" : evidence.dose.zones.seed_target.name;
}

/** "sweet spot 40–60", or "your band 60–120". */
export function targetWords(user: User): string {
  return `${targetName(user)} ${range(targetRangeOf(user))}`;
}

/** "this week", or "that week" for another week. */
export function weekWord({ summary, today }: Spoken): string {
  return holds(summary.week, today) ? "this week" : "that week";
}

/** "This week", or "Week of Mon 16 Nov". */
export function weekTitle({ summary, today }: Spoken): string {
  return holds(summary.week, today) ? "This week" : `Week of ${dateName(summary.week.from, today)}`;
}

/** Minutes, short enough for a bar: "48", "22.5", "10k+". Rounding removes floating-point noise. */
export function barWords(minutes: number): string {
  if (minutes >= 10_000) return "10k+";
  return String(minutes < 1000 ? Math.round(minutes * 10) / 10 : Math.round(minutes));
}

/** "48 min". */
export function minutesWords(minutes: number): string {
  return `${minutes} min`;
}
