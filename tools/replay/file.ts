/** The file of a replay: one JSON object a line, in the order of time. */

import { parseTimeZone, type TimeZone } from "#core/lib/time.ts";
import { z } from "zod";

/** How the platform answers sends, from a line on. */
export type PlatformMood = "fine" | "closed" | "later" | "unknown";

/** One line: a time, and what happens then. */
export type Entry = {
  /** Line number in the file, from 1. */
  readonly line: number;
  /** A wall time in the person's zone, or an instant. */
  readonly at: Temporal.PlainDateTime | Temporal.Instant;
  readonly who: string;
  readonly says?: string;
  /** How long the coach does not run from then on. */
  readonly down?: Temporal.Duration;
  readonly platform?: PlatformMood;
};

/** A parsed file. */
export type Script = {
  /** The zone of people who have not set theirs. */
  readonly timeZone: TimeZone;
  /** Minutes over which prompts for the same wall time are spread. */
  readonly spread: number;
  readonly entries: readonly Entry[];
};

/** Why a file cannot be replayed, in one line. */
export type Problem = { readonly problem: string };

const example = '{"at":"2026-11-25T12:00","says":"20 strength"}';
const headExample = '{"time zone":"Europe/Berlin"}';

const iso = <Value>(read: (text: string) => Value, what: string) =>
  z.string().transform((text, context) => {
    try {
      return read(text);
    } catch {
      context.addIssue(what);
      return z.NEVER;
    }
  });

const headShape = z.strictObject({
  "time zone": z
    .string()
    .transform(parseTimeZone)
    .refine((timeZone) => timeZone !== undefined, "it must be an IANA time zone"),
  spread: z.int().min(0).max(60).default(60),
});

const entryShape = z.strictObject({
  at: iso(readTime, "it must be a local time such as 2026-11-25T12:00, or an instant"),
  who: z.string().min(1).default("me"),
  says: z.string().exactOptional(),
  down: iso((text) => Temporal.Duration.from(text), "it must be a duration such as P3D").exactOptional(),
  platform: z.enum(["fine", "closed", "later", "unknown"]).exactOptional(),
});

function readTime(text: string): Entry["at"] {
  return /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? Temporal.Instant.from(text) : Temporal.PlainDateTime.from(text);
}

/** Parses `text`. Empty lines and lines that begin with // are skipped. */
export function readScript(text: string): Script | Problem {
  const lines = text
    .split("\n")
    .map((words, index) => ({ words: words.trim(), line: index + 1 }))
    .filter(({ words }) => words !== "" && !words.startsWith("//"));
  const [first, ...rest] = lines;
  if (!first) return { problem: `there is nothing in it. A first line that works: ${headExample}` };
  const head = readLine(first.words, headShape);
  if ("problem" in head) return { problem: `line ${first.line}: ${head.problem}. A first line that works: ${headExample}` };
  const entries: Entry[] = [];
  for (const { words, line } of rest) {
    const read = readLine(words, entryShape);
    if ("problem" in read) return { problem: `line ${line}: ${read.problem}. This works: ${example}` };
    entries.push({ line, ...read.value });
  }
  return { timeZone: head.value["time zone"], spread: head.value.spread, entries };
}

function readLine<Shape extends z.ZodType>(words: string, shape: Shape): { readonly value: z.infer<Shape> } | Problem {
  const json = jsonOf(words);
  if (json === undefined) return { problem: "it is not JSON" };
  const parsed = shape.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") ?? "";
  return { problem: where === "" ? (issue?.message ?? "") : `"${where}": ${issue?.message ?? ""}` };
}

function jsonOf(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    return undefined;
  }
}
