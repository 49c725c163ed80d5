/** The in-memory store for tests: the model that every other store must match. */

import type { SessionId, UserId } from "#core/lib/ids.ts";
import { holds } from "#core/lib/time.ts";
import type { Change, ChangeOf } from "#core/model/changes/index.ts";
import { isGuard } from "#core/model/changes/preconditions.ts";
import type { AccountRecord } from "#core/model/context.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, Reach, User } from "#core/model/user.ts";
import type { Store } from "#src/ports/store.ts";
import { actRow, sessionRow, userRow } from "#src/store/sql/rows.ts";
import { seeInbound, userDataAppliers, userDataStoreOf } from "./data.ts";
import { groupAppliers } from "./group-changes.ts";
import { groupStoreOf, hasBoundChannelOf, isMemberOf } from "./groups.ts";
import { linkAppliers } from "./linking.ts";
import { known, outboxAppliers, outboxOf } from "./outbox.ts";
import { type Appliers, clone, empty, keyOf, sessionKey, sessionsOf, type StateAccount, type StoreState } from "./state.ts";
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
      return state.installations.get(installationKey({ platform, workspace }));
    },
    async installations(platform) {
      const all = [...state.installations.values()].filter((one) => one.platform === platform);
      return all.toSorted((one, other) => (one.workspace < other.workspace ? -1 : 1));
    },
    async commit(changes) {
      const next = clone(state);
      for (const [index, change] of changes.entries()) {
        const touched = apply(next, change.kind, change);
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

const userAppliers = {
  "inbound-seen": seeInbound,
  "answer-claimed": claimAnswer,
  "answer-shown": (next, { source }) => next.answers.delete(source) || next.sources.has(source),
  "user-saved": (next, { user }) => saveUser(next, user),
  "user-unchanged": (next, { userId, version }) => next.users.has(userId) && versionOf(next, userId) === version,
  "account-linked": (next, { account, userId }) => link(next, account, userId),
  "account-time-zone-updated": (next, { account, of }) => place(next, account, of),
  "account-reached": (next, change) => reach(next, change.account, change.reach),
  "session-logged": (next, { session }) => logSession(next, session),
  "session-removed": (next, { userId, id }) => removeSession(next, userId, id),
  "last-action-set"(next, { lastAction }) {
    actRow(lastAction);
    return next.acts.set(known(next, lastAction.userId), lastAction).size > 0;
  },
  "clarification-asked": (next, { clarification }) => next.questions.set(known(next, clarification.userId), clarification).size > 0,
  "clarification-answered": (next, { userId, id }) => next.questions.get(userId)?.id === id && next.questions.delete(userId),
  "installation-saved": (next, { installation }) => next.installations.set(installationKey(installation), installation).size > 0,
  "installation-removed": (next, change) => next.installations.delete(installationKey(change)),
} satisfies Partial<Appliers>;

const appliers: Appliers = { ...userAppliers, ...userDataAppliers, ...linkAppliers, ...outboxAppliers, ...groupAppliers };

function apply<Kind extends Change["kind"]>(next: StoreState, kind: Kind, change: ChangeOf<Kind>): boolean {
  return appliers[kind](next, change);
}

function installationKey({ platform, workspace }: { readonly platform: string; readonly workspace: string }): string {
  return JSON.stringify([platform, workspace]);
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

function claimAnswer(next: StoreState, change: ChangeOf<"answer-claimed">): boolean {
  const found = next.answers.get(change.source);
  const isDue = found !== undefined && Temporal.Instant.compare(found.dueAt, change.at) <= 0;
  if (isDue) next.answers.set(change.source, { ...found, dueAt: change.until });
  return isDue;
}
