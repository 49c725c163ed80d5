/** Accounts that are linked and parted, and the codes for it, in the store that forgets. */

import type { UserId } from "#core/lib/ids.ts";
import type { LinkChange } from "#core/model/changes/own-change.ts";
import type { Store } from "#src/ports/store.ts";
import { byKey, type Kept, keyOf, sessionKey, sessionsOf } from "./state.ts";
import { raise, versionOf } from "./versions.ts";
import { joinMemberships, partMemberships } from "./group-links.ts";
import { isTo, known } from "./outbox.ts";

/** The part of the store that reads them. */
export function linkOf(kept: () => Kept): Pick<Store, "findOffer" | "findTries" | "missedCodes" | "linked"> {
  return {
    async findOffer(hash, now) {
      const { codes, users, outbox, accounts } = kept();
      const open = [...codes.values()].map((one) => one.open).find((one) => one?.hash === hash);
      const user = open && users.get(open.userId);
      const made = open && accounts.get(keyOf(open.account));
      if (!open || !user || made?.userId !== user.id || compare(open.expiresAt, now) <= 0) return undefined;
      const { platform, id, name } = made.account;
      return {
        user,
        version: versionOf(kept(), user.id),
        isActive: outbox.prompts.has(`weekly ${user.id}`),
        account: { platform, id, name },
      };
    },
    async findTries(account) {
      return kept().tries.get(keyOf(account));
    },
    async missedCodes(now) {
      return [...kept().tries.values()].reduce((sum, { count, until }) => (compare(now, until) < 0 ? sum + count : sum), 0);
    },
    async linked(userId) {
      const { accounts, users } = kept();
      const theirs = [...accounts.values()].filter((one) => one.userId === userId).toSorted((a, b) => byKey(a.account, b.account));
      return theirs.map(({ account: { platform, id, name }, origin }) => {
        const home = origin && users.get(origin);
        const latest = sessionsOf(kept(), userId).findLast((session) => session.origin === origin)?.day;
        return { account: { platform, id, name }, origin: home && { user: home, version: versionOf(kept(), home.id), latest } };
      });
    },
  };
}

const compare = Temporal.Instant.compare;

/** Writes `change` into `next`, and says whether it touched anything. */
export function keepLink(next: Kept, change: LinkChange): boolean {
  switch (change.kind) {
    case "users-joined":
      return joinUsers(next, change.from, change.to);
    case "user-parted":
      return partUser(next, change.userId, change.origin);
    case "session-held":
      return holdSession(next, change.userId, change.id);
    case "session-returned":
      return returnSession(next, change);
    case "account-heard": {
      const found = next.accounts.get(keyOf(change.account));
      if (found) next.accounts.set(keyOf(change.account), { ...found, heardAt: change.at });
      return found !== undefined;
    }
    case "link-code-made":
    case "link-code-dropped":
    case "link-code-spent":
      return keepCode(next, change);
    case "code-missed": {
      const { account, at, until } = change;
      const before = next.tries.get(keyOf(account));
      next.tries.set(keyOf(account), { count: before && compare(at, before.until) < 0 ? before.count + 1 : 1, until });
      return true;
    }
  }
}

function keepCode(next: Kept, change: Extract<LinkChange, { readonly kind: `link-code-${string}` }>): boolean {
  switch (change.kind) {
    case "link-code-made": {
      const { userId } = change.code;
      next.codes.set(known(next, userId), { open: change.code });
      return true;
    }
    case "link-code-dropped":
    case "link-code-spent": {
      const found = next.codes.get(change.userId);
      const isMeant = found?.open !== undefined && (change.kind === "link-code-dropped" || found.open.hash === change.hash);
      if (isMeant) next.codes.set(change.userId, { open: undefined });
      return isMeant;
    }
  }
}

function leaveBehind(next: Kept, ids: readonly UserId[]): void {
  for (const id of ids) {
    next.acts.delete(id);
    next.questions.delete(id);
    next.codes.delete(id);
  }
}

function joinUsers(next: Kept, from: UserId, to: UserId): boolean {
  const owed = [...next.answers].filter(([, answer]) => answer.userId === from);
  const theirs = [...next.accounts].filter(([, one]) => one.userId === from);
  if (theirs.length === 0) return false;
  for (const [key, one] of theirs) next.accounts.set(key, { ...one, userId: known(next, to), origin: one.origin ?? from });
  for (const session of sessionsOf(next, from).filter(({ origin }) => origin !== from)) {
    next.sessions.delete(sessionKey(session));
    const moved = { ...session, userId: to, origin: session.origin ?? from };
    next.sessions.set(sessionKey(moved), moved);
  }
  joinMemberships(next, from, to);
  for (const [source, answer] of owed) next.answers.set(source, { ...answer, userId: to });
  for (const [id, part] of next.parts) if (part.of === from) next.parts.set(id, { ...part, of: to });
  const joined = next.users.get(from);
  if (joined) next.parts.set(from, { of: to, since: joined.joinedAt });
  raise(next, to);
  leaveBehind(next, [from, to]);
  for (const [key, prompt] of next.outbox.prompts) if (prompt.userId === from) next.outbox.prompts.delete(key);
  for (const [key, one] of next.outbox.deliveries) if (isTo(one, from) && one.nextAt) next.outbox.deliveries.delete(key);
  return true;
}

function partUser(next: Kept, from: UserId, origin: UserId): boolean {
  const theirs = [...next.accounts].filter(([, one]) => one.userId === from && one.origin === origin);
  if (theirs.length === 0) return false;
  for (const [key, one] of theirs) next.accounts.set(key, { ...one, userId: known(next, origin), origin: undefined });
  const all = [...sessionsOf(next, from), ...sessionsOf(next, origin)];
  for (const session of all.filter((one) => one.origin === origin)) {
    next.sessions.delete(sessionKey(session));
    const { origin: _, ...rest } = session;
    const moved = { ...rest, userId: known(next, origin) };
    next.sessions.set(sessionKey(moved), moved);
  }
  partMemberships(next, from, origin);
  next.parts.delete(origin);
  raise(next, from);
  leaveBehind(next, [from, origin]);
  return true;
}

function holdSession(next: Kept, userId: UserId, id: string): boolean {
  const found = sessionsOf(next, userId).find((session) => session.id === id);
  if (!found) return false;
  const home = found.origin ?? userId;
  const held = { ...found, userId: home, origin: home };
  next.sessions.delete(sessionKey(found));
  next.sessions.set(sessionKey(held), held);
  return true;
}

function returnSession(next: Kept, { userId, id, to }: Extract<LinkChange, { readonly kind: "session-returned" }>): boolean {
  const found = sessionsOf(next, userId).find((session) => session.id === id && session.origin === userId);
  if (!found) return false;
  const returned = { ...found, userId: known(next, to) };
  next.sessions.delete(sessionKey(found));
  next.sessions.set(sessionKey(returned), returned);
  return true;
}
