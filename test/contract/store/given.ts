/** Two people, their accounts, and changes in few words. */

import type { Act } from "#core/act.ts";
import type { ActId, ActivityId, QuestionId, SourceId, UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import type { Answer, Question } from "#core/question.ts";
import type { Session } from "#core/session.ts";
import type { Account, User } from "#core/user.ts";
import { anAccount, aUser } from "../../support/build.ts";

/** Somebody whom every test finds in the store. */
export const alex = aUser();
/** Somebody else, who is there as well. */
export const sam = aUser({ id: "user-2" as UserId });
/** The account of Alex. */
export const alexAccount = anAccount();
/** The account of Sam. */
export const samAccount = anAccount({ id: "sam", name: "Sam" });
/** Every day that a test may use. */
export const always = { from: day("2000-01-01"), until: day("2100-01-01") };
/** A page that holds all of a history. */
export const everything = { skip: 0, limit: 1000 };

/** What people may write, and what has broken stores before. */
export const odd = [
  "👩‍🚒💪🏽",
  "שלום ‏(עולם)",
  'O\'Neil "the" `rock`; DROP TABLE user;--',
  "\\n %_ \n\t\u2028",
  "{}",
  "null",
  "ẞ ﬁ Å Å",
  "x".repeat(5000),
];

/** An answer of every kind. */
export const everyAnswer: readonly Answer[] = [
  { kind: "means", word: "kb", activity: "kettlebell" as ActivityId },
  { kind: "remember", word: "קטלבל", activity: "kettlebell" as ActivityId },
  { kind: "other", word: "kb" },
  { kind: "long" },
  { kind: "drop" },
];

/** An act of Alex that changed nothing. */
export function anAct(): Act {
  return { id: "act-1" as ActId, userId: alex.id, undone: false, sessions: [] };
}

/** A question to Alex, with an answer of every kind. */
export function aQuestion(): Question {
  return { id: "question-1" as QuestionId, userId: alex.id, text: "20 kb", saidOn: day("2026-11-23"), answered: [], answers: everyAnswer };
}

/** That `user` was saved. */
export function saved(user: User): Change {
  return { kind: "user-saved", user };
}

/** That `account` belongs to `user`. */
export function linked(account: Account, user: User): Change {
  return { kind: "account-linked", account, userId: user.id };
}

/** That `session` was logged. */
export function logged(session: Session): Change {
  return { kind: "session-logged", session };
}

/** That the session was removed. */
export function removed({ userId, id }: Session): Change {
  return { kind: "session-removed", userId, id };
}

/** That the question was answered. */
export function answered({ userId, id }: Question): Change {
  return { kind: "question-answered", userId, id };
}

/** That `source` arrived. */
export function seen(source: string): Change {
  return { kind: "inbound-seen", source: source as SourceId, at: at("06:30") };
}

/** A time, in UTC, on 23 November 2026. */
export function at(time: string): Temporal.Instant {
  return Temporal.Instant.from(`2026-11-23T${time}Z`);
}

/** A day, from its ISO text. */
export function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}
