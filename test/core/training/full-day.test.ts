import { expect, test } from "vitest";
import type { Minutes } from "#core/lib/ids.ts";
import { createDayTotals, dayMinutes, fullDay } from "#core/training/full-day.ts";

const [monday, tuesday] = [Temporal.PlainDate.from("2026-11-23"), Temporal.PlainDate.from("2026-11-24")];
const trained = (day: Temporal.PlainDate, minutes: number) => ({ day, minutes: minutes as Minutes });

test("a day holds 24 hours and not a minute more", () => {
  const totals = createDayTotals();
  expect(totals.add(trained(monday, dayMinutes))).toBe(true);
  expect(totals.add(trained(tuesday, 1))).toBe(true);
  expect(totals.add(trained(monday, 1))).toBe(false);
});

test("only the days in question are full", () => {
  const sessions = [trained(monday, 600), trained(tuesday, 20), trained(monday, 600), trained(monday, 241)];
  expect(fullDay([tuesday, monday], sessions)).toEqual(monday);
  expect(fullDay([tuesday], sessions)).toBeUndefined();
});
