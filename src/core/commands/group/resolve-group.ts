/** Finds the group that a command is about, and checks the user's rights there. */

import { withData, mapResult } from "#core/command.ts";
import { type GroupRecord, isSameChannel, type Membership, type ChannelRef } from "#core/model/group.ts";
import { isRefusal, refuse } from "#core/model/refusal.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { fold } from "#core/lib/text.ts";
import { sayWhich } from "#core/voice/group.ts";

/** A group of the user, and the words after its name. */
export type ResolvedGroup = Membership & { readonly words: string };

/**
 * Decides for one group: the one whose id or name starts `words`, else the group of this channel, else the user's only group.
 *
 * If several are possible, it asks which. Each button says `command.name`, the group and `command.tail`.
 */
export function withGroup(
  command: { readonly name: string; readonly tail?: string },
  words: string,
  { channel }: RequestContext,
  decide: (meant: ResolvedGroup) => Step,
): Step {
  return withData({ memberships: true, here: channel }, ({ memberships, here }) => {
    const named = findNamed(words, memberships);
    if (named) return decide(named);
    const [only, another] = memberships;
    const meant = here ?? (another ? undefined : only);
    if (meant) return decide({ ...meant, words });
    if (!only) return refuse("no-such-group", "", "/group join");
    const rest = words.length <= 20 ? words : "";
    return say(...sayWhich(memberships, ({ id }) => [command.name, id, rest, command.tail ?? ""].filter((part) => part !== "").join(" ")));
  });
}

/** The longest matching name wins. */
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

/** Decides for a channel if the user may manage it, and refuses otherwise. `found` is the channel's group. */
export function requireManager(
  { channel, isDirect }: RequestContext,
  example: string,
  decide: (channel: ChannelRef, found: GroupRecord | undefined) => Step,
): Step {
  if (!channel) return refuse(isDirect ? "needs-channel" : "unknown-place", "", example);
  return withData({ group: { channel }, mayManage: true }, ({ group, mayManage }) =>
    mayManage ? decide(channel, group) : refuse("not-manager", "", "/group board"),
  );
}

/** As `requireManager`, but refuses without a group. Reopens a suspended channel if the bot may post there. */
export function requireGroupManager(
  context: RequestContext,
  example: string,
  decide: (found: GroupRecord, channel: ChannelRef) => Step,
): Step {
  return requireManager(context, example, (channel, found) => {
    if (!found) return refuse("no-group-here", "", "/group create Morning crew");
    const step = decide(found, channel);
    if (!isSuspended(channel, found)) return step;
    return withData({ postPermission: true }, ({ postPermission }) =>
      mapResult(step, (end) =>
        postPermission !== "allowed" || isRefusal(end) ? end : { ...end, changes: [{ kind: "channel-reopened", channel }, ...end.changes] },
      ),
    );
  });
}

/** Whether `place` is a suspended channel of this group. */
export function isSuspended(place: ChannelRef, { channels }: GroupRecord): boolean {
  return channels.some((channel) => isSameChannel(channel.ref, place) && channel.status === "suspended");
}

const refusals = { "no-rights": "cannot-post", "not-invited": "not-invited", unknown: "posting-unknown" } as const;

/** Decides if the platform says that the bot may post in this channel. Otherwise refuses with the reason. */
export function requirePostPermission(example: string, decide: () => Step): Step {
  return withData({ postPermission: true }, ({ postPermission }) =>
    postPermission === "allowed" ? decide() : refuse(refusals[postPermission], "", example),
  );
}
