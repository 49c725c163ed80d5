/** Labels of suggestions: how the words typed so far would be understood. */

import { shortName } from "#core/evidence/activities.ts";
import type { ClarificationRequest, LogEntry } from "#core/parsing/log-entries.ts";
import type { Refusal } from "#core/model/refusal.ts";
import { textOf as inWords } from "#core/model/reply.ts";
import type { Session } from "#core/model/session.ts";
import { suggestionLimits } from "#core/autocomplete.ts";
import { dateName, dayName, list } from "#core/phrases.ts";
import { sayRefusal } from "./refusal.ts";

/** "20 strength, as on Tue 24 Nov". */
export function againLabel(words: string, { day }: Session, today: Temporal.PlainDate): string {
  return `${words}, as on ${dateName(day, today)}`;
}

/** "20 min strength, today; 30 min walking, yesterday". */
export function entriesLabel(entries: readonly LogEntry[], today: Temporal.PlainDate): string {
  return entries.map((entry) => entryLabel(entry, today)).join("; ");
}

function entryLabel({ minutes, word, activity, effort, day, note }: LogEntry, today: Temporal.PlainDate): string {
  const what = `${minutes} min ${word ?? shortName(activity)}${effort ? ` ${effort}` : ""}`;
  return `${what}, ${dayName(day, today)}${note ? `, “${note}”` : ""}`;
}

/** The question that would be asked back. */
export function clarificationLabel(request: ClarificationRequest): string {
  switch (request.kind) {
    case "near":
      return `I would ask whether you mean ${list(request.options.map(shortName)).replace(" and ", " or ")}`;
    case "ambiguous":
    case "unknown":
      return `I would ask what "${request.word}" is`;
    case "long":
      return `I would ask about ${list(request.entries.map(({ minutes, activity }) => `${minutes} min ${shortName(activity)}`))} at once`;
  }
}

/** Why the words would be refused, with an example if it fits. */
export function refusalLabel(refusal: Refusal): string {
  const said = sayRefusal(refusal);
  const parts = said.kind === "text" ? said.text : [];
  const line = inWords(parts);
  return line.length <= suggestionLimits.length ? line : inWords(parts.slice(0, 1));
}
