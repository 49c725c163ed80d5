/** What the number rests on, in the words of the evidence. */

import { goodRange, sweetSpot } from "../dose.ts";
import { evidence } from "../evidence.ts";
import { type Block, bold, text } from "../reply.ts";
import type { User } from "../user.ts";
import { range } from "./phrases.ts";

const { caveats, zones } = evidence.dose;

const newest = rangeOfMarker("best category, 2026 cohorts");

/** Where the sweet spot comes from, how sure it is, and what is said of more; and whose band is used. */
export function sayWhy({ band }: User): readonly Block[] {
  const own = band ? [text(`You set a band of your own, ${range(band)} min, and I go by yours.`)] : [];
  return [
    text(
      bold(`Why ${range(sweetSpot)} minutes?`),
      ` Pooled studies of 2022 saw the lowest risk there; a larger one of 2026, known from news reports, at ${newest}. So a week from ${goodRange.min} to ${goodRange.max} counts as good.`,
    ),
    ...own,
    text(caveats.long),
    text(`${caveats.above_120} ${caveats.above_150}`),
    text(caveats.not_medical),
  ];
}

/** Throws when the data has no such marker, so that no sentence stands without its numbers. */
function rangeOfMarker(label: string): string {
  const [min, max] = zones.markers.find((marker) => marker.label === label)?.dose_range ?? [];
  if (typeof min !== "number" || typeof max !== "number")
    throw new Error(`Find marker "${label}": it must be in dose-response.json, with two ends`);
  return range({ min, max });
}
