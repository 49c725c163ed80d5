/** Import of our own JSON, session by session. */

import { type ExportedPerson, personSchema } from "#core/data/export-schema.ts";
import { exportFormat } from "#core/data/export.ts";
import { quotable } from "#core/lib/text.ts";
import { type Extent, findParts } from "./json-tokens.ts";
import { type FileRefusalKind, importLimits, type ImportRefusal, type RowResult } from "#core/model/import.ts";
import { readSession } from "./parse-row.ts";

/** The end of a file: a refusal of the whole file, or its settings. A table has no settings. */
export type ReadEnd = { readonly refusal: ImportRefusal } | { readonly person: ExportedPerson | undefined };

/** Maximum letters of all settings: slightly more than a user can set. */
const maxSettings = 4 * importLimits.letters;

/** Finds the first setting that no command would accept; undefined if all are valid. */
export type FindBadSetting = (person: ExportedPerson) => ImportRefusal | undefined;

/** Parses `text`: yields a row for each session, then returns the settings or a refusal. */
export function* readExport(text: string, today: Temporal.PlainDate, findBad: FindBadSetting): Generator<RowResult, ReadEnd> {
  const no = (kind: FileRefusalKind, said: string): ReadEnd => ({ refusal: { kind, said: quotable(said) } });
  const parts = findParts(text, importLimits.sessions);
  const valueOf = (key: string): unknown => parseAt(text, parts?.values.get(key), maxSettings);
  if (valueOf("format") !== exportFormat.format || !parts) return no("no-form", parts ? "format" : "");
  if (valueOf("version") !== exportFormat.version) return no("newer", "version");
  const settings = parts.values.get("person");
  const letters = settings ? settings.until - settings.from : 0;
  if (letters > maxSettings) return no("setting", `size; ${letters.toLocaleString("en")} letters`);
  const person = personSchema.safeParse(valueOf("person"));
  if (!person.success) return no("no-form", `person.${person.error.issues[0]?.path.map(String).join(".") ?? ""}`);
  if (text.charAt(parts.values.get("sessions")?.from ?? text.length) !== "[") return no("no-form", "sessions");
  if (parts.sessions.length > importLimits.sessions) return no("too-many", String(parts.sessions.length));
  const bad = findBad(person.data);
  if (bad) return { refusal: bad };
  for (const [index, extent] of parts.sessions.entries()) {
    yield readSession(parseAt(text, extent, importLimits.letters), index + 1, today);
  }
  return { person: person.data };
}

/** The parsed JSON at `extent`; undefined if missing, invalid or longer than `most` letters. */
function parseAt(text: string, extent: Extent | undefined, most: number): unknown {
  if (!extent || extent.until - extent.from > most) return undefined;
  try {
    return JSON.parse(text.slice(extent.from, extent.until));
  } catch {
    return undefined;
  }
}
