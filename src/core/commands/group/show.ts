/** What members see of each other, and what each lets the others see. */

import { type Act, finalAct } from "#core/model/last-action.ts";
import { boardOf, daysForBoard, groupWeek } from "#core/groups/board.ts";
import { actIdOf } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { after } from "#core/command.ts";
import { type Group, type Member, shares, type Share } from "#core/model/group.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Decision, type Known, type Prepared, say } from "#core/model/context.ts";
import { fold, quotable } from "#core/lib/text.ts";
import { dayNumber } from "#core/lib/time.ts";
import { isNarrower } from "./undo-membership.ts";
import { sayBoard, sayCheered, sayGroups, sayRests, sayShare, sayShared } from "#core/voice/group.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { withGroup } from "./resolve-group.ts";
import { nameOf } from "./begin.ts";

const rowsOnPage = 10;

/** The groups that somebody is in, and what can be said. */
export function overview(): Prepared {
  return after({ memberships: true }, ({ memberships }) => say(...sayGroups(memberships)));
}

/** The board of this week, for a member alone. */
export function board(words: string, known: Known): Prepared {
  const paged = /(?:^|\s)page\s+(\d{1,3})$/i.exec(words);
  const name = paged ? words.slice(0, paged.index).trim() : words;
  return withGroup({ name: "/group board" }, name, known, ({ group, words: rest }) => {
    if (rest !== "") return refuse("no-such-group", quotable(rest), "/group board");
    const week = groupWeek(group, known.now);
    return after(
      { groupSnapshot: { groupId: group.id, days: daysForBoard(week), cheersOn: week.from } },
      ({ groupSnapshot: snapshot, now }) => {
        if (!snapshot) return refuse("no-such-group", "", "/group");
        const all = boardOf(group, snapshot, week, groupsDay(group, now));
        const count = Math.max(1, Math.ceil(all.rows.length / rowsOnPage));
        const number = Math.min(count, Math.max(1, Number(paged?.[1] ?? 1)));
        return say(...sayBoard(all, { rows: all.rows.slice((number - 1) * rowsOnPage, number * rowsOnPage), number, count }));
      },
    );
  });
}

/** What others see of them: shown, or changed from this moment on. */
export function share(words: string, known: Known): Prepared {
  const last = fold(words).split(/\s+/).at(-1) ?? "";
  const asked = shares.find((one) => one === last);
  const name = asked ? words.trim().slice(0, -last.length).trim() : words;
  return withGroup({ name: "/group share", ...(asked ? { tail: asked } : {}) }, name, known, ({ group, member, words: rest }) => {
    if (rest !== "") return refuse("bad-value", quotable(rest), "/group share status");
    return asked ? changeShare(asked, group, member, known) : say(...sayShare(group, member));
  });
}

function changeShare(asked: Share, group: Group, before: Member, known: Known): Decision {
  const member: Member = { ...before, share: asked, name: nameOf(known) };
  return { reply: { blocks: sayShared(group, member) }, changes: changed(before, member, beginning, known) };
}

function changed(before: Member, member: Member, from: Temporal.PlainDate, { now, id }: Known): readonly Change[] {
  const { groupId, userId } = member;
  const act: Act = { id: actIdOf(id), userId, undone: false, sessions: [], member: { before, after: member } };
  const again = { what: "share-narrowed", instead: `/group share ${groupId} ${before.share}` } as const;
  return [
    { kind: "member-changed", member },
    { kind: "board-invalidated", groupId, from, at: now },
    isNarrower(member.share, before.share) ? finalAct(userId, id, again) : { kind: "act-done", act },
  ];
}

/** The week that a button names, by its first day; undefined where it names none. */
function dayIn(words: string): Temporal.PlainDate | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(words) ? parseDay(words) : undefined;
}

function parseDay(words: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(words);
  } catch {
    return undefined;
  }
}

/** Makes the group's week that is under way one of rest. A button of another week finds it over. */
export function rest(words: string, known: Known): Prepared {
  return withGroup({ name: "/group rest" }, words, known, ({ group, member, words: on }) => {
    const week = groupWeek(group, known.now);
    if (on !== "" && !dayIn(on)?.equals(week.from)) return refuse("stale-button", "", "/group rest");
    const resting: Member = { ...member, restsOn: week.from, name: nameOf(known) };
    return { reply: { blocks: [sayRests(group, resting)] }, changes: changed(member, resting, week.from, known) };
  });
}

/** For how many days back a cheer counts: as long as what it stands on is kept true. */
const cheerDays = 35;

/** Cheers for a week of the group, once. Without a week it is the one that ended. */
export function cheer(words: string, known: Known): Prepared {
  return withGroup({ name: "/group cheer" }, words, known, ({ group, words: said }) => {
    const { now, user } = known;
    const week = groupWeek(group, now);
    const on = said === "" ? week.from.subtract({ days: 7 }) : dayIn(said);
    const age = on === undefined ? -1 : dayNumber(week.from) - dayNumber(on);
    if (on === undefined || age < 0 || age > cheerDays || age % 7 !== 0) return refuse("stale-button", "", "/group cheer");
    return {
      reply: { blocks: [sayCheered()] },
      changes: [
        { kind: "cheered", groupId: group.id, userId: user.id, on },
        { kind: "board-invalidated", groupId: group.id, from: on, at: now },
      ],
    };
  });
}
