/** The last thing that a person did, kept so that it can be taken back and done again, or so that nothing before it is. */

import { type ActionId, actionIdOf, type UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Member } from "./group.ts";
import type { ImportRef } from "./import.ts";
import type { Session } from "./session.ts";
import { settingsBetween } from "./settings-patch.ts";
import type { User } from "./user.ts";

/** One session as it was and as it became; absent where there was, or is, none. */
export type SessionEdit = { readonly before?: Session; readonly after?: Session };

/** One's place in a group as it was and as it became; without `before` they were not in it. */
export type MemberEdit = { readonly before?: Member; readonly after: Member };

/** What `/undo` leaves as it is. */
export type Final = {
  readonly what: FinalKind;
  /** A whole command that does by hand what can be done about it. At most 100 characters. */
  readonly instead?: string;
};

/** What was done that `/undo` does not take back. */
export type FinalKind = (typeof finalKinds)[number];

/** All of them. */
export const finalKinds = [
  "group-left",
  "share-narrowed",
  "cheered",
  "group-set",
  "group-created",
  "group-ended",
  "channel-bound",
  "channel-freed",
  "code-made",
  "linked",
  "unlinked",
  "link-code-made",
  "exported",
  "import-dropped",
  "asked-back",
  "other",
] as const;

/** What a person did last. Each person has at most one; the next replaces it. */
export type LastAction = {
  readonly id: ActionId;
  readonly userId: UserId;
  readonly undone: boolean;
  readonly sessions: readonly SessionEdit[];
  /** The person's settings before and after, where these changed. */
  readonly user?: { readonly before: User; readonly after: User };
  /** What came in from a file, where it did. */
  readonly batch?: ImportRef;
  /** What changed of their place in a group, where it did. */
  readonly member?: MemberEdit;
  /** Set where it cannot be taken back. */
  readonly final?: Final;
};

/** The changes that give a person new settings, as a last action that can be undone. */
export function changeUser(before: User, after: User, id: string): readonly Change[] {
  const lastAction: LastAction = { id: actionIdOf(id), userId: before.id, undone: false, sessions: [], user: { before, after } };
  return [
    { kind: "user-saved", user: after },
    { kind: "last-action-set", lastAction },
  ];
}

/** That something was done that `/undo` leaves as it is. `id` is that of its request. */
export function finalAction(userId: UserId, id: string, final: Final): Change {
  return { kind: "last-action-set", lastAction: { id: actionIdOf(id), userId, undone: false, sessions: [], final } };
}

/**
 * The changes that undo `lastAction`, or redo it when it was undone: of sessions, settings and imports. `now` is the
 * person as they are; settings that something else changed since stay as they are.
 */
export function toggleUndo(lastAction: LastAction, now: User): readonly Change[] {
  const side = lastAction.undone ? "after" : "before";
  const turned = toggledUser(lastAction, now);
  const user: readonly Change[] = turned === now ? [] : [{ kind: "user-saved", user: turned }];
  const batch: readonly Change[] = lastAction.batch
    ? [{ kind: lastAction.undone ? "import-applied" : "import-reverted", id: lastAction.batch.id, userId: lastAction.userId }]
    : [];
  return [...lastAction.sessions.flatMap((edit) => editChanges(edit, side)), ...user, ...batch, toggledAction(lastAction)];
}

/** The last action, marked as undone or as done again. */
export function toggledAction(lastAction: LastAction): Change {
  return { kind: "last-action-set", lastAction: { ...lastAction, undone: !lastAction.undone } };
}

/** The user after undoing or redoing `lastAction`; `now` itself when none of its settings are left to change. */
export function toggledUser({ user, undone }: LastAction, now: User): User {
  if (!user) return now;
  return undone ? settingsBetween(now, user.before, user.after) : settingsBetween(now, user.after, user.before);
}

/** The changes that bring one session from its other side to `side`. */
export function editChanges(edit: SessionEdit, side: "before" | "after"): readonly Change[] {
  const from = edit[side === "after" ? "before" : "after"];
  const to = edit[side];
  return [
    ...(from ? [{ kind: "session-removed", userId: from.userId, id: from.id } as const] : []),
    ...(to ? [{ kind: "session-logged", session: to } as const] : []),
  ];
}
