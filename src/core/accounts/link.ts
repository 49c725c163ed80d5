/** One person on several accounts: how two histories become one, and part again. */

import { createSieve } from "#core/data/import/deduplicate.ts";
import type { LinkedAccount, Offer } from "#core/model/account-link.ts";
import type { Change } from "#core/model/changes/index.ts";
import { finalAct } from "#core/model/last-action.ts";
import { createNotice } from "#core/model/outbox-message.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { learn } from "#core/parsing/own-words.ts";
import { beginning } from "#core/schedule/weekly-feedback.ts";

/** What is known of both sides when they are joined. */
export type Sides = {
  readonly user: User;
  readonly isActive: boolean;
  readonly account: Account;
  readonly sessions: readonly Session[];
  readonly offer: Offer;
  readonly offered: readonly Session[];
  readonly now: Temporal.Instant;
  readonly id: string;
};

/** What joining comes to: whose settings hold, what stands in both histories, and what is written. */
export type Joining = { readonly older: User; readonly held: readonly Session[]; readonly changes: readonly Change[] };

/** The older of the two goes on; the other is kept aside as who they were, with what both histories have. */
export function join(sides: Sides): Joining {
  const { user, offer, now, id } = sides;
  const isOlder = comesBefore(user, offer.user);
  const [older, younger] = isOlder ? [user, offer.user] : [offer.user, user];
  const [stay, move] = isOlder ? [sides.sessions, sides.offered] : [sides.offered, sides.sessions];
  const [isActive, wasActive] = isOlder ? [sides.isActive, offer.isActive] : [offer.isActive, sides.isActive];
  const sieve = createSieve();
  for (const session of stay) sieve.keep(session);
  const held = move.filter((session) => !sieve.isNew(session));
  const joined = merged(older, younger);
  const latest = [...stay, ...move]
    .map(({ day }) => day)
    .toSorted(Temporal.PlainDate.compare)
    .at(-1);
  const promptsStart = !isActive && wasActive && latest ? { promptsStart: { user: joined, latest } } : {};
  return {
    older: joined,
    held,
    changes: [
      ...held.map((session) => ({ kind: "session-held", userId: younger.id, id: session.id }) as const),
      { kind: "users-joined", from: younger.id, to: older.id, ...promptsStart },
      { kind: "boards-invalidated", userId: older.id, from: beginning, at: now },
      { kind: "user-saved", user: joined },
      { kind: "account-heard", account: sides.account, at: now },
      { kind: "delivery-queued", delivery: createNotice("linked", joined, { id, now, to: offer.account }) },
      finalAct(older.id, id, { what: "linked" }),
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
export type Parting = {
  readonly now: Temporal.Instant;
  readonly id: string;
  readonly isLeaver: boolean;
  readonly sessions: readonly Session[];
  readonly heldBack: readonly Session[];
};

/** What parting the account from `user` comes to. */
export function part(
  user: User,
  { account, origin }: LinkedAccount & { readonly origin: NonNullable<LinkedAccount["origin"]> },
  { now, id, isLeaver, sessions, heldBack }: Parting,
): readonly Change[] {
  const home: User = { ...origin.user, isStopped: origin.user.isStopped || user.isStopped };
  const told = isLeaver ? createNotice("parted", user, { id, now }) : createNotice("parted", home, { id, now, to: account });
  return [
    { kind: "boards-invalidated", userId: user.id, from: beginning, at: now },
    {
      kind: "user-parted",
      userId: user.id,
      origin: home.id,
      ...(origin.latest ? { promptsStart: { user: home, latest: origin.latest } } : {}),
    },
    ...returned({ left: sessions, aside: heldBack }, home).map(
      (session) => ({ kind: "session-returned", userId: session.userId, id: session.id, to: user.id }) as const,
    ),
    { kind: "user-saved", user: home },
    { kind: "delivery-queued", delivery: told },
    finalAct(isLeaver ? home.id : user.id, id, { what: "unlinked" }),
  ];
}

/** What a third one logged, too, and was held back for the sake of what leaves now. */
function returned(
  { left, aside }: { readonly left: readonly Session[]; readonly aside: readonly Session[] },
  leaver: User,
): readonly Session[] {
  const sieve = createSieve();
  for (const session of left) if (session.origin !== leaver.id) sieve.keep(session);
  return aside.filter((session) => session.userId !== leaver.id && sieve.isNew(session));
}
