/** Rows of CSV, read in slices. */

import { CsvError, parse } from "csv-parse";
import { breathe } from "#src/breathe.ts";

/** A row, and the line on which it ends. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number };

/** How many characters are read, and how many rows are taken, before others are heard. */
const slice = 32_768;
const rowsAtOnce = 500;

/** The rows of `text`, at most `most` of them and one; or the line at which it cannot be read as CSV. */
export async function readCsv(text: string, separator: string, most: number): Promise<readonly CsvRow[] | { readonly brokenAt: number }> {
  const parser = parse({ delimiter: separator, relax_column_count: true, skip_empty_lines: true, info: true, trim: true, to: most + 1 });
  const rows: CsvRow[] = [];
  try {
    const feeding = feed(text, parser);
    for await (const row of parser as AsyncIterable<Parsed>) await take(row, rows);
    await feeding;
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { brokenAt: "lines" in error && typeof error.lines === "number" ? error.lines : rows.length + 1 };
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

async function take({ record, info }: Parsed, rows: CsvRow[]): Promise<void> {
  rows.push({ cells: record, line: info.lines });
  if (rows.length % rowsAtOnce === 0) await breathe();
}

async function feed(text: string, parser: ReturnType<typeof parse>): Promise<void> {
  for (let at = 0; at < text.length && parser.writable; at += slice) {
    parser.write(text.slice(at, at + slice));
    await breathe();
  }
  if (parser.writable) parser.end();
}
