/** How groups are begun, joined and left. */

import { groupWeek } from "#core/groups/board.ts";
import { wrongCodeEntered, attemptsLeft } from "#core/accounts/code-attempts.ts";
import { after } from "#core/command.ts";
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
import { type Act, finalAct } from "#core/model/last-action.ts";
import { actIdOf, groupIdOf } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import { nextPrompts } from "#core/schedule/group-prompt.ts";
import { parseGroupName } from "#core/commands/settings/group-settings.ts";
import { type Refusal, refuse } from "#core/model/refusal.ts";
import { type Decision, type Known, type Prepared, say, type Situation } from "#core/model/context.ts";
import { quotable } from "#core/lib/text.ts";
import { bringChoice, sayBegun, sayBound, sayCreated, sayJoined, sayWelcomeAloud } from "#core/voice/group.ts";
import { sayLeft } from "#core/voice/leaving.ts";
import { sayTooMany, sayTriesLeft } from "#core/voice/link.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";
import { requireManager, isSuspended, withGroup, requirePostPermission } from "./resolve-group.ts";

/** Begins a group in this channel. */
export function create(words: string, known: Known): Prepared | Refusal {
  const name = parseGroupName(words);
  if (name === undefined) return refuse("bad-group-name", "", "/group create Morning crew");
  return requireManager(known, "/group create Morning crew", (channel, found) => {
    if (found) return refuse("channel-taken", "", "/group join");
    return requirePostPermission(`/group create ${name}`, () => created(name, channel, known));
  });
}

function created(name: string, place: ChannelRef, known: Known): Decision {
  const { user, now, id } = known;
  const group: Group = {
    id: groupIdOf(id),
    name,
    createdAt: now,
    timeZone: user.timeZone,
    firstDay: user.firstDay,
    roundUp: defaultRoundUp,
    checkIn: undefined,
  };
  const member = newMember(group, known);
  const channel: Channel = { ref: place, groupId: group.id, status: "open", boundBy: user.id };
  const prompts = nextPrompts(group, now, groupWeek(group, now).from);
  return {
    reply: { blocks: sayCreated(group, member), aloud: sayBegun(group) },
    changes: [
      { kind: "group-saved", group },
      { kind: "channel-bound", channel },
      { kind: "member-joined", member },
      ...prompts.map((prompt) => ({ kind: "group-prompt-set", prompt }) as const),
      finalAct(user.id, id, { what: "group-created" }),
    ],
  };
}

/** How the others see somebody who acts now. */
export function nameOf({ account: { name } }: Pick<Known, "account">): string {
  return quotable(name, maxMemberNameLength) || "somebody";
}

function newMember({ id }: Group, known: Known): Member {
  return { groupId: id, userId: known.user.id, name: nameOf(known), share: "status", joinedAt: known.now, restsOn: undefined };
}

/** Joins the group of this channel, or the one of a code. */
export function join(words: string, known: Known): Prepared | Refusal {
  const { channel, isDirect } = known;
  if (words !== "") return byCode(words, (found, situation) => decideJoin(found, words, situation));
  if (!channel) return refuse(isDirect ? "needs-channel" : "unknown-place", "", "/group");
  return after({ group: { channel }, memberships: true }, (situation) => {
    const { group: found } = situation;
    return found ? decideJoin(found, undefined, situation) : refuse("no-group-here", "", "/group create Morning crew");
  });
}

/** Decides for the group of a code that was typed. A wrong one is counted; what is no code at all is a slip, and is not. */
function byCode(words: string, decide: (found: GroupRecord, situation: Situation) => Decision): Prepared | Refusal {
  const code = parseJoinCode(words);
  const refusal = refuse("bad-code", quotable(words), "/group");
  if (code === undefined) return refusal;
  return after({ group: { code }, memberships: true, wrongCodes: true }, (situation) => {
    const { group: found, now } = situation;
    const left = attemptsLeft(situation);
    if (left === 0) return say(sayTooMany());
    if (isValid(found, now)) return decide(found, situation);
    return { reply: { blocks: [sayRefusal(refusal), sayTriesLeft(left - 1)] }, changes: [wrongCodeEntered(situation)] };
  });
}

function isValid(found: GroupRecord | undefined, now: Temporal.Instant): found is GroupRecord {
  return found?.code !== undefined && Temporal.Instant.compare(now, found.code.until) < 0;
}

function decideJoin({ group, channels, memberCount: size }: GroupRecord, code: string | undefined, situation: Situation): Decision {
  const { memberships, channel: place, now } = situation;
  const isHere = place !== undefined && channels.some((channel) => isSameChannel(channel.ref, place));
  const bring = code !== undefined && place && !isHere ? [bringChoice(code)] : [];
  const before = memberships.find((membership) => membership.group.id === group.id);
  if (before) return say(...sayJoined(group, before.member, false, ...bring));
  if (size >= maxMembers) return refuse("group-full", "", "/group");
  const member = newMember(group, situation);
  const act: Act = { id: actIdOf(situation.id), userId: member.userId, undone: false, sessions: [], member: { after: member } };
  return {
    reply: { blocks: sayJoined(group, member, true, ...bring), ...(isHere ? { aloud: sayWelcomeAloud(group, member) } : {}) },
    changes: [
      { kind: "member-joined", member },
      { kind: "board-invalidated", groupId: group.id, from: groupWeek(group, now).from, at: now },
      { kind: "act-done", act },
    ],
  };
}

/** Leaves a group. What stands in its channels is looked at again at once. */
export function leave(words: string, known: Known): Prepared {
  return withGroup({ name: "/group leave" }, words, known, ({ group, words: rest }) => {
    if (rest !== "") return refuse("no-such-group", quotable(rest), "/group leave");
    const { user, now } = known;
    return {
      reply: { blocks: [sayLeft(group)] },
      changes: [
        { kind: "member-left", groupId: group.id, userId: user.id },
        { kind: "board-invalidated", groupId: group.id, from: beginning, at: now },
      ],
    };
  });
}

/** Makes this channel one of the group's whose code is said. Without a code it opens a channel again that was suspended. */
export function channel(words: string, known: Known): Prepared | Refusal {
  return requireManager(known, "/group join", (channel, here) => {
    const opened = [{ kind: "channel-reopened", channel }, finalAct(known.user.id, known.id, { what: "channel-bound" })] as const;
    if (words === "") {
      if (!here) return refuse("no-group-here", "", "/group");
      return requirePostPermission("/group channel", () => bound(here.group, opened));
    }
    return byCode(words, (found) => {
      if (here && here.group.id !== found.group.id) return refuse("channel-taken", "", "/group board");
      const again = here && isSuspended(channel, here) ? opened : [];
      return requirePostPermission(`/group channel ${quotable(words)}`, () =>
        bound(found.group, here ? again : bind(channel, found.group, known)),
      );
    });
  });
}

function bind(channel: ChannelRef, { id }: Group, { user }: Known): readonly Change[] {
  return [{ kind: "channel-bound", channel: { ref: channel, groupId: id, status: "open", boundBy: user.id } }];
}

function bound(group: Group, changes: readonly Change[]): Decision {
  return { reply: { blocks: sayBound(group), ...(changes.length > 0 ? { aloud: sayBegun(group) } : {}) }, changes };
}
