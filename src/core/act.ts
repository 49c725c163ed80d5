/** The last thing that a person did, kept so that it can be taken back and done again. */

import type { ActId, UserId } from "./brand.ts";
import type { Batch } from "./batch.ts";
import type { Change } from "./change.ts";
import type { Session } from "./session.ts";
import type { User } from "./user.ts";

/** One session as it was and as it became; absent where there was, or is, none. */
export type SessionEdit = { readonly before?: Session; readonly after?: Session };

/** What a person did last. Each person has at most one; the next replaces it. */
export type Act = {
  readonly id: ActId;
  readonly userId: UserId;
  readonly undone: boolean;
  readonly sessions: readonly SessionEdit[];
  /** The person's settings before and after, where these changed. */
  readonly user?: { readonly before: User; readonly after: User };
  /** What came in from a file, where it did. */
  readonly batch?: Batch;
};

/** The changes that give a person new settings, as an act that can be taken back. */
export function changeUser(before: User, after: User, id: string): readonly Change[] {
  const act: Act = { id: id as ActId, userId: before.id, undone: false, sessions: [], user: { before, after } };
  return [
    { kind: "user-saved", user: after },
    { kind: "act-done", act },
  ];
}

/** The changes of taking `act` back, or, when it was taken back already, of doing it again. */
export function turnAct(act: Act): readonly Change[] {
  const side = act.undone ? "after" : "before";
  const user: readonly Change[] = act.user ? [{ kind: "user-saved", user: act.user[side] }] : [];
  const batch: readonly Change[] = act.batch
    ? [{ kind: act.undone ? "batch-shown" : "batch-hidden", id: act.batch.id, userId: act.userId }]
    : [];
  const done: Change = { kind: "act-done", act: { ...act, undone: !act.undone } };
  return [...act.sessions.flatMap((edit) => editChanges(edit, side)), ...user, ...batch, done];
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
