/** Parses a console line: a console command, a press of a numbered choice, or a message to the coach. */

import { fold, quotable } from "#core/lib/text.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Choice } from "#core/model/reply.ts";

/** A parsed line. */
export type Line =
  | { readonly kind: "as"; readonly name: string }
  | { readonly kind: "in"; readonly place: string }
  | { readonly kind: "dm" }
  | { readonly kind: "clock" }
  | { readonly kind: "turn"; readonly to: Temporal.Instant }
  | { readonly kind: "quit" }
  | { readonly kind: "ask"; readonly choice: Choice }
  | { readonly kind: "say"; readonly text: string }
  | { readonly kind: "unclear"; readonly why: string };

/** What parsing a line depends on. */
export type LineContext = { readonly choices: readonly Choice[]; readonly now: Temporal.Instant; readonly timeZone: TimeZone };

/** Parses one line. A number presses that choice of the last answer, if it has that many. */
export function readLine(line: string, moment: LineContext): Line {
  const [word = "", ...rest] = line.trim().split(/\s+/);
  const said = quotable(rest.join(" "), 32);
  const isBlank = fold(said).trim() === "";
  switch (fold(word)) {
    case "/as":
      return isBlank ? { kind: "unclear", why: "Whom shall I take you for? This works: /as ann" } : { kind: "as", name: said };
    case "/in":
      return isBlank ? { kind: "unclear", why: "Which channel? This works: /in crew" } : { kind: "in", place: said };
    case "/dm":
      return { kind: "dm" };
    case "/quit":
    case "/exit":
      return { kind: "quit" };
    case "/clock":
      return readClock(said, moment);
    default:
      return readSaid(line, moment.choices);
  }
}

function readSaid(line: string, choices: readonly Choice[]): Line {
  const number = /^\s*(\d{1,2})\s*$/.exec(fold(line))?.[1];
  const choice = choices[Number(number) - 1];
  if (!choice) return { kind: "say", text: line };
  return choice.field ? { kind: "ask", choice } : { kind: "say", text: choice.says };
}

const units: Readonly<Record<string, "minutes" | "hours" | "days" | "weeks">> = { m: "minutes", h: "hours", d: "days", w: "weeks" };

function readClock(said: string, { now, timeZone }: LineContext): Line {
  if (said === "") return { kind: "clock" };
  const step = /^\+(\d{1,4})([mhdw])$/.exec(fold(said));
  const local = now.toZonedDateTimeISO(timeZone);
  try {
    if (step) return { kind: "turn", to: local.add({ [units[step[2] ?? ""] ?? "days"]: Number(step[1]) }).toInstant() };
    return { kind: "turn", to: Temporal.PlainDateTime.from(said.replace(" ", "T")).toZonedDateTime(timeZone).toInstant() };
  } catch {
    return {
      kind: "unclear",
      why: `I did not understand "${said}". This works: /clock +5d or /clock ${local.toPlainDate().add({ days: 7 }).toString()}T08:00`,
    };
  }
}
