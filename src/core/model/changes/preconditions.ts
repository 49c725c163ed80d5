/** Preconditions of a commit: the message is new, and the settings still have the version that was read. */

import type { Found, QueryName, RequestContext } from "#core/model/context.ts";
import { type Arrived, guardOf } from "./guard.ts";
import type { Change } from "./index.ts";

/** Requires that settings still have the version that was read. */
export type Unchanged = Extract<Change, { readonly kind: "user-unchanged" | "group-unchanged" }>;

/** The versions of the other users and of the group whose settings were read. */
export function versionsIn({ codeOwner, linked = [], group }: RequestContext & Partial<Found<QueryName>>): readonly Unchanged[] {
  const others = [codeOwner, ...linked.map(({ originalOwner }) => originalOwner)].filter((one) => one !== undefined);
  return [
    ...others.map(({ user, version }) => ({ kind: "user-unchanged", userId: user.id, version }) as const),
    ...(group ? [{ kind: "group-unchanged", groupId: group.group.id, version: group.version } as const] : []),
  ];
}

/**
 * Puts the guards before `changes`. The message id goes first, so that a redelivery changes nothing. A new user is saved with their first
 * command. The settings of every other user and group that is written must have the version that was read.
 */
export function withGuards(
  changes: readonly Change[],
  arrived: Arrived,
  context: RequestContext,
  read: readonly Unchanged[],
): readonly Change[] {
  const written = new Set(changes.flatMap(writtenBy));
  const guards = read.filter((one) => written.has(one.kind === "user-unchanged" ? one.userId : one.groupId));
  return [guardOf(arrived, context), ...guards, ...joiningChanges(context), ...changes];
}

/** Saves a new user with their account. No change for a known user. */
export function joiningChanges({ user, account, isNew }: Pick<RequestContext, "user" | "account" | "isNew">): readonly Change[] {
  if (!isNew) return [];
  return [
    { kind: "user-saved", user },
    { kind: "account-linked", account, userId: user.id },
  ];
}

/** The ids of the users or the group whose settings a change writes. */
function writtenBy(change: Change): readonly string[] {
  if (change.kind === "user-saved") return [change.user.id];
  if (change.kind === "users-linked") return [change.from, change.to];
  return change.kind === "group-saved" ? [change.group.id] : [];
}

const guards: readonly Change["kind"][] = ["link-code-used", "user-unchanged", "group-unchanged"];

/** Whether the whole commit is dropped when this change touches nothing, at any position. */
export function isGuard({ kind }: Pick<Change, "kind">): boolean {
  return guards.includes(kind);
}
