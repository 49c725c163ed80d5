/** What is said around the deletion of everything. */

import type { Holdings } from "#core/model/user-data.ts";
import { type Block, bold, code, text } from "#core/model/reply.ts";
import { accountName, counted, list, sentence } from "#core/phrases.ts";

/** What will be deleted, before it is confirmed. */
export function sayForget(holdings: Holdings): readonly Block[] {
  return [
    text(
      bold("Delete all of it?"),
      ` That is ${thingsOf(holdings)}. It cannot be taken back; `,
      code("/export"),
      " gives you all of it first.",
    ),
  ];
}

/** The receipt. */
export function sayForgotten(holdings: Holdings, keptFor: number): readonly Block[] {
  return [
    text(bold("Deleted."), ` ${sentence(thingsOf(holdings))} are gone, and I will not write to you.`),
    ...(holdings.groups > 0
      ? [text("Your name is coming off the round-ups of your groups; where that doesn't work at once, I keep at it until it's gone.")]
      : []),
    text(
      `Of what arrived I keep the numbers for ${keptFor} days, without words or names, so that nothing comes back. `,
      "If you ever log again, we begin anew.",
    ),
  ];
}

/** To somebody of whom nothing is kept. */
export function sayNothingKept(): Block {
  return text(bold("I keep nothing about you."), " There is nothing to delete.");
}

function thingsOf({ accounts, sessions, aside, deliveries, groups, cheers, channels }: Holdings): string {
  return list([
    counted(sessions, "session"),
    ...(aside > 0 ? [`${counted(aside, "session")} kept aside`] : []),
    "your settings and plan",
    ...(deliveries > 0 ? [`what I noted of ${counted(deliveries, "message")} to you`] : []),
    ...(groups > 0 ? [`your place in ${counted(groups, "group")}`] : []),
    ...(cheers > 0 ? [counted(cheers, "cheer")] : []),
    ...(channels > 0 ? [`that you bound ${counted(channels, "channel")}`] : []),
    `${counted(accounts.length, "account")} (${list(accounts.map(accountName))})`,
  ]);
}
