/** Parts of rendering that several platforms have in common. */

import { shorten } from "#core/lib/text.ts";
import { type Choice, type Meter, meterCells } from "#core/model/reply.ts";

/** Placeholder for empty text. */
export const wordless = "…";

/** `text` cut to `length` characters; the placeholder if it is empty. */
export function labelOf(text: string, length: number): string {
  return shorten(text, length) || wordless;
}

/** `items` in groups of `size`; the last one may be smaller. */
export function chunked<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** The characters of a meter's bar. */
const cells = 24;

/** A meter as one line. The marked range is heavier, so that it shows without colour. */
export function meterLine(meter: Meter): string {
  const bar = meterCells(meter, cells).map(({ isFilled, isMarked }) => (isFilled ? "█" : isMarked ? "▒" : "·"));
  return `0 ${bar.join("")} ${meter.until}`;
}

const asks = "ask ";

/** The value of a choice's button. A choice with a field gets a prefix, so that its press opens a form. */
export function pressOf({ says, field }: Choice): string {
  return field ? `${asks}${says}` : says;
}

/** Parses the value of a button: say the words, or open a form for the rest of them. */
export function readPress(value: string): { readonly kind: "say" | "ask"; readonly says: string } {
  return value.startsWith(asks) ? { kind: "ask", says: value.slice(asks.length) } : { kind: "say", says: value };
}
