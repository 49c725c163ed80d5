/** Account linking and link codes in the in-memory store. */

import type { UserId } from "#core/lib/ids.ts";
import type { OpenCode } from "#core/model/account-link.ts";
import type { ChangeOf } from "#core/model/changes/index.ts";
import type { Store } from "#src/ports/store.ts";
import { linkMemberships, unlinkMemberships } from "./group-links.ts";
import { isTo, known } from "./outbox.ts";
import { type Appliers, byKey, keyOf, sessionKey, sessionsOf, type StoreState } from "./state.ts";
import { raise, versionOf } from "./versions.ts";

/** The part of the store that reads link codes and linked accounts. */
export function linkStoreOf(state: () => StoreState): Pick<Store, "findCodeOwner" | "findWrongCodes" | "countWrongCodes" | "linked"> {
  return {
    async findCodeOwner(hash, now) {
      const { codes, users, outbox, accounts } = state();
      const open = [...codes.values()].map((one) => one.open).find((one) => one?.hash === hash);
      const user = open && users.get(open.userId);
      const made = open && accounts.get(keyOf(open.account));
      if (!open || !user || made?.userId !== user.id || compare(open.expiresAt, now) <= 0) return undefined;
      const { platform, id, name } = made.account;
      return {
        user,
        version: versionOf(state(), user.id),
        isActive: outbox.prompts.has(`weekly ${user.id}`),
        account: { platform, id, name },
        hash,
      };
    },
    async findWrongCodes(account) {
      return state().tries.get(keyOf(account));
    },
    async countWrongCodes(now) {
      return [...state().tries.values()].reduce((sum, { count, until }) => (compare(now, until) < 0 ? sum + count : sum), 0);
    },
    async linked(userId) {
      const { accounts, users } = state();
      const theirs = [...accounts.values()].filter((one) => one.userId === userId).toSorted((a, b) => byKey(a.account, b.account));
      return theirs.map(({ account: { platform, id, name }, originalOwnerId }) => {
        const owner = originalOwnerId && users.get(originalOwnerId);
        const latest = sessionsOf(state(), userId).findLast((session) => session.origin === originalOwnerId)?.day;
        return { account: { platform, id, name }, originalOwner: owner && { user: owner, version: versionOf(state(), owner.id), latest } };
      });
    },
  };
}

const compare = Temporal.Instant.compare;

/** Applies changes of account linking and link codes. */
export const linkAppliers = {
  "users-linked": (next, { from, to }) => linkUsers(next, from, to),
  "user-unlinked": (next, { userId, originalOwnerId }) => unlinkUser(next, userId, originalOwnerId),
  "session-set-aside": (next, { userId, id }) => setSessionAside(next, userId, id),
  "session-restored": restoreSession,
  "account-seen"(next, { account, at }) {
    const found = next.accounts.get(keyOf(account));
    if (found) next.accounts.set(keyOf(account), { ...found, heardAt: at });
    return found !== undefined;
  },
  "link-code-made": (next, { code }) => next.codes.set(known(next, code.userId), { open: code }).size > 0,
  "link-code-dropped": (next, { userId }) => closeCode(next, userId, () => true),
  "link-code-used": (next, { userId, hash }) => closeCode(next, userId, (open) => open.hash === hash),
  "wrong-code-entered"(next, { account, at, until }) {
    const before = next.tries.get(keyOf(account));
    next.tries.set(keyOf(account), { count: before && compare(at, before.until) < 0 ? before.count + 1 : 1, until });
    return true;
  },
} satisfies Partial<Appliers>;

function closeCode(next: StoreState, userId: UserId, isMeant: (open: OpenCode) => boolean): boolean {
  const open = next.codes.get(userId)?.open;
  if (!open || !isMeant(open)) return false;
  next.codes.set(userId, { open: undefined });
  return true;
}

function clearConversation(next: StoreState, ids: readonly UserId[]): void {
  for (const id of ids) {
    next.acts.delete(id);
    next.questions.delete(id);
    next.codes.delete(id);
  }
}

function linkUsers(next: StoreState, from: UserId, to: UserId): boolean {
  const owed = [...next.answers].filter(([, answer]) => answer.userId === from);
  const theirs = [...next.accounts].filter(([, one]) => one.userId === from);
  if (theirs.length === 0) return false;
  for (const [key, one] of theirs)
    next.accounts.set(key, { ...one, userId: known(next, to), originalOwnerId: one.originalOwnerId ?? from });
  for (const session of sessionsOf(next, from).filter(({ origin: originalOwnerId }) => originalOwnerId !== from)) {
    next.sessions.delete(sessionKey(session));
    const moved = { ...session, userId: to, origin: session.origin ?? from };
    next.sessions.set(sessionKey(moved), moved);
  }
  linkMemberships(next, from, to);
  for (const [source, answer] of owed) next.answers.set(source, { ...answer, userId: to });
  for (const [id, part] of next.parts) if (part.of === from) next.parts.set(id, { ...part, of: to });
  const joined = next.users.get(from);
  if (joined) next.parts.set(from, { of: to, since: joined.joinedAt });
  raise(next, to);
  clearConversation(next, [from, to]);
  for (const [key, prompt] of next.outbox.prompts) if (prompt.userId === from) next.outbox.prompts.delete(key);
  for (const [key, one] of next.outbox.deliveries) if (isTo(one, from) && one.nextAt) next.outbox.deliveries.delete(key);
  return true;
}

function unlinkUser(next: StoreState, from: UserId, originalOwnerId: UserId): boolean {
  const theirs = [...next.accounts].filter(([, one]) => one.userId === from && one.originalOwnerId === originalOwnerId);
  if (theirs.length === 0) return false;
  for (const [key, one] of theirs) next.accounts.set(key, { ...one, userId: known(next, originalOwnerId), originalOwnerId: undefined });
  const all = [...sessionsOf(next, from), ...sessionsOf(next, originalOwnerId)];
  for (const session of all.filter((one) => one.origin === originalOwnerId)) {
    next.sessions.delete(sessionKey(session));
    const { origin: _, ...rest } = session;
    const moved = { ...rest, userId: known(next, originalOwnerId) };
    next.sessions.set(sessionKey(moved), moved);
  }
  unlinkMemberships(next, from, originalOwnerId);
  next.parts.delete(originalOwnerId);
  raise(next, from);
  clearConversation(next, [from, originalOwnerId]);
  return true;
}

function setSessionAside(next: StoreState, userId: UserId, id: string): boolean {
  const found = sessionsOf(next, userId).find((session) => session.id === id);
  if (!found) return false;
  const owner = found.origin ?? userId;
  const held = { ...found, userId: owner, origin: owner };
  next.sessions.delete(sessionKey(found));
  next.sessions.set(sessionKey(held), held);
  return true;
}

function restoreSession(next: StoreState, { userId, id, to }: ChangeOf<"session-restored">): boolean {
  const found = sessionsOf(next, userId).find((session) => session.id === id && session.origin === userId);
  if (!found) return false;
  const returned = { ...found, userId: known(next, to) };
  next.sessions.delete(sessionKey(found));
  next.sessions.set(sessionKey(returned), returned);
  return true;
}
