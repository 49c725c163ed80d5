/** The last thing that a person did, kept so that it can be taken back and done again, or so that nothing before it is. */

import { type ActId, actIdOf, type UserId } from "#core/lib/ids.ts";
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
export type Act = {
  readonly id: ActId;
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

/** The changes that give a person new settings, as an act that can be taken back. */
export function changeUser(before: User, after: User, id: string): readonly Change[] {
  const act: Act = { id: actIdOf(id), userId: before.id, undone: false, sessions: [], user: { before, after } };
  return [
    { kind: "user-saved", user: after },
    { kind: "act-done", act },
  ];
}

/** That something was done that `/undo` leaves as it is. `id` is that of its request. */
export function finalAct(userId: UserId, id: string, final: Final): Change {
  return { kind: "act-done", act: { id: actIdOf(id), userId, undone: false, sessions: [], final } };
}

/**
 * The changes of taking `act` back, or, when it was taken back already, of doing it again: of sessions, settings and imports. `now` is the
 * person as they are; settings that something else changed since stay as they are.
 */
export function turnAct(act: Act, now: User): readonly Change[] {
  const side = act.undone ? "after" : "before";
  const turned = turnedUser(act, now);
  const user: readonly Change[] = turned === now ? [] : [{ kind: "user-saved", user: turned }];
  const batch: readonly Change[] = act.batch
    ? [{ kind: act.undone ? "import-applied" : "import-reverted", id: act.batch.id, userId: act.userId }]
    : [];
  return [...act.sessions.flatMap((edit) => editChanges(edit, side)), ...user, ...batch, turnedAct(act)];
}

/** That `act` is now taken back, or done again. */
export function turnedAct(act: Act): Change {
  return { kind: "act-done", act: { ...act, undone: !act.undone } };
}

/** The person as taking `act` back, or doing it again, leaves them; `now` itself where nothing of its settings is left to turn. */
export function turnedUser({ user, undone }: Act, now: User): User {
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
