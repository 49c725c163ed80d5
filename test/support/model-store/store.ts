/** The in-memory store for tests: the model that every other store must match. */

import type { SessionId, UserId } from "#core/lib/ids.ts";
import { holds } from "#core/lib/time.ts";
import { type GroupChange, isGroupChange } from "#core/model/changes/groups.ts";
import type { Change } from "#core/model/changes/index.ts";
import { isGuard } from "#core/model/changes/preconditions.ts";
import { isUserDataChange, type UserDataChange } from "#core/model/changes/user-data.ts";
import type { AccountRecord } from "#core/model/context.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, Reach, User } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { actRow, sessionRow, userRow } from "#src/store/sql/rows.ts";
import { applyUserDataChange, seeInbound, userDataStoreOf } from "./data.ts";
import { applyGroupChange } from "./group-changes.ts";
import { groupStoreOf, hasBoundChannelOf, isMemberOf } from "./groups.ts";
import { applyOutboxChange, known, outboxOf } from "./outbox.ts";
import { clone, empty, keyOf, sessionKey, sessionsOf, type StateAccount, type StoreState } from "./state.ts";
import { raise, versionOf } from "./versions.ts";

/** Creates an empty store in memory. Nothing of a commit that throws is kept, as in a database. */
export function createMemoryStore(): Store {
  let state: StoreState = empty();
  return {
    ...outboxOf(() => state),
    ...groupStoreOf(() => state),
    ...userDataStoreOf(() => state),
    ...historyOf(() => state),
    async findUser(account) {
      const found = state.accounts.get(keyOf(account));
      const user = found && state.users.get(found.userId);
      if (!user) return undefined;
      return foundOf(state, user, found);
    },
    async hasSeen(source) {
      return state.sources.has(source);
    },
    async findAct(userId) {
      return state.acts.get(userId);
    },
    async findQuestion(userId) {
      return state.questions.get(userId);
    },
    async findInstallation(platform, workspace) {
      return state.installations.get(JSON.stringify([platform, workspace]));
    },
    async installations(platform) {
      const all = [...state.installations.values()].filter((one) => one.platform === platform);
      return all.toSorted((one, other) => (one.workspace < other.workspace ? -1 : 1));
    },
    async commit(changes) {
      const next = clone(state);
      for (const [index, change] of changes.entries()) {
        const touched = write(next, change);
        if ((index === 0 || isGuard(change)) && !touched) return "stale";
      }
      state = next;
      return "done";
    },
    async secureErase() {},
    async close() {},
  };
}

/** The part of the store that reads sessions. */
function historyOf(state: () => StoreState): Pick<Store, "sessions" | "history" | "page" | "findSession"> {
  return {
    async sessions(userId, days) {
      return sessionsOf(state(), userId).filter((session) => holds(days, session.day));
    },
    async history(userId, after, limit) {
      const all = sessionsOf(state(), userId);
      const from = after ? all.findIndex((session) => sessionKey(session) === sessionKey(after)) + 1 : 0;
      return all.slice(from, from + limit);
    },
    async page(userId, { activity, skip, limit }) {
      const wanted = sessionsOf(state(), userId).filter((session) => activity === undefined || session.activity === activity);
      return wanted.toReversed().slice(skip, skip + limit);
    },
    async findSession(userId, id) {
      return sessionsOf(state(), userId).find((session) => session.id === id);
    },
  };
}

function foundOf(state: StoreState, user: User, found: StateAccount): AccountRecord {
  return {
    user,
    version: versionOf(state, user.id),
    isActive: state.outbox.prompts.has(`weekly ${user.id}`),
    reach: found.reach,
    platformTimeZone: found.account.timeZone,
    isMember: isMemberOf(state, user.id),
    hasBoundChannel: hasBoundChannelOf(state, user.id),
    originalOwnerId: found.originalOwnerId,
    hasSwitchedAccount: hasSwitchedAccount(state, found),
    hasLostSettings: false,
  };
}

/** Values that do not fit into a row are refused here too. */
function saveUser(next: StoreState, user: User): boolean {
  userRow(user);
  next.users.set(user.id, user);
  raise(next, user.id);
  return true;
}

/** Applies `change` to `next`. Returns whether it touched anything. Throws when its user is unknown. */
function write(next: StoreState, change: Change): boolean {
  if (isGroupChange(change)) return applyGroupChange(next, change);
  return isUserDataChange(change) ? applyUserDataChange(next, change) : writeOther(next, change);
}

