/** Prints a replay: each message with local time and reason, and a summary at the end. */

import type { TimeZone } from "#core/lib/time.ts";
import type { DirectMessage, DirectMessageKind } from "#core/model/outbox-message.ts";
import type { PromptKind } from "#core/model/prompt.ts";
import type { User } from "#core/model/user.ts";
import { dateName, momentName, timeName, weekdayName } from "#core/phrases.ts";
import { kindName, whyName } from "#core/voice/schedule.ts";
import type { Event } from "./run.ts";

/** What is printed, and where. */
export type PrinterOptions = {
  /** The zone of the file. Other zones are named. */
  readonly timeZone: TimeZone;
  /** Whether to print what people say, and the answers. */
  readonly hasAnswers: boolean;
  readonly only: PromptKind | undefined;
  readonly who: string | undefined;
  readonly write: (words: string) => void;
};

/** Creates a printer of events, which also counts them. */
export function createPrinter({ timeZone, hasAnswers, only, who, write }: PrinterOptions) {
  const counts = new Map<string, number>();
  const head = (event: Event, user: User | undefined): string => {
    const zone = user?.timeZone ?? timeZone;
    const local = event.at.toZonedDateTimeISO(zone);
    const today = local.toPlainDate();
    const elsewhere = zone === timeZone ? "" : ` in ${zone}`;
    return `${dateName(today, today)} ${local.year} ${timeName(local.toPlainTime())}${elsewhere} · ${event.who}`;
  };
  return {
    print(event: Event): void {
      if (who !== undefined && event.who !== who) return;
      if (event.kind === "answer") {
        if (hasAnswers) write(`${head(event, event.user)} > ${event.said}\n${indent(event.words)}\n`);
        return;
      }
      const { delivery, user, words } = event;
      if (only !== undefined && delivery.kind !== only) return;
      const name = `${event.who}, ${kindName(delivery.kind)}, ${delivery.state}${delivery.reason ? ` (${whyName(delivery.reason)})` : ""}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      write(`${head(event, user)} · ${kindName(delivery.kind)}: ${reasonOf(delivery, user)}`);
      if (words !== undefined) write(`${indent(words)}\n`);
    },
    sumUp(): void {
      write("In all:");
      for (const [name, count] of [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1))) write(`  ${String(count).padStart(4)}  ${name}`);
    },
  };
}

function indent(words: string): string {
  return words.replaceAll(/^/gm, "    ");
}

/** Why the message came then, or why it was not sent. */
function reasonOf(delivery: DirectMessage, user: User): string {
  const { kind, localDate, dueAt, endedAt, state, reason } = delivery;
  const today = (endedAt ?? dueAt).toZonedDateTimeISO(user.timeZone).toPlainDate();
  const reasons: Readonly<Partial<Record<DirectMessageKind, string>>> = {
    weekly: `for the week of ${dateName(localDate, today)}${asked(user)}`,
    rest: `for ${dateName(localDate, today)}`,
    training: `for ${dateName(localDate, today)}, a planned day`,
  };
  const late = endedAt && endedAt.since(dueAt).total("minutes") > 5 ? `, late: due ${momentName(dueAt, user, today)}` : "";
  if (state === "sent") return `${reasons[kind] ?? "as asked"}${late}`;
  return `${reasons[kind] ?? "as asked"}${late}; ${state}, as ${whyName(reason ?? "late")}`;
}

function asked({ feedback }: User): string {
  return feedback ? `, asked for ${weekdayName(feedback.weekday)}s ${timeName(feedback.time)}` : "";
}
