/** Which group somebody means, and whether they may do there what they ask. */

import { withData } from "#core/command.ts";
import { type GroupRecord, isSameChannel, type Membership, type ChannelRef } from "#core/model/group.ts";
import { type Refusal, refuse } from "#core/model/refusal.ts";
import { type Step, type RequestContext, type NeedsData, say, type Loaded } from "#core/model/context.ts";
import { fold } from "#core/lib/text.ts";
import { sayWhich } from "#core/voice/group.ts";

/** A group of theirs, and the words that were said behind its name. */
export type ResolvedGroup = Membership & { readonly words: string };

/**
 * Decides for the group that is meant: the one that `words` begin with, by its id or name; else that of this channel; else their only one.
 *
 * Of several they are asked which; `command` is what is said for one of them, its `tail` behind the group.
 */
export function withGroup(
  command: { readonly name: string; readonly tail?: string },
  words: string,
  { channel }: RequestContext,
  decide: (meant: ResolvedGroup, data: Loaded) => Step,
): NeedsData {
  return withData({ memberships: true, ...(channel ? { here: channel } : {}) }, (data) => {
    const { memberships, here } = data;
    const named = findNamed(words, memberships);
    if (named) return decide(named, data);
    const [only, another] = memberships;
    const meant = here ?? (another ? undefined : only);
    if (meant) return decide({ ...meant, words }, data);
    if (!only) return refuse("no-such-group", "", "/group join");
    const rest = words.length <= 20 ? words : "";
    return say(...sayWhich(memberships, ({ id }) => [command.name, id, rest, command.tail ?? ""].filter((part) => part !== "").join(" ")));
  });
}

/** The longest name wins. */
function findNamed(words: string, memberships: readonly Membership[]): ResolvedGroup | undefined {
  const said = fold(words).trim();
  const candidates = memberships.flatMap((membership) => {
    const { id, name } = membership.group;
    return [id, fold(name).trim()].map((spelled) => ({ membership, spelled }));
  });
  const found = candidates
    .filter(({ spelled }) => said === spelled || said.startsWith(`${spelled} `))
    .toSorted((one, other) => other.spelled.length - one.spelled.length)[0];
  const count = found?.spelled.split(" ").length;
  return found && { ...found.membership, words: words.trim().split(/\s+/).slice(count).join(" ") };
}

/** Decides about a place that others read along in, for somebody who may manage it. `found` is the group that it has. */
export function requireManager(
  { channel, isDirect }: RequestContext,
  example: string,
  decide: (channel: ChannelRef, found: GroupRecord | undefined, data: Loaded) => Step,
): NeedsData | Refusal {
  if (!channel) return refuse(isDirect ? "needs-channel" : "unknown-place", "", example);
  return withData({ group: { channel }, mayManage: true }, (data) => {
    if (!data.mayManage) return refuse("not-manager", "", "/group board");
    return decide(channel, data.group, data);
  });
}

/** The same where the place has a group. A channel that was suspended is open again where the coach may post in it. */
export function requireGroupManager(
  context: RequestContext,
  example: string,
  decide: (found: GroupRecord, channel: ChannelRef, data: Loaded) => Step,
): NeedsData | Refusal {
  return requireManager(context, example, (channel, found, data) => {
    if (!found) return refuse("no-group-here", "", "/group create Morning crew");
    const step = decide(found, channel, data);
    if (!isSuspended(channel, found)) return step;
    return withData({ postPermission: true }, ({ postPermission }) =>
      postPermission === "allowed" ? reopeningChannel(step, channel) : step,
    );
  });
}

/** Whether that channel of the group takes no messages any more. */
export function isSuspended(place: ChannelRef, { channels }: GroupRecord): boolean {
  return channels.some((channel) => isSameChannel(channel.ref, place) && channel.status === "suspended");
}

function reopeningChannel(step: Step, channel: ChannelRef): Step {
  if ("needs" in step) return { needs: step.needs, decide: (data) => reopeningChannel(step.decide(data), channel) };
  return "changes" in step ? { ...step, changes: [{ kind: "channel-reopened", channel }, ...step.changes] } : step;
}

const refusals = { "no-rights": "cannot-post", "not-invited": "not-invited", unknown: "posting-unknown" } as const;

/** Decides about a place where the coach may post, as its platform says now; else it is said what keeps it from that. */
export function requirePostPermission(example: string, decide: () => Step): NeedsData {
  return withData({ postPermission: true }, ({ postPermission }) =>
    postPermission === "allowed" ? decide() : refuse(refusals[postPermission], "", example),
  );
}
