/** The state of the in-memory store. */

import type { GroupId, MessageId, UserId } from "#core/lib/ids.ts";
import type { OpenCode, WrongCodes } from "#core/model/account-link.ts";
import type { Change, ChangeOf, Installation } from "#core/model/changes/index.ts";
import type { Clarification } from "#core/model/clarification.ts";
import type { LastAction } from "#core/model/last-action.ts";
import type { Session } from "#core/model/session.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account, AccountKey, Reach, User } from "#core/model/user.ts";
import { cloneGroups, type GroupState } from "./groups.ts";
import { cloneOutbox, emptyOutbox, type OutboxState } from "./outbox.ts";

/** The user to whom a detached user belongs, and since when. */
export type Part = { readonly of: UserId; readonly since: Temporal.Instant };

/** A user's open link code; undefined when none is open. */
export type StateCode = { readonly open: OpenCode | undefined };

/** An account, its owner, and whether messages reach it. */
export type StateAccount = {
  readonly account: Account;
  readonly userId: UserId;
  readonly reach: Reach;
  readonly originalOwnerId: UserId | undefined;
  readonly heardAt: Temporal.Instant | undefined;
};

/** The whole state. */
export type StoreState = {
  readonly users: Map<UserId, User>;
  /** The versions of the settings of users and groups. */
  readonly versions: Map<UserId | GroupId, number>;
  readonly accounts: Map<string, StateAccount>;
  readonly sessions: Map<string, Session>;
  readonly acts: Map<UserId, LastAction>;
  readonly questions: Map<UserId, Clarification>;
  /** When each inbound message was seen. */
  readonly sources: Map<MessageId, Temporal.Instant>;
  /** Replies that were not shown yet. */
  readonly answers: Map<MessageId, UnansweredReply>;
  readonly parts: Map<UserId, Part>;
  readonly codes: Map<UserId, StateCode>;
  /** Wrong codes, by the account that typed them. */
  readonly tries: Map<string, WrongCodes>;
  readonly installations: Map<string, Installation>;
  readonly outbox: OutboxState;
  readonly groups: GroupState;
};

/** Applies each kind of change to a state. Returns whether it touched anything. Throws when its user or group is unknown. */
export type Appliers = { readonly [Kind in Change["kind"]]: (next: StoreState, change: ChangeOf<Kind>) => boolean };

/** An empty state. */
export function empty(): StoreState {
  return {
    users: new Map(),
    versions: new Map(),
    accounts: new Map(),
    sessions: new Map(),
    acts: new Map(),
    questions: new Map(),
    sources: new Map(),
    answers: new Map(),
    parts: new Map(),
    codes: new Map(),
    tries: new Map(),
    installations: new Map(),
    outbox: emptyOutbox(),
    groups: cloneGroups(),
  };
}

/** The key of an account. */
export function keyOf({ platform, id }: AccountKey): string {
  return JSON.stringify([platform, id]);
}

/** A copy of the state, for writing. */
export function clone(state: StoreState): StoreState {
  const { users, versions, accounts, sessions, acts, questions, sources, answers, parts, codes, tries, installations } = state;
  const { outbox, groups } = state;
  return {
    users: new Map(users),
    versions: new Map(versions),
    accounts: new Map(accounts),
    sessions: new Map(sessions),
    acts: new Map(acts),
    questions: new Map(questions),
    sources: new Map(sources),
    answers: new Map(answers),
    parts: new Map(parts),
    codes: new Map(codes),
    tries: new Map(tries),
    installations: new Map(installations),
    outbox: cloneOutbox(outbox),
    groups: cloneGroups(groups),
  };
}

/** A user's sessions, by day and then by when they were logged. */
export function sessionsOf({ sessions }: StoreState, userId: UserId): readonly Session[] {
  return [...sessions.values()].filter((session) => session.userId === userId).toSorted(byDay);
}

function byDay(one: Session, other: Session): number {
  const days = Temporal.PlainDate.compare(one.day, other.day);
  const instants = Temporal.Instant.compare(one.loggedAt, other.loggedAt);
  return days || instants || (one.id < other.id ? -1 : 1);
}

/** The key of a session. */
export function sessionKey({ userId, day, loggedAt, id }: Session): string {
  return JSON.stringify([userId, day, loggedAt.epochMilliseconds, id]);
}

/** Sorts accounts by platform, then by id. */
export function byKey(
  one: { readonly platform: string; readonly id: string },
  other: { readonly platform: string; readonly id: string },
): number {
  const [a, b] = [`${one.platform} ${one.id}`, `${other.platform} ${other.id}`];
  return a < b ? -1 : Number(a > b);
}
