/** The texts of deleting all data. */

import type { UserDataCounts } from "#core/model/user-data.ts";
import { type Block, bold, inlineCode, text } from "#core/model/reply.ts";
import { accountName, countOf, list, sentence } from "#core/phrases.ts";

/** What will be deleted, before the user confirms. */
export function sayForget(counts: UserDataCounts): readonly Block[] {
  return [
    text(
      bold("Delete all of it?"),
      ` That is ${thingsOf(counts)}. It cannot be taken back; `,
      inlineCode("/export"),
      " gives you all of it first.",
    ),
  ];
}

/** The receipt after deletion. */
export function sayForgotten(counts: UserDataCounts, retentionDays: number): readonly Block[] {
  return [
    text(bold("Deleted."), ` ${sentence(thingsOf(counts))} are gone, and I will not write to you.`),
    ...(counts.groups > 0
      ? [text("Your name is coming off the round-ups of your groups; where that doesn't work at once, I keep at it until it's gone.")]
      : []),
    text(
      `Of what arrived I keep the numbers for ${retentionDays} days, without words or names, so that nothing comes back. `,
      "If you ever log again, we start from the beginning.",
    ),
  ];
}

/** To a user without stored data. */
export function sayNothingKept(): Block {
  return text(bold("I keep nothing about you."), " There is nothing to delete.");
}

function thingsOf({ accounts, sessions, detached, deliveries, groups, cheers, channels }: UserDataCounts): string {
  return list([
    countOf(sessions, "session"),
    ...(detached > 0 ? [`${countOf(detached, "session")} kept aside`] : []),
    "your settings and plan",
    ...(deliveries > 0 ? [`what I noted of ${countOf(deliveries, "message")} to you`] : []),
    ...(groups > 0 ? [`your place in ${countOf(groups, "group")}`] : []),
    ...(cheers > 0 ? [countOf(cheers, "cheer")] : []),
    ...(channels > 0 ? [`that you bound ${countOf(channels, "channel")}`] : []),
    `${countOf(accounts.length, "account")} (${list(accounts.map(accountName))})`,
  ]);
}
