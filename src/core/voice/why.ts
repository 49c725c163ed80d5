/** What the number rests on, in the words of the evidence. */

import { goodRange, sweetSpot } from "../dose.ts";
import { evidence } from "../evidence.ts";
import { type Block, bold, text } from "../reply.ts";
import type { User } from "../user.ts";
import { range, sentence } from "./phrases.ts";

const { caveats, zones } = evidence.dose;

/** Where the sweet spot comes from, how sure it is, and what is said of more; and whose band is used. */
export function sayWhy({ band }: User): readonly Block[] {
  const own = band ? [text(`You set a band of your own, ${range(band)} min, and I go by yours.`)] : [];
  return [
    text(
      bold(`Why ${range(sweetSpot)} minutes?`),
      ` That is where pooled studies saw the lowest risk; others differ, so a week from ${goodRange.min} to ${goodRange.max} counts as good.`,
    ),
    {
      kind: "facts",
      facts: zones.markers.map(({ label, dose_range: [from, to] }) => ({ label: sentence(label), value: minutesName(from, to) })),
    },
    ...own,
    text(caveats.long),
    text(`${caveats.above_120} ${caveats.above_150}`),
    text(caveats.not_medical),
  ];
}

function minutesName(from: number, to: number | null): string {
  return to === null || from === to ? `${from} min a week` : `${range({ min: from, max: to })} min a week`;
}
