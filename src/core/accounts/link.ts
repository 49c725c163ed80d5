/** One person on several accounts: how two histories become one, and part again. */

import { createDeduplicator } from "#core/data/import/deduplicate.ts";
import type { LinkedAccount, CodeOwner } from "#core/model/account-link.ts";
import type { Change } from "#core/model/changes/index.ts";
import { finalAction } from "#core/model/last-action.ts";
import { createNotice } from "#core/model/outbox-message.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { learn } from "#core/parsing/own-words.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";

/** What is known of both sides when they are joined. */
export type LinkInput = {
  readonly user: User;
  readonly isActive: boolean;
  readonly account: Account;
  readonly sessions: readonly Session[];
  readonly codeOwner: CodeOwner;
  readonly codeOwnerSessions: readonly Session[];
  readonly now: Temporal.Instant;
  readonly id: string;
};

/** What joining comes to: whose settings hold, what stands in both histories, and what is written. */
export type LinkResult = { readonly older: User; readonly setAside: readonly Session[]; readonly changes: readonly Change[] };

/** The older of the two goes on; the other is kept aside as who they were, with what both histories have. */
export function linkUsers(sides: LinkInput): LinkResult {
  const { user, codeOwner, now, id } = sides;
  const isOlder = comesBefore(user, codeOwner.user);
  const [older, younger] = isOlder ? [user, codeOwner.user] : [codeOwner.user, user];
  const [stay, move] = isOlder ? [sides.sessions, sides.codeOwnerSessions] : [sides.codeOwnerSessions, sides.sessions];
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

/** The settings of the older. What either learned stays known, and who ended all messages on either side gets none on both. */
function merged(older: User, younger: User): User {
  return {
    ...older,
    words: learn(older.words, newTo(older.words, younger.words)),
    told: [...new Set([...older.told, ...younger.told])],
    isStopped: older.isStopped || younger.isStopped,
  };
}

/** Those of `words` that `known` does not hold. */
function newTo(known: User["words"], words: User["words"]): User["words"] {
  return Object.fromEntries(Object.entries(words).filter(([word]) => !Object.hasOwn(known, word)));
}

/** What is known when they part: what all of them see, what is kept aside, and whether the one who leaves said so. */
export type UnlinkInput = {
  readonly now: Temporal.Instant;
  readonly id: string;
  readonly isLeaver: boolean;
  readonly sessions: readonly Session[];
  readonly setAside: readonly Session[];
};

/** What parting the account from `user` comes to. */
export function unlinkAccount(
  user: User,
  { account, originalOwner }: LinkedAccount & { readonly originalOwner: NonNullable<LinkedAccount["originalOwner"]> },
  { now, id, isLeaver, sessions, setAside }: UnlinkInput,
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
    ...sessionsToRestore({ left: sessions, aside: setAside }, owner).map(
      (session) => ({ kind: "session-restored", userId: session.userId, id: session.id, to: user.id }) as const,
    ),
    { kind: "user-saved", user: owner },
    { kind: "delivery-queued", delivery: told },
    finalAction(isLeaver ? owner.id : user.id, id, { what: "unlinked" }),
  ];
}

/** What a third one logged, too, and was held back for the sake of what leaves now. */
function sessionsToRestore(
  { left, aside }: { readonly left: readonly Session[]; readonly aside: readonly Session[] },
  leaver: User,
): readonly Session[] {
  const deduplicator = createDeduplicator();
  for (const session of left) if (session.origin !== leaver.id) deduplicator.add(session);
  return aside.filter((session) => session.userId !== leaver.id && deduplicator.isNew(session));
}
