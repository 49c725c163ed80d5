/** What has to be true still when something is written: it was not said before, and settings are those on which it was decided. */

import type { Change } from "./index.ts";
import { type Arrived, guardOf } from "./guard.ts";
import type { RequestContext, Loaded } from "#core/model/context.ts";

/** That settings are still those on which something was decided. */
export type Unchanged = Extract<Change, { readonly kind: "user-unchanged" | "group-unchanged" }>;

/** Of whom else, and of which group, settings were read. */
export function versionsIn({ codeOwner, linked, group }: Loaded): readonly Unchanged[] {
  const others = [codeOwner, ...linked.map(({ originalOwner }) => originalOwner)].filter((one) => one !== undefined);
  return [
    ...others.map(({ user, version }) => ({ kind: "user-unchanged", userId: user.id, version }) as const),
    ...(group ? [{ kind: "group-unchanged", groupId: group.group.id, version: group.version } as const] : []),
  ];
}

/**
 * The source goes first, so that what a platform delivers twice is done once; somebody new is kept with the first thing they do. Of whoever and
 * whatever else is written, settings have to be those that were read.
 */
export function withGuards(
  changes: readonly Change[],
  arrived: Arrived,
  context: RequestContext,
  read: readonly Unchanged[],
): readonly Change[] {
  const { user, isNew } = context;
  const joined: readonly Change[] = isNew
    ? [
        { kind: "user-saved", user },
        { kind: "account-linked", account: arrived.account, userId: user.id },
      ]
    : [];
  const written = new Set(changes.flatMap(writtenBy));
  const guards = read.filter((one) => written.has(one.kind === "user-unchanged" ? one.userId : one.groupId));
  return [guardOf(arrived, context), ...guards, ...joined, ...changes];
}

/** Whose settings a change writes, or which group's. */
function writtenBy(change: Change): readonly string[] {
  if (change.kind === "user-saved") return [change.user.id];
  if (change.kind === "users-linked") return [change.from, change.to];
  return change.kind === "group-saved" ? [change.group.id] : [];
}
