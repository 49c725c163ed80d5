/** The texts of importing sessions from a file. */

import {
  earliestDay,
  type FileRefusalKind,
  type ImportProgress,
  importLimits,
  type ImportRefusal,
  type StagedImport,
  type RowRefusalKind,
} from "#core/model/import.ts";
import { type Block, bold, buttons, inlineCode, text } from "#core/model/reply.ts";
import { maxNoteLength, sessionMinutes } from "#core/parsing/log-entries.ts";
import { countOf, dateName } from "#core/phrases.ts";

const { min, max } = sessionMinutes;

/** How to import. */
export function sayHowToImport(): readonly Block[] {
  return [
    text(
      bold("Send me a file."),
      " The JSON of ",
      inlineCode("/export"),
      ", or a CSV whose first line names its columns: date, minutes and activity, in any order. I show what is new in it before anything is recorded.",
    ),
  ];
}

/** The state of a file that has nothing to confirm: still being read, refused, failed, or without new sessions. */
export function sayImporting(importProgress: Exclude<ImportProgress, { readonly kind: "ready" }> | ImportProgress): readonly Block[] {
  switch (importProgress.kind) {
    case "reading": {
      const part = importProgress.of > 0 ? Math.round((100 * importProgress.done) / importProgress.of) : 0;
      return [
        text(bold("Reading your file."), ` ${part} % so far. Nothing is recorded yet.`),
        buttons({ label: "How far is it?", says: "/import" }),
      ];
    }
    case "refused": {
      const [first] = importProgress.refusals;
      if (first?.kind === "elsewhere" || first?.kind === "unreachable") return [sayNotFetched(first.kind, first.said)];
      const more = importProgress.count - importProgress.refusals.length;
      const rows = importProgress.refusals.map((refusal) => text(bold(sayImportRefusal(refusal))));
      const rest = more > 0 ? ` ${countOf(more, "more row")} I could not read.` : "";
      return [
        ...rows,
        text(
          `${rest} Nothing is recorded; a file is taken as a whole or not at all. `.trimStart(),
          inlineCode("/import"),
          " says what works.",
        ),
      ];
    }
    case "failed":
      return [
        text(
          bold("That went wrong on my side."),
          ` Nothing is recorded; please send the file again. Reference: ${importProgress.reference}`,
        ),
      ];
    case "ready":
      return [
        text(bold("Nothing new in that file."), ` ${countOf(importProgress.duplicateCount, "session")}, and all of them are here already.`),
      ];
  }
}

/** What was read from the file, for confirmation. */
export function sayBatch(
  { count, first, last, known, hasSettings }: StagedImport & { readonly known: number; readonly hasSettings: boolean },
  today: Temporal.PlainDate,
): readonly Block[] {
  const span = first.equals(last) ? `of ${dateName(first, today)}` : `from ${dateName(first, today)} to ${dateName(last, today)}`;
  const there = known > 0 ? ` ${known.toLocaleString("en")} known already stay as they are.` : "";
  const settings = hasSettings ? " Your settings come with them." : "";
  return [text(bold(`${countOf(count, "new session")}.`), ` They are ${span}.${there}${settings} Nothing is recorded yet.`)];
}

/** The import was confirmed. */
export function sayImported(count: number, hasSettings: boolean): Block {
  const are = `${countOf(count, "session")} ${count === 1 ? "is" : "are"} in`;
  return text(
    bold("Imported."),
    ` ${are}${hasSettings ? ", and your settings are as they were" : ""}. `,
    inlineCode("/undo"),
    " takes all of it back.",
  );
}

/** The button was pressed twice or too late. */
export function sayNoBatch(): Block {
  return text(bold("Nothing waits to be imported."), " It is in already, or too old; send the file again if it is not.");
}

/** The import was discarded. */
export function sayNotImported(): Block {
  return text(bold("Dropped."), " Nothing is recorded.");
}

/** An import was undone or redone. */
export function sayToggledImport(count: number, isUndo: boolean): Block {
  const are = `${countOf(count, "session")} ${count === 1 ? "is" : "are"}`;
  return text(bold(isUndo ? "Taken back." : "Done again."), ` ${are} ${isUndo ? "out" : "in"}.`);
}

