/** The texts of an export. */

import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import { countOf } from "#core/phrases.ts";

/** The export was requested. */
export function sayExporting(): Block {
  return text(bold("On its way."), " All that I keep about you comes by direct message, as two files.");
}

/** The message that carries the files. */
export function sayExport(sessions: number): Block {
  return text(
    bold("All that I keep about you."),
    ` ${countOf(sessions, "session")}: the CSV opens in a spreadsheet, and the JSON holds everything else as well. Send me the JSON with `,
    inlineCode("/import"),
    " and it is read back in.",
  );
}
