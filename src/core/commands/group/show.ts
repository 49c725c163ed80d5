/** What members see of each other, and what each member shares. */

import { type LastAction, finalAction } from "#core/model/last-action.ts";
import { boardOf, daysForBoard, groupWeek } from "#core/groups/board.ts";
import { actionIdOf } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { withData } from "#core/command.ts";
import { type Group, type Member, shares, type Share } from "#core/model/group.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { fold, quotable } from "#core/lib/text.ts";
import { dayNumber } from "#core/lib/time.ts";
import { isNarrower } from "./undo-membership.ts";
import { sayBoard, sayCheered, sayGroups, sayRests, sayShare, sayShared } from "#core/voice/group.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { withGroup } from "./resolve-group.ts";
import { nameOf } from "./begin.ts";

const rowsOnPage = 10;

/** Lists the user's groups and the available commands. */
export function overview(): Step {
  return withData({ memberships: true }, ({ memberships }) => say(...sayGroups(memberships)));
}

/** The board of this week, shown to one member only. */
export function board(words: string, context: RequestContext): Step {
  const paged = /(?:^|\s)page\s+(\d{1,3})$/i.exec(words);
  const name = paged ? words.slice(0, paged.index).trim() : words;
  return withGroup({ name: "/group board" }, name, context, ({ group, words: rest }) => {
    if (rest !== "") return refuse("no-such-group", quotable(rest), "/group board");
    const week = groupWeek(group, context.now);
    return withData({ groupSnapshot: { groupId: group.id, days: daysForBoard(week), cheersOn: week.from } }, ({ groupSnapshot, now }) => {
      const all = boardOf(group, groupSnapshot, week, groupsDay(group, now));
      const count = Math.max(1, Math.ceil(all.rows.length / rowsOnPage));
      const number = Math.min(count, Math.max(1, Number(paged?.[1] ?? 1)));
      return say(...sayBoard(all, { rows: all.rows.slice((number - 1) * rowsOnPage, number * rowsOnPage), number, count }));
    });
  });
}

/** Shows or changes what the user shares with a group. A change takes effect at once. */
export function share(words: string, context: RequestContext): Step {
  const last = fold(words).split(/\s+/).at(-1) ?? "";
  const asked = shares.find((one) => one === last);
  const name = asked ? words.trim().slice(0, -last.length).trim() : words;
  return withGroup({ name: "/group share", ...(asked ? { tail: asked } : {}) }, name, context, ({ group, member, words: rest }) => {
    if (rest !== "") return refuse("bad-value", quotable(rest), "/group share status");
    return asked ? changeShare(asked, group, member, context) : say(...sayShare(group, member));
  });
}

function changeShare(asked: Share, group: Group, before: Member, context: RequestContext): Step {
  const member: Member = { ...before, share: asked, name: nameOf(context) };
  return { reply: { blocks: sayShared(group, member) }, changes: changed(before, member, beginning, context) };
}

function changed(before: Member, member: Member, from: Temporal.PlainDate, { now, id }: RequestContext): readonly Change[] {
  const { groupId, userId } = member;
  const lastAction: LastAction = { id: actionIdOf(id), userId, undone: false, sessions: [], member: { before, after: member } };
  const again = { what: "share-narrowed", instead: `/group share ${groupId} ${before.share}` } as const;
  return [
    { kind: "member-changed", member },
    { kind: "board-invalidated", groupId, from, at: now },
    isNarrower(member.share, before.share) ? finalAction(userId, id, again) : { kind: "last-action-set", lastAction },
  ];
}

/** The first day of the week that a button names; undefined if `words` is not a date. */
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

/** Declares rest for the group's current week. A button for another week is refused as stale. */
export function rest(words: string, context: RequestContext): Step {
  return withGroup({ name: "/group rest" }, words, context, ({ group, member, words: on }) => {
    const week = groupWeek(group, context.now);
    if (on !== "" && !dayIn(on)?.equals(week.from)) return refuse("stale-button", "", "/group rest");
    const resting: Member = { ...member, restsOn: week.from, name: nameOf(context) };
    return { reply: { blocks: [sayRests(group, resting)] }, changes: changed(member, resting, week.from, context) };
  });
}

/** The oldest week that can be cheered, in days back. Its live messages are kept up to date for the same time. */
const cheerDays = 35;

/** Cheers for a week of the group; it counts once. Without a week it is last week. */
export function cheer(words: string, context: RequestContext): Step {
  return withGroup({ name: "/group cheer" }, words, context, ({ group, words: said }) => {
    const { now, user } = context;
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
