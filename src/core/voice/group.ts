/** The texts of groups: replies to one user, and announcements in channels. */

import type { Board, Row, Status } from "#core/groups/board.ts";
import { type JoinCode, type Group, type Member, type Membership, type Share, formatJoinCode } from "#core/model/group.ts";
import { type Block, bold, buttons, type Choice, inlineCode, text } from "#core/model/reply.ts";
import { dateName, sentence, statusWords, numberWord } from "#core/phrases.ts";
import { timesWords } from "./group-settings.ts";
import { countSentence } from "./round-up.ts";

/** What other members see at each share. */
export const shareWords: Readonly<Record<Share, string>> = {
  membership: "that you are there, and nothing of your weeks",
  status: "how your week stands, and no minutes",
  minutes: "how your week stands, and its strength minutes",
};

const shareLabels: Readonly<Record<Share, string>> = {
  membership: "Share membership only",
  status: "Share status only",
  minutes: "Share minutes, too",
};

/** Buttons for the shares other than the current one. */
function shareChoices({ groupId, share }: Member): readonly Choice[] {
  const others = (["membership", "status", "minutes"] as const).filter((other) => other !== share);
  return others.map((other) => ({ label: shareLabels[other], says: `/group share ${groupId} ${other}` }));
}

/** The share button that says `says`; undefined if `says` does not end in a share. */
export function shareChoice(says: string): Choice | undefined {
  const share = (["membership", "status", "minutes"] as const).find((one) => says.endsWith(` ${one}`));
  return share && { label: shareLabels[share], says };
}

function boardChoice({ id }: Group): Choice {
  return { label: "Board", says: `/group board ${id}` };
}

/** The user's groups and the available actions. */
export function sayGroups(memberships: readonly Membership[]): readonly Block[] {
  if (memberships.length === 0)
    return [
      text(
        bold("You are in no group yet."),
        " In a channel, ",
        inlineCode("/group join"),
        " joins its group, and ",
        inlineCode("/group create Morning crew"),
        " begins one. Whoever has a code joins from anywhere.",
      ),
    ];
  return [
    text(
      bold(memberships.length === 1 ? "Your group." : "Your groups."),
      " ",
      inlineCode("/help group"),
      " shows what can be said. The others see of you:",
    ),
    {
      kind: "facts",
      facts: memberships.slice(0, 10).map(({ group, member }) => ({ label: group.name, value: shareWords[member.share] })),
    },
    buttons(
      ...memberships.slice(0, 5).map(({ group }) => ({
        ...boardChoice(group),
        label: memberships.length === 1 ? "Board" : `Board of ${group.name}`,
      })),
    ),
  ];
}

/** Asks which group is meant. `says` gives the full command for one group. */
export function sayWhich(memberships: readonly Membership[], says: (group: Group) => string): readonly Block[] {
  const choices = memberships.slice(0, 25).map(({ group }) => ({ label: group.name, says: says(group) }));
  return [text(bold("Which group?")), { kind: "choices", layout: "list", choices }];
}

/** To the user who created a group. */
export function sayCreated(group: Group, member: Member): readonly Block[] {
  return [
    text(
      bold(`${group.name} is here now.`),
      ` Its round-up comes on ${timesWords(group).roundUp}, ${group.timeZone}. The others see ${shareWords[member.share]}.`,
    ),
    buttons(...shareChoices(member), { label: "Settings", says: "/group settings" }, { label: "Code", says: "/group code" }),
  ];
}

/** To the channel in which a group was created. */
export function announceGroup({ name }: Group): readonly Block[] {
  return [text(bold(`${name} begins here.`), " ", inlineCode("/group join"), " joins; what the others see is each one's own choice.")];
}

/** To a user who has joined, or who is already a member if `isNews` is false. `more` are extra buttons. */
export function sayJoined(group: Group, member: Member, isNews: boolean, ...more: readonly Choice[]): readonly Block[] {
  return [
    text(
      bold(isNews ? `You are in ${group.name}.` : `You are in ${group.name} already.`),
      ` The others see ${shareWords[member.share]}.`,
      ...(isNews ? [" What you train and write stays yours."] : []),
    ),
    buttons(...shareChoices(member), boardChoice(group), ...more),
  ];
}

/** To the channel of a group that a user has joined. */
export function announceMember(group: Group, { name }: Member): readonly Block[] {
  return [text(bold(`${name} is in ${group.name} now.`))];
}

/** The button that adds the current channel to the group. For a user who joined from another channel. */
export function bringChoice(code: string): Choice {
  return { label: "Bring this channel in", says: `/group channel ${code}` };
}

/** A member's share was changed. */
export function sayShared(group: Group, member: Member): readonly Block[] {
  return [
    text(
      bold(`${group.name} sees ${shareWords[member.share]}.`),
      " From now on. I'm changing the round-ups that I posted, too, and keep at it until that's done.",
    ),
    buttons(...shareChoices(member), boardChoice(group)),
  ];
}

