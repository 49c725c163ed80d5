/** Dates in tables: `2026-11-25`, `25.11.2026`, `11/25/2026` or `25/11/2026`, each optionally followed by a time. */

/** Which number comes first in a date with slashes; undefined if unknown. */
export type Order = "day" | "month" | undefined;

type Parts = { readonly first: number; readonly second: number; readonly year: number };

function slashed(text: string): Parts | undefined {
  const [, first, second, year] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b/.exec(text.trim()) ?? [];
  return year === undefined ? undefined : { first: Number(first), second: Number(second), year: Number(year) };
}

/** The order that one date proves; undefined if both are possible. */
export function orderIn(date: string): Order {
  const read = slashed(date);
  if (!read) return undefined;
  if (read.first > 12) return "day";
  return read.second > 12 ? "month" : undefined;
}

/** The order of a table's dates: `found` if a date proved it, otherwise "month" for the locale en-US. */
export function orderOf(found: Order, locale: string | undefined): Order {
  return found ?? (locale === "en-US" ? "month" : undefined);
}

/** Parses `text` to a day; "two-ways" if day and month are ambiguous, undefined if it is not a date. */
export function readDate(text: string, order: Order): Temporal.PlainDate | "two-ways" | undefined {
  const said = text.trim();
  const [, y, m, d] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:$|[ T])/.exec(said) ?? [];
  if (y !== undefined) return dayOf(Number(y), Number(m), Number(d));
  const [, day, month, year] = /^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:$|[ T,])/.exec(said) ?? [];
  if (year !== undefined) return dayOf(Number(year), Number(month), Number(day));
  const parts = slashed(said);
  if (!parts) return undefined;
  const { first, second } = parts;
  if (order === undefined && first !== second) return "two-ways";
  return order === "month" ? dayOf(parts.year, first, second) : dayOf(parts.year, second, first);
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return undefined;
  }
}
