/** Account linking: merges the histories of two users, and separates them again. */

import { createDeduplicator } from "#core/data/import/deduplicate.ts";
import type { LinkedAccount, CodeOwner } from "#core/model/account-link.ts";
import type { Change } from "#core/model/changes/index.ts";
import { finalAction } from "#core/model/last-action.ts";
import { createNotice } from "#core/model/outbox-message.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { learn } from "#core/parsing/own-words.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";

/** The data of both users when their accounts are linked. */
export type LinkInput = {
  readonly user: User;
  readonly isActive: boolean;
  readonly account: Account;
  readonly sessions: readonly Session[];
  readonly codeOwner: CodeOwner;
  readonly otherSessions: readonly Session[];
  readonly now: Temporal.Instant;
  readonly id: string;
};

/** The result of linking: the surviving user, the duplicate sessions, and the changes to write. */
export type LinkResult = { readonly older: User; readonly setAside: readonly Session[]; readonly changes: readonly Change[] };

/** Links two users. The older one survives; the younger one is detached and keeps the duplicate sessions. */
export function linkUsers(sides: LinkInput): LinkResult {
  const { user, codeOwner, now, id } = sides;
  const isOlder = comesBefore(user, codeOwner.user);
  const [older, younger] = isOlder ? [user, codeOwner.user] : [codeOwner.user, user];
  const [stay, move] = isOlder ? [sides.sessions, sides.otherSessions] : [sides.otherSessions, sides.sessions];
  const [isActive, wasActive] = isOlder ? [sides.isActive, codeOwner.isActive] : [codeOwner.isActive, sides.isActive];
  const deduplicator = createDeduplicator();
  for (const session of stay) deduplicator.add(session);
  const setAside = move.filter((session) => !deduplicator.isNew(session));
  const joined = merged(older, younger);
  const latest = [...stay, ...move]
    .map(({ day }) => day)
    .toSorted(Temporal.PlainDate.compare)
    .at(-1);
  const promptsStart = !isActive && wasActive && latest ? { promptsStart: { user: joined, latest } } : {};
  return {
    older: joined,
    setAside,
    changes: [
      ...setAside.map((session) => ({ kind: "session-set-aside", userId: younger.id, id: session.id }) as const),
      { kind: "users-linked", from: younger.id, to: older.id, ...promptsStart },
      { kind: "boards-invalidated", userId: older.id, from: beginning, at: now },
      { kind: "user-saved", user: joined },
      { kind: "account-seen", account: sides.account, at: now },
      { kind: "delivery-queued", delivery: createNotice("linked", joined, { id, now, to: codeOwner.account }) },
      finalAction(older.id, id, { what: "linked" }),
    ],
  };
}

function comesBefore(one: User, other: User): boolean {
  return Temporal.Instant.compare(one.joinedAt, other.joinedAt) < 0 || (one.joinedAt.equals(other.joinedAt) && one.id < other.id);
}

/** Keeps the older user's settings and both users' learned words. Messages stay stopped if either user stopped them. */
function merged(older: User, younger: User): User {
  return {
    ...older,
    words: learn(older.words, newTo(older.words, younger.words)),
    told: [...new Set([...older.told, ...younger.told])],
    isStopped: older.isStopped || younger.isStopped,
  };
}

/** The entries of `words` that are not in `known`. */
function newTo(known: User["words"], words: User["words"]): User["words"] {
  return Object.fromEntries(Object.entries(words).filter(([word]) => !Object.hasOwn(known, word)));
}

/** The data for unlinking: the shared sessions, those set aside of users who stay linked, and whether the leaving account asked for it. */
export type UnlinkInput = {
  readonly now: Temporal.Instant;
  readonly id: string;
  readonly isLeaver: boolean;
  readonly sessions: readonly Session[];
  readonly otherSessions: readonly Session[];
};

/** The changes that unlink `account` from `user` and restore its original owner. */
export function unlinkAccount(
  user: User,
  { account, originalOwner }: LinkedAccount & { readonly originalOwner: NonNullable<LinkedAccount["originalOwner"]> },
  { now, id, isLeaver, sessions, otherSessions }: UnlinkInput,
): readonly Change[] {
  const owner: User = { ...originalOwner.user, isStopped: originalOwner.user.isStopped || user.isStopped };
  const told = isLeaver ? createNotice("parted", user, { id, now }) : createNotice("parted", owner, { id, now, to: account });
  return [
    { kind: "boards-invalidated", userId: user.id, from: beginning, at: now },
    {
      kind: "user-unlinked",
      userId: user.id,
      originalOwnerId: owner.id,
      ...(originalOwner.latest ? { promptsStart: { user: owner, latest: originalOwner.latest } } : {}),
    },
    ...sessionsToRestore({ left: sessions, aside: otherSessions }, owner).map(
      (session) => ({ kind: "session-restored", userId: session.userId, id: session.id, to: user.id }) as const,
    ),
    { kind: "user-saved", user: owner },
    { kind: "delivery-queued", delivery: told },
    finalAction(isLeaver ? owner.id : user.id, id, { what: "unlinked" }),
  ];
}

/** Sessions of the other linked users that were set aside only as duplicates of the leaver's sessions. */
function sessionsToRestore(
  { left, aside }: { readonly left: readonly Session[]; readonly aside: readonly Session[] },
  leaver: User,
): readonly Session[] {
  const deduplicator = createDeduplicator();
  for (const session of left) if (session.origin !== leaver.id) deduplicator.add(session);
  return aside.filter(deduplicator.isNew);
}
