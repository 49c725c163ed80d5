/** A user's data in the in-memory store: reads, deduplication, imports, erasure and retention. */

import type { UserId } from "#core/lib/ids.ts";
import type { WrongCodes } from "#core/model/account-link.ts";
import type { ChangeOf } from "#core/model/changes/index.ts";
import { isChannelMessage } from "#core/model/outbox-message.ts";
import type { Session } from "#core/model/session.ts";
import { type LinkCodeStatus, unansweredRecordOf, type UserAccount, type UserRecords } from "#core/model/user-data.ts";
import type { Store } from "#src/ports/store.ts";
import { userRow } from "#src/store/sql/rows.ts";
import { forgetInGroups, groupRecordsOf } from "./group-links.ts";
import { isTheirs } from "./groups.ts";
import { linkStoreOf } from "./linking.ts";
import { isTo, known } from "./outbox.ts";
import { type Appliers, byKey, keyOf, sessionKey, sessionsOf, type StateAccount, type StateCode, type StoreState } from "./state.ts";
import { raise, versionOf } from "./versions.ts";

/** The reads of the store that this file provides. */
export type UserDataReads =
  | "userDataCounts"
  | "userData"
  | "findStagedImport"
  | "findCodeOwner"
  | "findWrongCodes"
  | "countWrongCodes"
  | "linked"
  | "unanswered"
  | "findUnanswered";

/** The part of the store that reads a user's data. */
export function userDataStoreOf(state: () => StoreState): Pick<Store, UserDataReads> {
  return {
    async userDataCounts(userId) {
      const { accounts, sessions, outbox, parts, groups } = state();
      const detached = new Set([...parts].filter(([, part]) => part.of === userId).map(([id]) => id));
      const all = [...sessions.values()];
      const theirs = [...accounts.values()].filter((one) => one.userId === userId);
      return {
        accounts: theirs.map(({ account: { platform, id, name } }) => ({ platform, id, name })).toSorted(byKey),
        sessions: all.filter((session) => session.userId === userId).length,
        detached: all.filter((session) => detached.has(session.userId)).length,
        deliveries: [...outbox.deliveries.values()].filter((one) => !isChannelMessage(one) && isTheirs(state(), one.userId, userId)).length,
        groups: [...groups.members.values()].filter((one) => one.userId === userId).length,
        cheers: [...groups.cheers.values()].filter((one) => isTheirs(state(), one.userId, userId)).length,
        channels: [...groups.channels.values()].filter((one) => isTheirs(state(), one.boundBy, userId)).length,
      };
    },
    ...linkStoreOf(state),
    ...answersOf(state),
    async findStagedImport(userId, id) {
      const user = state().parts.get(id)?.of === userId ? state().users.get(id) : undefined;
      const sessions = sessionsOf(state(), id);
      const [first, last] = [sessions[0]?.day, sessions.at(-1)?.day];
      return user && first && last ? { user, count: sessions.length, first, last } : undefined;
    },
    async userData(userId) {
      const { users, accounts, acts, questions, outbox, parts, tries, answers } = state();
      const user = users.get(userId);
      if (!user) return undefined;
      const theirs = [...accounts.values()].filter((one) => one.userId === userId);
      const asideIds = [...parts].filter(([, part]) => part.of === userId).map(([id]) => id);
      const detached = asideIds.toSorted().flatMap((id) => ({ user: users.get(id) ?? user, ...userRecordsOf(state(), id) }));
      return {
        user,
        ...userRecordsOf(state(), userId),
        accounts: theirs
          .map((one) => userAccountOf(one, tries.get(keyOf(one.account))))
          .toSorted((one, other) => byKey(one.account, other.account)),
        act: acts.get(userId),
        question: questions.get(userId),
        prompts: [...outbox.prompts.values()].filter((one) => one.userId === userId).toSorted((a, b) => compare(a.dueAt, b.dueAt)),
        code: linkCodeStatusOf(state().codes.get(userId)),
        unanswered: [...answers.values()].filter((one) => one.userId === userId).map(unansweredRecordOf),
        detached,
      };
    },
  };
}

const compare = Temporal.Instant.compare;

function answersOf(state: () => StoreState): Pick<Store, "unanswered" | "findUnanswered"> {
  return {
    async unanswered(limit) {
      const all = [...state().answers.values()];
      return all.toSorted((a, b) => compare(a.at, b.at) || (a.source < b.source ? -1 : 1)).slice(0, limit);
    },
    async findUnanswered(source) {
      return state().answers.get(source);
    },
  };
}

function linkCodeStatusOf(code: StateCode | undefined): LinkCodeStatus | undefined {
  return code && { isOpen: code.open !== undefined, expiresAt: code.open?.expiresAt };
}

function userRecordsOf(state: StoreState, userId: UserId): UserRecords {
  const deliveries = [...state.outbox.deliveries.values()].filter((one) => isTo(one, userId));
  return {
    ...groupRecordsOf(state, userId),
    sessions: sessionsOf(state, userId),
    deliveries: deliveries.toSorted((a, b) => compare(b.dueAt, a.dueAt) || (a.key < b.key ? 1 : -1)),
  };
}