/** A file was not downloaded. Says what would work instead. */
function sayNotFetched(kind: "elsewhere" | "unreachable", said: string): Block {
  const works = {
    elsewhere: " Upload the CSV or JSON itself to this chat, and I'll read it.",
    unreachable: ` Please send it once more; a CSV or JSON of up to ${importLimits.bytes / 1024 / 1024} MB works.`,
  };
  return text(bold(files[kind](said)), works[kind], " Nothing's recorded.");
}

const files: Readonly<Record<FileRefusalKind, (said: string) => string>> = {
  elsewhere: () => "I only open files that are uploaded right here.",
  "too-large": () => `That file is larger than the ${importLimits.bytes / 1024 / 1024} MB that I read.`,
  unreachable: (said) => `I couldn't get "${said}".`,
  encoding: () => "That file is no text that I can read; UTF-8 always works.",
  "no-form": (said) => `That JSON is no export of mine${said === "" ? "" : `: ${said} is not as it should be`}.`,
  newer: () => "That JSON is of a newer version than I know.",
  columns: (said) => {
    const [missing, seen] = said.split("; ");
    return `I found no column for ${missing} among: ${seen}.`;
  },
  cells: (said) => `Line ${said} is no CSV: a quote is open, or stands where none may.`,
  empty: () => "There are no sessions in that file.",
  "too-many": () => `That file holds more than the ${importLimits.sessions.toLocaleString("en")} sessions that I read at once.`,
  "too-heavy": () => "That file is more than I can work through at once. Half of it at a time works.",
  "long-line": (said) => `Line ${said} is longer than any session I could read. One session on each line works.`,
  setting: (said) => {
    const [name = "", ...value] = said.split("; ");
    return `Its settings hold what I can't take: ${settingNames[name] ?? name}, "${value.join("; ")}". What the commands take works here, too.`;
  },
  busy: () => "I'm still reading your last file. Send this one when that's done.",
  crowded: () => "I'm reading other people's files right now. Try again in a few minutes.",
};

/** Names of imported settings that `/settings` does not list. */
const settingNames: Readonly<Record<string, string>> = {
  size: "more than anybody's settings need",
  moved: "a training day moved for one week",
  told: "what I explained before",
  words: "your own words for activities",
};

const rows: Readonly<Record<RowRefusalKind, (said: string) => string>> = {
  date: (said) => `"${said}" is no date; 2026-11-25 is one`,
  "two-ways": (said) => `"${said}" can be read in two ways; 2026-11-25 can not`,
  future: (said) => `${said} is still to come`,
  "too-old": (said) => `${said} is before ${earliestDay.year}`,
  "logged-at": (said) => `"${said}" is no time at which it can have been logged; 2026-11-25T18:30:00Z is one`,
  shares: (said) => `${said} can't be its parts of strength and cardio; each is 0 to 1, and together they are 1 at most`,
  word: (said) => `"${said}" can't be a word of your own for that activity`,
  minutes: (said) => `"${said}" is no time of ${min} to ${max} minutes`,
  activity: (said) => `I do not know "${said}"`,
  intensity: (said) => `"${said}" is not light, moderate or vigorous`,
  note: () => `its note is longer than ${maxNoteLength} characters, or cannot be read`,
  form: (said) => (said === "" ? "that is not a session from my export" : `its "${said}" is not what my export writes`),
  "day-full": (said) => `it would make more than 24 hours on ${said}`,
};

/** Why a file is refused, with the number of the faulty row. */
export function sayImportRefusal(refusal: ImportRefusal): string {
  if (!("row" in refusal)) return files[refusal.kind](refusal.said);
  const where = refusal.row > 0 ? `Row ${refusal.row.toLocaleString("en")}: ` : "";
  const why = rows[refusal.kind](refusal.said);
  return `${where}${where === "" ? why.charAt(0).toUpperCase() + why.slice(1) : why}.`;
}