/** What a member shares now. */
export function sayShare(group: Group, member: Member): readonly Block[] {
  return [text(bold(`${group.name} sees ${shareWords[member.share]}.`)), buttons(...shareChoices(member))];
}

/** A week of rest was declared. */
export function sayRests({ name }: Group, { share }: Member): Block {
  return text(
    bold("A week of rest, then."),
    share === "membership" ? " Rest is training, too." : ` ${name} sees you resting; what you log counts as before.`,
  );
}

/** A cheer was counted. A second one in the same week gets the same reply and is not counted. */
export function sayCheered(): Block {
  return text(bold("Cheered."), " It is counted once a week, without your name.");
}

/** One page of a board, shown to one member. */
export function sayBoard(board: Board, page: { readonly rows: readonly Row[]; readonly number: number; readonly count: number }): Block[] {
  const { group, week, rows, streak, cheers } = board;
  const share = rows.filter(({ status }) => status !== undefined);
  const more = [
    ...(streak > 1 ? [`${sentence(numberWord(streak))} good weeks in a row.`] : []),
    ...(cheers > 0 ? [`${sentence(numberWord(cheers))} ${cheers === 1 ? "cheer" : "cheers"}.`] : []),
  ];
  const turn = [
    ...(page.number < page.count ? [{ label: "More", says: `/group board ${group.id} page ${page.number + 1}` }] : []),
    ...(page.number > 1 ? [{ label: "Back", says: `/group board ${group.id} page ${page.number - 1}` }] : []),
  ];
  return [
    text(
      bold(`${group.name}, week of ${dateName(week.from, week.until)}.`),
      ` ${[share.length > 0 ? countSentence(rows) : "Nobody shares how their week stands.", ...more].join(" ")}`,
    ),
    { kind: "facts", facts: page.rows.map((row) => ({ label: row.name, value: rowWords(row) })) },
    buttons(...turn, { label: "What I share", says: `/group share ${group.id}` }),
  ];
}

function rowWords({ status, minutes }: Row): string {
  if (status === undefined) return "member";
  return minutes === undefined ? statusWords[status] : `${statusWords[status]}, ${minutes} min`;
}

/** One line about a log in the group's own channel, limited by the member's share; undefined if they share only their membership. */
export function announceLog(
  { name, share }: Member,
  { status, minutes }: { readonly status: Status; readonly minutes: number },
): readonly Block[] | undefined {
  if (share === "membership") return undefined;
  const shown = [...(share === "minutes" ? [`${minutes} min strength`] : []), ...(status === "resting" ? [] : [statusWords[status]])];
  return [text(bold(`${name} logged.`), shown.length > 0 ? ` ${sentence(shown.join(", "))} this week.` : "")];
}

/** A join code, with which users join and channels are added. */
export function sayCode(
  { name }: Group,
  { code: letters, until }: JoinCode,
  today: Temporal.PlainDate,
  timeZone: Group["timeZone"],
): readonly Block[] {
  const last = until.toZonedDateTimeISO(timeZone).toPlainDate();
  const spelled = formatJoinCode(letters);
  return [
    text(
      bold(`The code of ${name}: ${spelled}.`),
      " From anywhere, ",
      inlineCode(`/group join ${spelled}`),
      ` joins until ${dateName(last, today)}.`,
    ),
    text(
      "In another channel, ",
      inlineCode(`/group channel ${spelled}`),
      " makes it one of the group's: for those who may manage that channel.",
    ),
    buttons({ label: "Another code", says: "/group code new" }),
  ];
}

/** A channel was added to a group, or reopened. */
export function sayBound({ name }: Group): readonly Block[] {
  return [text(bold(`This channel is one of ${name} now.`), " Its round-ups come here, too.")];
}

/** Asks for confirmation before a channel or a group is removed. */
export function sayRemove(group: Group, channels: number): readonly Block[] {
  const isOne = channels < 2;
  return [
    text(
      bold(`Nothing is removed yet.`),
      isOne
        ? ` ${group.name} has no other channel: with this one the whole group ends, for all of its members.`
        : ` ${group.name} has ${numberWord(channels)} channels: take this one out, or end the whole group.`,
    ),
    buttons(
      ...(isOne ? [] : [{ label: "This channel only", says: `/group remove channel ${group.id}` }]),
      { label: "The whole group", says: `/group remove group ${group.id}` },
      { label: "Keep it", says: `/group settings` },
    ),
  ];
}

/** To the user who bound a channel that is now suspended. Shown once. */
export function sayCutOff(): Block {
  return text(
    bold("A channel of your group takes no messages from me any more."),
    " It is gone, archived, or closed to me. Where I may write again, ",
    inlineCode("/group channel"),
    " said there brings round-ups back.",
  );
}