function userAccountOf({ account, reach, originalOwnerId, heardAt }: StateAccount, wrongCodes: WrongCodes | undefined): UserAccount {
  const { platform, id, name, timeZone } = account;
  return { account: { platform, id, name, ...(timeZone ? { timeZone } : {}) }, reach, origin: originalOwnerId, heardAt, wrongCodes };
}

/** Records an inbound message that is new, if its account still has the same owner and the settings the same version. */
export function seeInbound(state: StoreState, { source, also = source, at, from, answer }: ChangeOf<"inbound-seen">): boolean {
  const { sources, accounts, answers } = state;
  const account = from && accounts.get(JSON.stringify([from.account.platform, from.account.id]));
  if (sources.has(source) || sources.has(also) || (from && account?.userId !== from.userId)) return false;
  if (from?.userId !== undefined && from.version !== undefined && versionOf(state, from.userId) !== from.version) return false;
  sources.set(source, at);
  sources.set(also, at);
  if (answer) answers.set(source, answer);
  return true;
}

/** Applies erasure, imports and retention. */
export const userDataAppliers = {
  "user-forgotten": (next, { userId }) => forget(next, userId),
  "import-staged"(next, { user, of }) {
    userRow(user);
    next.users.set(user.id, user);
    raise(next, user.id);
    next.parts.set(user.id, { of: known(next, of), since: user.joinedAt });
    return true;
  },
  "import-applied": (next, { id, userId }) => moveSessions(next, { from: id, to: userId }, () => true),
  "import-reverted": (next, { id, userId }) => moveSessions(next, { from: userId, to: id }, ({ batch }) => batch === id),
  "imports-discarded"(next, { userId }) {
    const loose = [...next.parts].filter(([id, part]) => part.of === userId && isLoose(next, id));
    for (const [id] of loose) forget(next, id);
    return loose.length > 0;
  },
  "inbounds-purged"(next, { before, limit }) {
    removeSome(next.answers, limit, ({ at }) => isOld(at, before));
    return removeSome(next.sources, limit, (at) => isOld(at, before));
  },
  "answers-purged": (next, { before, limit }) => removeSome(next.answers, limit, ({ at }) => isOld(at, before)),
  "deliveries-purged": (next, { before, limit }) =>
    removeSome(next.outbox.deliveries, limit, ({ endedAt, nextAt }) => isOld(endedAt, before) && nextAt === undefined),
  "link-codes-purged": (next, { before, limit }) =>
    removeSome(next.codes, limit, ({ open }) => open === undefined || isOld(open.expiresAt, before)),
  "wrong-codes-purged": (next, { before, limit }) => removeSome(next.tries, limit, ({ until }) => isOld(until, before)),
  "detached-purged"(next, { before, limit }) {
    const old = [...next.parts].filter(([id, { since }]) => isOld(since, before) && isLoose(next, id)).slice(0, limit);
    for (const [id] of old) forget(next, id);
    return old.length > 0;
  },
} satisfies Partial<Appliers>;

function isOld(at: Temporal.Instant | undefined, before: Temporal.Instant): boolean {
  return at !== undefined && Temporal.Instant.compare(at, before) < 0;
}

/** Deletes a user, their detached users, and all that refers to either. */
function forget(next: StoreState, userId: UserId): boolean {
  const wasThere = next.users.delete(userId);
  for (const [id, part] of next.parts) if (part.of === userId) forget(next, id);
  next.parts.delete(userId);
  next.versions.delete(userId);
  next.acts.delete(userId);
  next.questions.delete(userId);
  next.codes.delete(userId);
  dropTheirs(next.answers, userId);
  dropTheirs(next.accounts, userId);
  dropTheirs(next.sessions, userId);
  dropTheirs(next.outbox.prompts, userId);
  for (const [key, one] of next.outbox.deliveries) if (isTo(one, userId)) next.outbox.deliveries.delete(key);
  forgetInGroups(next, userId);
  return wasThere;
}

function dropTheirs<Key>(map: Map<Key, { readonly userId: UserId }>, userId: UserId): void {
  for (const [key, value] of map) if (value.userId === userId) map.delete(key);
}

/** Whether a detached user belongs to no linked account, and is no import that `/undo` could restore. */
function isLoose({ acts, accounts, parts }: StoreState, id: UserId): boolean {
  const of = parts.get(id)?.of;
  const isLinked = [...accounts.values()].some((one) => one.userId === of && one.originalOwnerId === id);
  const isLast = [...acts.values()].some(({ userId, batch }) => userId === of && batch?.id === id);
  return !isLinked && !isLast;
}

/** Moves sessions of one user to another. */
function moveSessions(
  next: StoreState,
  { from, to }: { readonly from: UserId; readonly to: UserId },
  isMeant: (session: Session) => boolean,
): boolean {
  const moved = sessionsOf(next, from).filter(isMeant);
  for (const session of moved) {
    next.sessions.delete(sessionKey(session));
    const owned = { ...session, userId: known(next, to) };
    next.sessions.set(sessionKey(owned), owned);
  }
  return moved.length > 0;
}

function removeSome<Key, Value>(map: Map<Key, Value>, limit: number, isOld: (value: Value) => boolean): boolean {
  const old = [...map].filter(([, value]) => isOld(value)).slice(0, limit);
  for (const [key] of old) map.delete(key);
  return old.length > 0;
}
