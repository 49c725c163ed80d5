/** The last action of a user, for undo and redo. A final action is kept too, so that `/undo` does not reach an earlier one. */

import { type ActionId, actionIdOf, type UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Member } from "./group.ts";
import type { ImportRef } from "./import.ts";
import type { Session } from "./session.ts";
import { settingsBetween } from "./settings-patch.ts";
import type { User } from "./user.ts";

/** One session before and after an action. `before` is absent for a new session, `after` for a removed one. */
export type SessionEdit = { readonly before?: Session; readonly after?: Session };

/** A membership before and after an action. `before` is absent when the user joined. */
export type MemberEdit = { readonly before?: Member; readonly after: Member };

/** An action that `/undo` does not reverse. */
export type Final = {
  readonly what: FinalKind;
  /** A whole command that reverses it by hand, as far as possible. At most 100 characters. */
  readonly instead?: string;
};

/** A kind of action that `/undo` does not reverse. */
export type FinalKind = (typeof finalKinds)[number];

/** All kinds. */
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

/** The last action of a user. Each user has at most one; the next replaces it. */
export type LastAction = {
  readonly id: ActionId;
  readonly userId: UserId;
  readonly undone: boolean;
  readonly sessions: readonly SessionEdit[];
  /** The user's settings before and after, when they changed. */
  readonly user?: { readonly before: User; readonly after: User };
  /** The import that was applied, if any. */
  readonly batch?: ImportRef;
  /** The membership that changed, if any. */
  readonly member?: MemberEdit;
  /** Set when the action cannot be undone. */
  readonly final?: Final;
};

/** The changes that save new settings of a user, as an action that can be undone. */
export function changeUser(before: User, after: User, id: string): readonly Change[] {
  const lastAction: LastAction = { id: actionIdOf(id), userId: before.id, undone: false, sessions: [], user: { before, after } };
  return [
    { kind: "user-saved", user: after },
    { kind: "last-action-set", lastAction },
  ];
}

/** Records an action that `/undo` does not reverse. `id` is the id of its request. */
export function finalAction(userId: UserId, id: string, final: Final): Change {
  return { kind: "last-action-set", lastAction: { id: actionIdOf(id), userId, undone: false, sessions: [], final } };
}

/**
 * The changes that undo `lastAction`, or redo it when it was undone: of sessions, settings and imports. `now` is the
 * user's current record; settings that another action changed since are kept.
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
