/** The texts of actions that `/undo` cannot undo, and of undone or redone group actions. */

import type { Final, FinalKind } from "#core/model/last-action.ts";
import type { Group, Member } from "#core/model/group.ts";
import { type Block, bold, buttons, type Choice, inlineCode, type Inline, text } from "#core/model/reply.ts";
import { shareChoice, shareWords } from "./group.ts";

type Words = readonly [lead: string, ...rest: readonly Inline[]];

const cannot = "That can't be taken back.";
const byHand = "That takes another step.";

const wordsOf: Readonly<Record<FinalKind, (instead: string) => Words>> = {
  "group-left": (instead) => [
    byHand,
    " /undo never shows the others more of you. To come back, say ",
    inlineCode(instead || "/group join"),
    " in the group's channel, or use a code.",
  ],
  "share-narrowed": (instead) => [byHand, " /undo never shows the others more of you. This shares it again: ", inlineCode(instead)],
  cheered: () => ["A cheer can't be taken back.", " It's counted once a week, without your name."],
  "group-set": (instead) => [
    byHand,
    " The group's settings are everybody's, so /undo leaves them alone. Said in its channel, this puts it back: ",
    inlineCode(instead || "/group settings"),
  ],
  "group-created": () => [byHand, " ", inlineCode("/group remove"), ", said in its channel, ends the group. I ask before I do it."],
  "group-ended": (instead) => [
    cannot,
    " The group has ended. This begins a new one: ",
    inlineCode(instead || "/group create Morning crew"),
  ],
  "channel-bound": () => [byHand, " ", inlineCode("/group remove"), ", said in that channel, takes it out of the group again."],
  "channel-freed": () => [
    byHand,
    " With a code of the group, ",
    inlineCode("/group channel CODE"),
    " said in that channel brings it back.",
  ],
  "code-made": () => [byHand, " ", inlineCode("/group code new"), " makes another code, and the one before stops working."],
  linked: () => [byHand, " ", inlineCode("/unlink"), " parts the accounts again; each keeps what was logged on it."],
  unlinked: () => [byHand, " ", inlineCode("/link"), " joins the accounts again."],
  "link-code-made": () => [cannot, " The code stops working by itself, ten minutes after it was made."],
  exported: () => [cannot, " It's already on its way to you, and to nobody else."],
  "import-dropped": () => [cannot, " Send me the file again if you'd like it after all."],
  "asked-back": () => ["Nothing was recorded, so there's nothing to take back.", " What you logged before is in ", inlineCode("/history")],
  other: () => [cannot, " What you logged is in ", inlineCode("/history")],
};

/** Says that `/undo` cannot undo an action, and what the user can do instead. */
export function sayFinal({ what, instead = "" }: Final): readonly Block[] {
  const [lead, ...rest] = wordsOf[what](instead);
  const share = what === "share-narrowed" ? shareChoice(instead) : undefined;
  const choices: readonly Choice[] = [...(share ? [share] : []), { label: "History", says: "/history" }];
  return [text(bold(lead), ...rest), buttons(...choices)];
}

/** Joining a group was undone. */
export function sayOut({ name }: Group): Block {
  return text(
    bold(`You're out of ${name} again.`),
    " Nothing of yours goes to the others, and your name comes off the round-ups. What you logged stays yours.",
  );
}

/** A larger share was undone. */
export function sayShareBack({ name }: Group, { share }: Member): Block {
  return text(bold("Taken back."), ` ${name} sees ${shareWords[share]}.`);
}

/** A week of rest was undone or redone. */
export function sayToggledRest({ name }: Group, isUndo: boolean): Block {
  return isUndo
    ? text(bold("Taken back."), ` Your week in ${name} counts as any other.`)
    : text(bold("Done again."), ` It's a week of rest in ${name}.`);
}
