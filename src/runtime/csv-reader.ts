/** Streams the rows of a CSV text. */

import { CsvError, parse } from "csv-parse";

/** A row, and the number of its last line. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number };

/** The error of a table, if any: invalid CSV from a line on, or a line that is too long. */
export type CsvEnd = { readonly brokenAt: number } | { readonly tooLongAt: number } | undefined;

/** The separator of cells, the maximum number of rows, and the maximum number of characters in one row. */
export type CsvOptions = { readonly separator: string; readonly rows: number; readonly letters: number };

/** Characters given to the parser at a time; their rows are consumed before the next ones are given. */
const slice = 32_768;

/** The rows of `text`, at most `rows` + 1. */
export async function* readCsv(text: string, { separator, rows, letters }: CsvOptions): AsyncGenerator<CsvRow, CsvEnd> {
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: true,
    info: true,
    trim: true,
    to: rows + 1,
    max_record_size: letters,
  });
  let line = 0;
  const feeding = feed(text, parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      line = info.lines;
      yield { cells: record, line };
    }
    await feeding;
    return undefined;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const at = "lines" in error && typeof error.lines === "number" ? error.lines : line + 1;
    return error.code === "CSV_MAX_RECORD_SIZE" ? { tooLongAt: at } : { brokenAt: at };
  } finally {
    parser.destroy();
  }
}

type Parsed = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** Never rejects: a parser error reaches the consumer of the rows. */
async function feed(text: string, parser: ReturnType<typeof parse>): Promise<void> {
  for (let at = 0; at < text.length && parser.writable; at += slice) {
    if (!parser.write(text.slice(at, at + slice))) await drained(parser);
  }
  if (parser.writable) parser.end();
}

async function drained(parser: ReturnType<typeof parse>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  parser.once("drain", resolve).once("close", resolve);
  await promise;
  parser.off("drain", resolve).off("close", resolve);
}
