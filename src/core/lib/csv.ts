/** Rows as CSV that a spreadsheet opens: with a mark of its encoding, its own line ends, and no cell that it would take for a formula. */

import { stringify } from "csv-stringify/sync";

/** `rows` as CSV, the first of them the names of the columns; with "more", rows that follow. */
export function csvOf(rows: readonly (readonly (string | number)[])[], place: "start" | "more" = "start"): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: place === "start", escape_formulas: true, record_delimiter: "windows" },
  );
}
