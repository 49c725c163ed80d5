/** CSV for spreadsheets: byte order mark, Windows line ends, formulas escaped. */

import { stringify } from "csv-stringify/sync";

/** `rows` as CSV. With "start" the first row is the header; with "more" the rows continue a file. */
export function csvOf(rows: readonly (readonly (string | number)[])[], place: "start" | "more" = "start"): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: place === "start", escape_formulas: true, record_delimiter: "windows" },
  );
}
