/** Creating, joining and leaving groups. */

import { groupWeek } from "#core/groups/board.ts";
import { wrongCodeEntered, attemptsLeft } from "#core/accounts/code-attempts.ts";
import { withData } from "#core/command.ts";
import {
  type Channel,
  type Group,
  type GroupRecord,
  isSameChannel,
  maxMemberNameLength,
  type Member,
  maxMembers,
  type ChannelRef,
  parseJoinCode,
  defaultRoundUp,
} from "#core/model/group.ts";
import { type LastAction, finalAction } from "#core/model/last-action.ts";
import { actionIdOf, groupIdOf } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { nextPrompts } from "#core/schedule/group-prompt.ts";
import { parseGroupName } from "#core/commands/settings/group-settings.ts";
import { refuse } from "#core/model/refusal.ts";
import { type Step, type RequestContext, say, type Loaded } from "#core/model/context.ts";
import { quotable } from "#core/lib/text.ts";
import { bringChoice, announceGroup, sayBound, sayCreated, sayJoined, announceMember } from "#core/voice/group.ts";
import { sayLeft } from "#core/voice/leaving.ts";
import { sayTooMany, sayTriesLeft } from "#core/voice/link.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { requireManager, isSuspended, withGroup, requirePostPermission } from "./resolve-group.ts";

/** Creates a group in this channel. */
export function create(words: string, context: RequestContext): Step {
  const name = parseGroupName(words);
  if (name === undefined) return refuse("bad-group-name", "", "/group create Morning crew");
  return requireManager(context, "/group create Morning crew", (channel, found) => {
    if (found) return refuse("channel-taken", "", "/group join");
    return requirePostPermission(`/group create ${name}`, () => created(name, channel, context));
  });
}

function created(name: string, place: ChannelRef, context: RequestContext): Step {
  const { user, now, id } = context;
  const group: Group = {
    id: groupIdOf(id),
    name,
    createdAt: now,
    timeZone: user.timeZone,
    firstDay: user.firstDay,
    roundUp: defaultRoundUp,
    checkIn: undefined,
  };
  const member = newMember(group, context);
  const channel: Channel = { ref: place, groupId: group.id, status: "open", boundBy: user.id };
  const prompts = nextPrompts(group, now, groupWeek(group, now).from);
  return {
    reply: { blocks: sayCreated(group, member), announcement: announceGroup(group) },
    changes: [
      { kind: "group-saved", group },
      { kind: "channel-bound", channel },
      { kind: "member-joined", member },
      ...prompts.map((prompt) => ({ kind: "group-prompt-set", prompt }) as const),
      finalAction(user.id, id, { what: "group-created" }),
    ],
  };
}

/** The name of the acting user as other members see it. */
export function nameOf({ account: { name } }: Pick<RequestContext, "account">): string {
  return quotable(name, maxMemberNameLength) || "somebody";
}

function newMember({ id }: Group, context: RequestContext): Member {
  return { groupId: id, userId: context.user.id, name: nameOf(context), share: "status", joinedAt: context.now, restsOn: undefined };
}

/** Joins the group of this channel, or the group of a join code. */
export function join(words: string, context: RequestContext): Step {
  const { channel, isDirect } = context;
  if (words !== "") return byCode(words, (found, data) => decideJoin(found, words, data));
  if (!channel) return refuse(isDirect ? "needs-channel" : "unknown-place", "", "/group");
  return withData({ group: { channel }, memberships: true }, (data) =>
    data.group ? decideJoin(data.group, undefined, data) : refuse("no-group-here", "", "/group create Morning crew"),
  );
}

/** Decides for the group of a typed join code. A wrong code is counted. Text that is not a code at all is refused but not counted. */
function byCode(words: string, decide: (found: GroupRecord, data: Loaded<"memberships">) => Step): Step {
  const code = parseJoinCode(words);
  const refusal = refuse("bad-code", quotable(words), "/group");
  if (code === undefined) return refusal;
  return withData({ group: { code }, memberships: true, wrongCodes: true }, (data) => {
    const { group: found, now } = data;
    const left = attemptsLeft(data);
    if (left === 0) return say(sayTooMany());
    if (isValid(found, now)) return decide(found, data);
    return { reply: { blocks: [sayRefusal(refusal), sayTriesLeft(left - 1)] }, changes: [wrongCodeEntered(data)] };
  });
}

function isValid(found: GroupRecord | undefined, now: Temporal.Instant): found is GroupRecord {
  return found?.code !== undefined && Temporal.Instant.compare(now, found.code.until) < 0;
}

function decideJoin({ group, channels, memberCount }: GroupRecord, code: string | undefined, data: Loaded<"memberships">): Step {
  const { memberships, channel, now } = data;
  const isHere = channel !== undefined && channels.some(({ ref }) => isSameChannel(ref, channel));
  const bring = code !== undefined && channel && !isHere ? [bringChoice(code)] : [];
  const before = memberships.find((membership) => membership.group.id === group.id);
  if (before) return say(...sayJoined(group, before.member, false, ...bring));
  if (memberCount >= maxMembers) return refuse("group-full", "", "/group");
  const member = newMember(group, data);
  const lastAction: LastAction = { id: actionIdOf(data.id), userId: member.userId, undone: false, sessions: [], member: { after: member } };
  return {
    reply: { blocks: sayJoined(group, member, true, ...bring), ...(isHere ? { announcement: announceMember(group, member) } : {}) },
    changes: [
      { kind: "member-joined", member },
      { kind: "board-invalidated", groupId: group.id, from: groupWeek(group, now).from, at: now },
      { kind: "last-action-set", lastAction },
    ],
  };
}

/** Leaves a group. The live messages in its channels are checked again at once. */
export function leave(words: string, context: RequestContext): Step {
  return withGroup({ name: "/group leave" }, words, context, ({ group, words: rest }) => {
    if (rest !== "") return refuse("no-such-group", quotable(rest), "/group leave");
    const { user, now } = context;
    return {
      reply: { blocks: [sayLeft(group)] },
      changes: [
        { kind: "member-left", groupId: group.id, userId: user.id },
        { kind: "board-invalidated", groupId: group.id, from: beginning, at: now },
      ],
    };
  });
}

/** Adds this channel to the group of a join code. Without a code it reopens a suspended channel. */
export function channel(words: string, context: RequestContext): Step {
  return requireManager(context, "/group join", (channel, here) => {
    const opened = [{ kind: "channel-reopened", channel }, finalAction(context.user.id, context.id, { what: "channel-bound" })] as const;
    if (words === "") {
      if (!here) return refuse("no-group-here", "", "/group");
      return requirePostPermission("/group channel", () => bound(here.group, opened));
    }
    return byCode(words, (found) => {
      if (here && here.group.id !== found.group.id) return refuse("channel-taken", "", "/group board");
      const again = here && isSuspended(channel, here) ? opened : [];
      return requirePostPermission(`/group channel ${quotable(words)}`, () =>
        bound(found.group, here ? again : bind(channel, found.group, context)),
      );
    });
  });
}

function bind(channel: ChannelRef, { id }: Group, { user }: RequestContext): readonly Change[] {
  return [{ kind: "channel-bound", channel: { ref: channel, groupId: id, status: "open", boundBy: user.id } }];
}

function bound(group: Group, changes: readonly Change[]): Step {
  return { reply: { blocks: sayBound(group), ...(changes.length > 0 ? { announcement: announceGroup(group) } : {}) }, changes };
}
