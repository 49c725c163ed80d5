/** The nudges: short messages about one day. Each has a button to turn it off. */

import type { Nudge } from "#core/schedule/nudges.ts";
import { type Block, bold, buttons, text } from "#core/model/reply.ts";
import type { User } from "#core/model/user.ts";
import { shortWeekday, weekdayName } from "#core/phrases.ts";

const mute = { label: "Mute", says: "/settings nudges off" } as const;

/** The message for `nudge`. */
export function sayNudge(nudge: Nudge, user: User): readonly Block[] {
  switch (nudge.kind) {
    case "rest":
      return [
        text(bold("Rest day: that is training too."), ` ${nudge.yesterday} min strength yesterday. A walk would be perfect.`),
        buttons({ label: "Thanks", says: "/thanks" }, mute),
      ];
    case "full":
      return sayFull(nudge);
    case "training":
      return sayTraining(nudge, user);
  }
}

function sayFull({ summary, weekday }: Extract<Nudge, { readonly kind: "full" }>): readonly Block[] {
  const day = weekdayName(weekday);
  return [
    text(
      bold(summary.dose.isGood ? "Your week is already good." : "Your week is already full."),
      ` ${summary.dose.minutes} min strength, and ${day} is on your plan. Keep it, shorten it, or swap it for a walk: all three are fine.`,
    ),
    buttons(
      { label: "Keep", says: `/keep ${shortWeekday(weekday)}` },
      { label: "Walk instead", says: `/skip ${shortWeekday(weekday)}` },
      mute,
    ),
  ];
}

function sayTraining({ summary, weekday, instead }: Extract<Nudge, { readonly kind: "training" }>, { plan }: User): readonly Block[] {
  const day = weekdayName(weekday);
  const minutes = plan?.minutes ?? 0;
  const other = instead ? weekdayName(instead) : undefined;
  const move = instead ? [{ label: `Move to ${other}`, says: `/move ${shortWeekday(weekday)} ${shortWeekday(instead)}` }] : [];
  return [
    text(
      bold(`${day} is one of your days.`),
      ` ${minutes} min this evening would bring you to ${summary.dose.minutes + minutes}.`,
      ` ${other ? `Not today? ${other} is free too.` : "Not today is fine, too."}`,
    ),
    buttons(
      ...move,
      { label: "Not this week", says: `/skip ${shortWeekday(weekday)}` },
      { ...mute, says: "/settings training nudges off" },
    ),
  ];
}
