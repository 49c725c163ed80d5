/** Renders the table at the end of a run, for readers who do not know this code. */

import type { Spread } from "./measure.ts";

/** The target of a figure. */
export type Target = { readonly kind: "at-most" | "at-least"; readonly value: number };

/** A figure that should be `value` or less. */
export function atMost(value: number): Target {
  return { kind: "at-most", value };
}

/** A figure that should be `value` or more. */
export function atLeast(value: number): Target {
  return { kind: "at-least", value };
}

/** One line of the table. */
export type Line = {
  /** What is measured. */
  readonly name: string;
  /** What it is compared with. */
  readonly against: string;
  readonly figure: Spread;
  /** Suffix of each number: "×" for a ratio, " MB" for a difference, nothing for a count. */
  readonly unit: string;
  /** Undefined if the figure is for information only. */
  readonly target?: Target;
};

const heads = ["What", "Against", "Median", "Half of the rounds", "Target", "Result"] as const;

/** Renders `lines` as a table of plain text. */
export function renderTable(lines: readonly Line[]): string {
  const rows: readonly (readonly string[])[] = [heads, ...lines.map(cellsOf)];
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const drawn = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  const [head = "", ...body] = drawn;
  return [head, widths.map((width) => "─".repeat(width)).join("  "), ...body].join("\n");
}

function cellsOf({ name, against, figure, unit, target }: Line): readonly string[] {
  const { median, low, high } = figure;
  const spread = low === high ? "always the same" : `${numeral(low)} to ${numeral(high)}${unit}`;
  return [name, against, `${numeral(median)}${unit}`, spread, targetName(target, unit), judge(median, target, unit)];
}

function targetName(target: Target | undefined, unit: string): string {
  return target ? `${target.kind === "at-most" ? "≤" : "≥"} ${numeral(target.value)}${unit}` : "";
}

/** Judges the printed number, so that "1.6, target 1.6" never counts as missed. */
function judge(median: number, target: Target | undefined, unit: string): string {
  if (!target) return "";
  const shown = Number(numeral(median));
  const isMet = target.kind === "at-most" ? shown <= target.value : shown >= target.value;
  const gap = Math.abs(shown - target.value);
  const by = unit === "×" ? `${Math.round((100 * gap) / target.value)} %` : `${numeral(gap)}${unit}`;
  if (gap === 0) return "met, exactly";
  return isMet ? `met, with ${by} to spare` : `MISSED by ${by}`;
}

function numeral(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
