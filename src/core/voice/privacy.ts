/** The text of `/privacy`. */

import { type Block, bold, buttons, text } from "#core/model/reply.ts";
import { unansweredRules } from "#core/model/unanswered-reply.ts";

const { hours } = unansweredRules.use;

/** Eight lines on what is stored. Expired data is deleted after `retentionDays` days. */
export function sayPrivacy(retentionDays: number): readonly Block[] {
  const rows: readonly (readonly [string, string])[] = [
    ["Sessions", "activity, minutes, day, effort and your note, until you remove them"],
    [
      "About you",
      "your settings, plan and own words, ids and names of your accounts, the last thing that you did, for /undo, and an open question",
    ],
    ["In groups", "your name there, since when, what you share, weeks of rest, cheers, and channels that you bound, until you leave"],
    [
      "What I sent",
      `which message when, with that week's minutes, for ${retentionDays} days; an answer only until you have it, for ${hours} hours at most`,
    ],
    [
      "What arrived",
      `the number of each message without its words, for ${retentionDays} days, so that nothing counts twice; wrong codes of an account for ten minutes`,
    ],
    ["Where", "in the database of whoever runs this bot, and in their copies of it; I pass nothing on"],
    ["Who sees it", "you, and of a group what you let it see; whoever runs this bot can open the database"],
    ["How long", "until /forget: that deletes all of it at once, but for the numbers of what arrived and the count of wrong codes"],
  ];
  return [
    text(bold("What I keep about you.")),
    { kind: "facts", facts: rows.map(([label, value]) => ({ label, value })) },
    buttons({ label: "Export", says: "/export" }, { label: "Forget me", says: "/forget" }),
  ];
}
