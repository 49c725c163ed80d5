/** Two people, their accounts, and changes in few words. */

import type { ActionId, ActivityId, ClarificationId, DeliveryKey, MessageId, Minutes, PlatformName, UserId } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { DeliveryEnded, DeliveryPostponed, DeliverySending } from "#core/model/changes/outbox.ts";
import type { Clarification, ClarificationAnswer } from "#core/model/clarification.ts";
import type { LastAction } from "#core/model/last-action.ts";
import type { DirectMessage, FinalState, OutboxMessage } from "#core/model/outbox-message.ts";
import type { Prompt } from "#core/model/prompt.ts";
import type { Session } from "#core/model/session.ts";
import type { Account, User } from "#core/model/user.ts";
import { anAccount, aUser } from "../../support/builders.ts";

/** Somebody whom every test finds in the store. */
export const alex = aUser();
/** Somebody else, who is there as well. */
export const sam = aUser({ id: "user-2" as UserId });
/** The account of Alex. */
export const alexAccount = anAccount();
/** The account of Sam. */
export const samAccount = anAccount({ id: "sam", name: "Sam" });
/** The platform of their accounts. */
export const here = alexAccount.platform;
/** Another one. */
export const there = "discord" as PlatformName;
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

/** Every setting, each with a value that nobody starts with. */
export const settings: Readonly<Record<string, Partial<User>>> = {
  joinedAt: { joinedAt: Temporal.Instant.from("2020-02-29T23:59:59.999Z") },
  timeZone: { timeZone: "America/Argentina/Buenos_Aires" as TimeZone },
  firstDay: { firstDay: 7 },
  "no feedback": { feedback: undefined },
  feedback: { feedback: { weekday: 5, time: Temporal.PlainTime.from("17:45") } },
  restNudges: { restNudges: false },
  trainingNudges: { trainingNudges: true },
  "no quiet hours": { quietHours: undefined },
  quietHours: { quietHours: { from: Temporal.PlainTime.from("00:00"), until: Temporal.PlainTime.from("23:59:59") } },
  isStopped: { isStopped: true },
  pauses: {
    pauses: [
      { from: day("2026-11-02"), until: day("2026-11-05") },
      { from: day("2026-12-24"), until: day("2027-01-02") },
    ],
  },
  over65: { over65: true },
  band: { band: { min: 40, max: 90, setOn: day("2026-10-01") } },
  plan: { plan: { days: [1, 3, 7], minutes: 25 as Minutes } },
  moved: { moved: { week: day("2026-11-23"), days: [2, 6] } },
  words: { words: { bouldering: "climbing" as ActivityId, constructor: "strength" as ActivityId } },
  messagesOn: { messagesOn: "discord" as PlatformName },
  told: { told: ["plateau", "thin"] },
};

/** `user`, with every setting changed. */
export function changedThroughout(user: User): User {
  return Object.values(settings).reduce<User>((changed, over) => ({ ...changed, ...over }), user);
}

/** An answer of every kind. */
export const everyAnswer: readonly ClarificationAnswer[] = [
  { kind: "means", word: "kb", activity: "kettlebell" as ActivityId },
  { kind: "remember", word: "קטלבל", activity: "kettlebell" as ActivityId },
  { kind: "other", word: "kb" },
  { kind: "long" },
  { kind: "drop" },
];

/** An act of Alex that changed nothing. */
export function anAct(): LastAction {
  return { id: "act-1" as ActionId, userId: alex.id, undone: false, sessions: [] };
}

/** A question to Alex, with an answer of every kind. */
export function aQuestion(): Clarification {
  return {
    id: "question-1" as ClarificationId,
    userId: alex.id,
    text: "20 kb",
    saidOn: day("2026-11-23"),
    answered: [],
    answers: everyAnswer,
  };
}

/** Alex's weekly prompt, for Monday at seven. */
export function aPrompt(over: Partial<Prompt> = {}): Prompt {
  return { userId: alex.id, kind: "weekly", dueAt: at("07:00"), localDate: day("2026-11-16"), ...over };
}

/** Alex's weekly feedback, queued for Monday at seven, or for when it is due. */
export function aDelivery(over: Partial<DirectMessage> = {}): DirectMessage {
  const dueAt = over.dueAt ?? at("07:00");
  return {
    key: keyOf("weekly alex"),
    userId: alex.id,
    kind: "weekly",
    localDate: day("2026-11-16"),
    dueAt,
    expiresAt: dueAt.add({ hours: 48 }),
    state: "queued",
    nextAt: dueAt,
    fence: 0,
    attempts: 0,
    triedAt: undefined,
    sentOn: undefined,
    statedNumbers: undefined,
    reason: undefined,
    endedAt: undefined,
    target: undefined,
    ...over,
  };
}

/** The key that reads `text`. */
export function keyOf(text: string): DeliveryKey {
  return text as DeliveryKey;
}

/** How a delivery can end. */
export const ends: readonly FinalState[] = ["sent", "expired", "suppressed", "parked", "unknown"];

/** That `prompt` was set. */
export function set(prompt: Prompt): Change {
  return { kind: "prompt-set", prompt };
}

/** That `delivery` was queued. */
export function queued(delivery: OutboxMessage): Change {
  return { kind: "delivery-queued", delivery };
}

/** That Alex's feedback, claimed once, is on its way on Monday. */
export function sending(over: Partial<DeliverySending> = {}): DeliverySending {
  return {
    kind: "delivery-sending",
    key: aDelivery().key,
    fence: 1,
    userId: alex.id,
    sentOn: day("2026-11-23"),
    triedAt: at("07:01"),
    statedNumbers: undefined,
    ...over,
  };
}

/** That Alex's feedback, claimed once, was not sent and waits until nine. */
export function postponed(over: Partial<DeliveryPostponed> = {}): DeliveryPostponed {
  const { key } = aDelivery();
  return { kind: "delivery-postponed", key, fence: 1, nextAt: at("09:00"), attempts: 1, mayHaveArrived: false, ...over };
}

/** That Alex's feedback, claimed once, was sent. */
export function settled(over: Partial<DeliveryEnded> = {}): DeliveryEnded {
  return { kind: "delivery-ended", key: aDelivery().key, fence: 1, finalState: "sent", reason: undefined, at: at("07:02"), ...over };
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
export function answered({ userId, id }: Clarification): Change {
  return { kind: "clarification-answered", userId, id };
}

/** That `source` arrived. */
export function seen(source: string): Change {
  return { kind: "inbound-seen", source: source as MessageId, at: at("06:30") };
}

/** A time, in UTC, on 23 November 2026. */
export function at(time: string): Temporal.Instant {
  return Temporal.Instant.from(`2026-11-23T${time}Z`);
}

/** A day, from its ISO text. */
export function day(text: string): Temporal.PlainDate {
  return Temporal.PlainDate.from(text);
}