function writeOther(next: StoreState, change: Exclude<Change, UserDataChange | GroupChange>): boolean {
  switch (change.kind) {
    case "inbound-seen":
      return seeInbound(next, change);
    case "answer-claimed":
      return claimAnswer(next, change);
    case "answer-shown":
      return next.answers.delete(change.source) || next.sources.has(change.source);
    case "user-saved":
      return saveUser(next, change.user);
    case "user-unchanged":
      return next.users.has(change.userId) && versionOf(next, change.userId) === change.version;
    case "account-linked":
      return link(next, change.account, change.userId);
    case "session-logged":
      return logSession(next, change.session);
    case "session-removed":
      return removeSession(next, change.userId, change.id);
    case "last-action-set":
      actRow(change.lastAction);
      return next.acts.set(known(next, change.lastAction.userId), change.lastAction).size > 0;
    case "clarification-asked":
      next.questions.set(known(next, change.clarification.userId), change.clarification);
      return true;
    case "clarification-answered":
      return next.questions.get(change.userId)?.id === change.id && next.questions.delete(change.userId);
    case "installation-saved": {
      const { platform, workspace } = change.installation;
      next.installations.set(JSON.stringify([platform, workspace]), change.installation);
      return true;
    }
    case "installation-removed":
      return next.installations.delete(JSON.stringify([change.platform, change.workspace]));
    case "account-time-zone-updated":
      return place(next, change.account, change.of);
    case "account-reached":
      return reach(next, change.account, change.reach);
    case "prompt-set":
    case "prompt-moved":
    case "prompt-dropped":
    case "delivery-queued":
    case "delivery-sending":
    case "delivery-postponed":
    case "delivery-routed":
    case "delivery-ended":
    case "delivery-updated":
    case "noted":
      return applyOutboxChange(next, change);
  }
}

const unlinked = { originalOwnerId: undefined, heardAt: undefined };

function link(next: StoreState, account: Account, userId: UserId): boolean {
  if (next.accounts.has(keyOf(account))) return false;
  next.accounts.set(keyOf(account), { account, userId: known(next, userId), reach: { isOpen: true, isTold: false }, ...unlinked });
  return true;
}

function place(next: StoreState, account: Account, of: UserId | undefined): boolean {
  const found = next.accounts.get(keyOf(account));
  if (of !== undefined && found?.userId !== of) return false;
  const { platform, id, name } = found?.account ?? account;
  const placed = { platform, id, name, ...(account.timeZone ? { timeZone: account.timeZone } : {}) };
  if (found) next.accounts.set(keyOf(account), { ...found, account: placed });
  return found !== undefined;
}

function reach(next: StoreState, account: Account, reached: Reach): boolean {
  const found = next.accounts.get(keyOf(account));
  if (found) next.accounts.set(keyOf(account), { ...found, reach: reached });
  return found !== undefined;
}

function logSession(next: StoreState, session: Session): boolean {
  sessionRow(session);
  known(next, session.userId);
  const key = sessionKey(session);
  if (next.sessions.has(key)) return false;
  next.sessions.set(key, session);
  return true;
}

function removeSession(next: StoreState, userId: UserId, id: SessionId): boolean {
  const found = [...next.sessions].filter(([, session]) => session.userId === userId && session.id === id);
  for (const [key] of found) next.sessions.delete(key);
  return found.length > 0;
}

/** Whether the user last wrote from another of their accounts. */
function hasSwitchedAccount({ accounts }: StoreState, { userId, account, heardAt }: StateAccount): boolean {
  const at = (one: Temporal.Instant | undefined): number => one?.epochMilliseconds ?? 0;
  return [...accounts.values()].some(
    (one) => one.userId === userId && keyOf(one.account) !== keyOf(account) && at(one.heardAt) >= at(heardAt),
  );
}

function claimAnswer(next: StoreState, change: Extract<Change, { readonly kind: "answer-claimed" }>): boolean {
  const found = next.answers.get(change.source);
  const isDue = found !== undefined && Temporal.Instant.compare(found.dueAt, change.at) <= 0;
  if (isDue) next.answers.set(change.source, { ...found, dueAt: change.until });
  return isDue;
}
