/** The texts of pauses and of turning all messages off. */

import { pauseOn } from "#core/training/pauses.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import type { RequestContext } from "#core/model/context.ts";
import { dateName, numberWord } from "#core/phrases.ts";

/** A pause began. `until` is the first day with messages again. */
export function sayPaused(until: Temporal.PlainDate, { today }: Pick<RequestContext, "today">): Block {
  return text(bold("Paused."), ` No messages until ${dateName(until, today)}; streaks wait, and what you log counts as before.`);
}

/** A pause or a stop was ended. `streak` is the number of good weeks in a row. */
export function sayResumed({ user, today, isActive }: Pick<RequestContext, "user" | "today" | "isActive">, streak: number): Block {
  const waited = streak > 1 ? ` Your streak of ${numberWord(streak)} waited.` : "";
  const back = isActive ? "" : " From your next log on I write again.";
  if (!pauseOn(user, today)) return text(bold("Welcome back."), isActive ? " I write again as before." : back);
  return text(
    bold("Welcome back."),
    `${waited} Begin lighter than where you stopped; 10 or 15 min is a full first session. After an illness or an operation, your doctor's word comes first.${back}`,
  );
}

/** There was no pause to end. */
export function sayNotPaused(): Block {
  return text(bold("Nothing is paused."), " What comes next: ", inlineCode("/schedule"));
}

/** All messages were turned off. */
export function sayStopped(): Block {
  return text(
    bold("I will not write to you any more."),
    " What you say is answered as before, and ",
    inlineCode("/resume"),
    " brings messages back.",
  );
}
