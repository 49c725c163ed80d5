/** Random groups, members, codes and posts, few enough of each that they meet. */

import type { Address, GroupId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { GroupChange } from "#core/model/changes/groups.ts";
import type { Change } from "#core/model/changes/index.ts";
import { type Channel, type ChannelRef, type Group, type Member, type PastWeek, shares, weekOutcomes } from "#core/model/group.ts";
import { type ChannelMessage, createChannelMessage } from "#core/model/outbox-message.ts";
import { type GroupPrompt, groupPromptKinds } from "#core/model/prompt.ts";
import { accounts, day, from, instant, maybe, record, text, userIds } from "./arbitrary.ts";
import fc from "fast-check";

/** Every group that may turn up. */
export const groupIds = ["g1", "g2"].map((id) => id as GroupId);
/** Every code that may turn up. */
export const codes = ["aaaa", "bbbb", "cccc"];
/** Every channel that may turn up. */
export const channelRefs: readonly ChannelRef[] = accounts.map(({ platform, id }) => ({ platform, address: `in ${id}` as Address }));

const groupId = from(groupIds);
const userId = from(userIds);
const channelRef = from(channelRefs);
const weekly = record({ weekday: from([1, 4, 7] as const), time: fc.constant(Temporal.PlainTime.from("09:30")) });

const group: fc.Arbitrary<Group> = record({
  id: groupId,
  name: text,
  createdAt: instant,
  timeZone: from(["UTC", "Pacific/Auckland"]).map((name) => name as TimeZone),
  firstDay: from([1, 7] as const),
  roundUp: weekly,
  checkIn: maybe(weekly),
});

const channel: fc.Arbitrary<Channel> = record({
  ref: channelRef,
  groupId,
  status: from(["open", "open", "suspended"] as const),
  boundBy: maybe(userId),
});

const member: fc.Arbitrary<Member> = record({ groupId, userId, name: text, share: from(shares), joinedAt: instant, restsOn: maybe(day) });
const prompt: fc.Arbitrary<GroupPrompt> = record({ groupId, kind: from(groupPromptKinds), dueAt: instant, weekStart: day });
const week: fc.Arbitrary<PastWeek> = record({ groupId, weekStart: day, outcome: from(weekOutcomes) });
const post: fc.Arbitrary<ChannelMessage> = fc
  .tuple(prompt, group, channel)
  .map(([asked, whose, where]) => createChannelMessage(asked, whose, where));
const outdated = record({ from: day, at: instant });
const kind = <Kind extends GroupChange["kind"]>(name: Kind) => fc.constant(name);

/** Anything that may be written of groups. */
export const groupChange: fc.Arbitrary<Change> = fc.oneof(
  { arbitrary: record({ kind: kind("group-saved"), group }), weight: 3 },
  record({ kind: kind("group-removed"), groupId }),
  { arbitrary: record({ kind: kind("channel-bound"), channel }), weight: 3 },
  record({ kind: from(["channel-freed", "channel-reopened", "channel-suspended"] as const), channel: channelRef }),
  record({ kind: kind("suspensions-reported"), userId }),
  { arbitrary: record({ kind: kind("member-joined"), member }), weight: 5 },
  { arbitrary: record({ kind: kind("member-changed"), member }), weight: 2 },
  record({ kind: kind("member-left"), groupId, userId }),
  record({
    kind: kind("code-made"),
    code: fc.tuple(groupId, from(codes), instant).map(([of, code, until]) => ({ groupId: of, code: `${code} ${of}`, until })),
  }),
  record({ kind: kind("cheered"), groupId, userId, on: day }),
  record({ kind: kind("group-prompt-set"), prompt }),
  fc
    .tuple(prompt, instant, day)
    .map(([was, dueAt, weekStart]) => ({ kind: "group-prompt-moved" as const, was, to: { ...was, dueAt, weekStart } })),
  record({ kind: kind("group-prompt-dropped"), groupId, prompt: from(groupPromptKinds) }),
  { arbitrary: record({ kind: kind("week-kept"), week }), weight: 2 },
  { arbitrary: record({ kind: fc.constant("delivery-queued" as const), delivery: post }), weight: 4 },
  { arbitrary: fc.tuple(groupId, outdated).map(([of, rest]) => ({ kind: "board-invalidated" as const, groupId: of, ...rest })), weight: 2 },
  { arbitrary: fc.tuple(userId, outdated).map(([of, rest]) => ({ kind: "boards-invalidated" as const, userId: of, ...rest })), weight: 2 },
);
