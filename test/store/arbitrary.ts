/** Random people, sessions and changes, few enough of each that they meet. */

import { type LastAction, finalKinds } from "#core/model/last-action.ts";
import type { ActionId, ActivityId, Minutes, PlatformName, ClarificationId, SessionId, MessageId, UserId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { ClarificationAnswer, Clarification } from "#core/model/clarification.ts";
import type { Session } from "#core/model/session.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Account, User } from "#core/model/user.ts";
import fc from "fast-check";

/** Everybody who may turn up. */
export const userIds = ["u1", "u2", "ü3 👋"].map((id) => id as UserId);
/** Every session that may turn up. */
export const sessionIds = ["s1", "s2", "s3", "s4"].map((id) => id as SessionId);
/** Every activity that may turn up. */
export const activities = ["strength", "running"].map((id) => id as ActivityId);
/** Every account that may turn up. */
export const accounts: readonly Account[] = [
  { platform: "console" as PlatformName, id: "1", name: "One" },
  { platform: "discord" as PlatformName, id: "1", name: "שתיים" },
  { platform: "discord" as PlatformName, id: "2", name: "" },
];

/** Every workspace that may turn up. */
export const workspaces = ["T1", "T2"];
/** fast-check's `record`, with plain objects as the core makes them. */
export const record = <Shape extends object>(shape: { readonly [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record<Shape>(shape, { noNullPrototype: true });
/** One of `values`. */
export const from = <Value>(values: readonly Value[]) => fc.constantFrom(...values);
/** Well-formed and without NUL, as everything is that comes through the core. */
export const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((value) => value.replaceAll("\0", ""));
const weekday = from([1, 2, 3, 4, 5, 6, 7] as const);
const minutes = fc.integer({ min: 1, max: 600 }).map((value) => value as Minutes);
/** Few enough that things fall on one day. */
export const day = fc.integer({ min: 0, max: 3 }).map((days) => Temporal.PlainDate.from("2026-11-29").add({ days }));
/** Few enough that things fall on one instant. */
export const instant = fc.integer({ min: 0, max: 3 }).map((at) => Temporal.Instant.fromEpochMilliseconds(1_790_000_000_000 + at));
const time = record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.integer({ min: 0, max: 59 }) }).map((value) =>
  Temporal.PlainTime.from(value),
);
/** `value`, or nothing. */
export const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** What somebody may have set. */
export const user: fc.Arbitrary<User> = record({
  id: from(userIds),
  joinedAt: instant,
  timeZone: from(["UTC", "Pacific/Auckland"]).map((name) => name as TimeZone),
  firstDay: weekday,
  feedback: maybe(record({ weekday, time })),
  restNudges: fc.boolean(),
  trainingNudges: fc.boolean(),
  quietHours: maybe(record({ from: time, until: time })),
  isStopped: fc.boolean(),
  pauses: fc.array(record({ from: day, until: day }), { maxLength: 2 }),
  over65: fc.boolean(),
  band: maybe(record({ min: fc.nat(500), max: fc.nat(500), setOn: day })),
  plan: maybe(record({ days: fc.uniqueArray(weekday), minutes })),
  moved: maybe(record({ week: day, days: fc.uniqueArray(weekday) })),
  words: fc.dictionary(
    text.filter((word) => word !== "__proto__"),
    from(activities),
    { maxKeys: 3, noNullPrototype: true },
  ),
  messagesOn: maybe(from(["console", "discord"] as PlatformName[])),
  told: fc.subarray(["none", "start", "plateau", "thin"] as const),
});

const share = fc.oneof(
  from([0, 0.5, 1]),
  fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
);

const session: fc.Arbitrary<Session> = record({
  id: from(sessionIds),
  userId: from(userIds),
  activity: from(activities),
  intensity: from(["light", "moderate", "vigorous"] as const),
  minutes,
  shares: record({ strength: share, aerobic: share }),
  day,
  loggedAt: instant,
  note: maybe(text),
  word: maybe(text),
}).map(({ note, word, ...rest }) => ({ ...rest, ...(note !== undefined && { note }), ...(word !== undefined && { word }) }));

const act: fc.Arbitrary<LastAction> = record({
  id: from(["a1", "a2"]).map((id) => id as ActionId),
  userId: from(userIds),
  undone: fc.boolean(),
  sessions: fc.array(fc.oneof(record({ before: session }), record({ after: session }), record({ before: session, after: session })), {
    maxLength: 2,
  }),
  user: maybe(record({ before: user, after: user })),
  final: maybe(record({ what: from(finalKinds), instead: text })),
}).map(({ user: settings, final, ...rest }) => ({ ...rest, ...(settings && { user: settings }), ...(final && { final }) }));

const answer: fc.Arbitrary<ClarificationAnswer> = fc.oneof(
  record({ kind: from(["means", "remember"] as const), word: text, activity: from(activities) }),
  record({ kind: fc.constant("other" as const), word: text }),
  record({ kind: from(["long", "drop"] as const) }),
);

const installed = record({ platform: from(accounts.map(({ platform }) => platform)), workspace: from(workspaces) });

const questionId = from(["q1", "q2"]).map((id) => id as ClarificationId);
const answers = fc.array(answer, { maxLength: 2 });
const question: fc.Arbitrary<Clarification> = record({
  id: questionId,
  userId: from(userIds),
  text,
  saidOn: day,
  answered: answers,
  answers,
});

function placed(account: Account): readonly Account[] {
  return [account, ...["Europe/Berlin", "Asia/Tokyo"].map((zone) => ({ ...account, timeZone: zone as TimeZone }))];
}

/** Anything that may be written. */
export const change: fc.Arbitrary<Change> = fc.oneof(
  record({ kind: fc.constant("inbound-seen" as const), source: from(["i1", "i2", "i3"]).map((id) => id as MessageId), at: instant }),
  record({
    kind: fc.constant("inbound-seen" as const),
    source: from(["i1", "i2", "i3"]).map((id) => id as MessageId),
    at: instant,
    from: record({ account: from(accounts), userId: maybe(from(userIds)) }),
  }),
  record({ kind: fc.constant("user-saved" as const), user }),
  record({ kind: fc.constant("account-linked" as const), account: from(accounts), userId: from(userIds) }),
  record({ kind: fc.constant("account-time-zone-updated" as const), account: from(accounts.flatMap(placed)) }),
  { arbitrary: record({ kind: fc.constant("session-logged" as const), session }), weight: 3 },
  record({ kind: fc.constant("session-removed" as const), userId: from(userIds), id: from(sessionIds) }),
  record({ kind: fc.constant("last-action-set" as const), lastAction: act }),
  record({ kind: fc.constant("clarification-asked" as const), clarification: question }),
  record({ kind: fc.constant("clarification-answered" as const), userId: from(userIds), id: questionId }),
  fc
    .tuple(installed, text)
    .map(([where, encryptedToken]) => ({ kind: "installation-saved" as const, installation: { ...where, encryptedToken } })),
  record({ kind: fc.constant("user-forgotten" as const), userId: from(userIds) }),
  record({
    kind: from(["inbounds-purged", "deliveries-purged", "link-codes-purged", "wrong-codes-purged", "detached-purged"] as const),
    before: instant,
    limit: fc.constant(100),
  }),
  record({ kind: fc.constant("users-linked" as const), from: from(userIds), to: from(userIds) }).filter((one) => one.from !== one.to),
  record({ kind: fc.constant("user-unlinked" as const), userId: from(userIds), originalOwnerId: from(userIds) }),
  record({ kind: fc.constant("session-set-aside" as const), userId: from(userIds), id: from(sessionIds) }),
  record({ kind: fc.constant("session-restored" as const), userId: from(userIds), id: from(sessionIds), to: from(userIds) }),
  record({ kind: fc.constant("account-seen" as const), account: from(accounts), at: instant }),
  record({ kind: fc.constant("wrong-code-entered" as const), account: from(accounts), at: instant, until: instant }),
  record({ kind: fc.constant("link-code-dropped" as const), userId: from(userIds) }),
  installed.map((where) => ({ kind: "installation-removed" as const, ...where })),
);

/** Days that may hold something, and may be none. */
export const days = record({ from: day, until: day });
