/** The writes of each kind of change. The statements are prepared once and are the same on every database. */

import { type GroupChange, isGroupChange } from "#core/model/changes/groups.ts";
import type { Change } from "#core/model/changes/index.ts";
import { isUserDataChange, type UserDataChange } from "#core/model/changes/user-data.ts";
import type { Account } from "#core/model/user.ts";
import { and, eq, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { isStillOf, prepareUserDataWrites, seeInbound, seenValues, userDataValues } from "#src/store/sql/data/writes.ts";
import { groupValues, prepareGroupWrites } from "#src/store/sql/groups/writes.ts";
import { installationRow, removeInstallation, saveInstallation } from "#src/store/sql/installations/installations.ts";
import { outboxRow } from "#src/store/sql/outbox/rows.ts";
import { prepareAnswers } from "#src/store/sql/outbox/unanswered-rows.ts";
import { deliveryValues, promptValues } from "#src/store/sql/outbox/values.ts";
import {
  dropPrompt,
  endDelivery,
  expireDeliveries,
  keepNote,
  movePrompt,
  postponeDelivery,
  queueDelivery,
  reachAccount,
  routeDelivery,
  sendDelivery,
  setPrompt,
  updateLiveMessage,
} from "#src/store/sql/outbox/writes.ts";
import { checkUser, saveUser } from "#src/store/sql/users/writes.ts";
import { actRow, questionRow, sessionRow, userRow } from "./rows.ts";
import { type Db, excluded, placeholder, type Values, type Write } from "./statement.ts";

/** The statements of every kind of change. A change touched something when its first statement did; otherwise the others are not run. */
export type Writes = Readonly<Record<Change["kind"], Write | readonly Write[]>>;

/** A change, bound to the values of its statement. */
export type BoundWrite = { readonly kind: Change["kind"]; readonly values: Values };

/** `change` as the values of its statement. */
export function bindWrite(change: Change): BoundWrite {
  return { kind: change.kind, values: valuesOf(change) };
}

function valuesOf(change: Change): Values {
  if (isGroupChange(change)) return groupValues(change);
  return isUserDataChange(change) ? userDataValues(change) : otherValues(change);
}

function otherValues(change: Exclude<Change, UserDataChange | GroupChange>): Values {
  switch (change.kind) {
    case "inbound-seen":
      return seenValues(change);
    case "answer-claimed":
      return { source: change.source, at: change.at.epochMilliseconds, until: change.until.epochMilliseconds };
    case "answer-shown":
      return { source: change.source };
    case "user-saved":
      return userRow(change.user);
    case "user-unchanged":
      return { id: change.userId, version: change.version };
    case "account-linked":
      return { ...placeIn(change.account), userId: change.userId };
    case "session-logged":
      return sessionRow(change.session);
    case "session-removed":
      return { userId: change.userId, id: change.id };
    case "last-action-set":
      return actRow(change.lastAction);
    case "clarification-asked":
      return questionRow(change.clarification);
    case "clarification-answered":
      return { userId: change.userId, id: change.id };
    case "prompt-set":
    case "prompt-moved":
    case "prompt-dropped":
      return promptValues(change);
    case "delivery-queued":
      return outboxRow(change.delivery);
    case "delivery-sending":
    case "delivery-postponed":
    case "delivery-routed":
    case "delivery-ended":
    case "delivery-updated":
      return deliveryValues(change);
    case "account-time-zone-updated":
      return { ...placeIn(change.account), of: change.of ?? null };
    case "account-reached":
      return { platform: change.account.platform, id: change.account.id, ...change.reach };
    case "installation-saved":
      return installationRow(change.installation);
    case "installation-removed":
      return { platform: change.platform, home: change.workspace };
    case "noted":
      return { name: change.name, value: change.value };
  }
}

/** Prepares the statements once over `db`. Building one takes several times as long as running it. */
export function prepareWrites(db: Db, tables: Tables): Writes {
  return {
    "inbound-seen": seeInbound(db, tables),
    ...prepareAnswers(db, tables),
    "user-saved": saveUser(db, tables),
    "user-unchanged": checkUser(db, tables),
    "account-linked": linkAccount(db, tables),
    "session-logged": logSession(db, tables),
    "session-removed": removeSession(db, tables),
    "last-action-set": doAct(db, tables),
    "clarification-asked": askQuestion(db, tables),
    "clarification-answered": answerQuestion(db, tables),
    "prompt-set": setPrompt(db, tables),
    "prompt-moved": movePrompt(db, tables),
    "prompt-dropped": dropPrompt(db, tables),
    "delivery-queued": queueDelivery(db, tables),
    "delivery-sending": sendDelivery(db, tables),
    "delivery-postponed": postponeDelivery(db, tables),
    "delivery-routed": routeDelivery(db, tables),
    "deliveries-expired": expireDeliveries(db, tables),
    "delivery-ended": endDelivery(db, tables),
    "delivery-updated": updateLiveMessage(db, tables),
    "account-time-zone-updated": placeAccount(db, tables),
    "account-reached": reachAccount(db, tables),
    "installation-saved": saveInstallation(db, tables),
    "installation-removed": removeInstallation(db, tables),
    noted: keepNote(db, tables),
    ...prepareGroupWrites(db, tables),
    ...prepareUserDataWrites(db, tables),
  };
}

function linkAccount(db: Db, { account }: Tables): Write {
  return db
    .insert(account)
    .values({
      platform: placeholder("platform"),
      id: placeholder("id"),
      userId: placeholder("userId"),
      name: placeholder("name"),
      timeZone: placeholder("timeZone"),
    })
    .onConflictDoNothing()
    .returning({ id: account.id })
    .prepare();
}

function placeIn({ platform, id, name, timeZone }: Account): Values {
  return { platform, id, name, timeZone: timeZone ?? null };
}

function placeAccount(db: Db, { account }: Tables): Write {
  return db
    .update(account)
    .set({ timeZone: sql`${placeholder("timeZone")}` })
    .where(and(eq(account.platform, placeholder("platform")), eq(account.id, placeholder("id")), isStillOf(account, "of")))
    .returning({ id: account.id })
    .prepare();
}

function logSession(db: Db, { session }: Tables): Write {
  return db
    .insert(session)
    .values({
      id: placeholder("id"),
      userId: placeholder("userId"),
      activity: placeholder("activity"),
      intensity: placeholder("intensity"),
      minutes: placeholder("minutes"),
      strengthShare: placeholder("strengthShare"),
      aerobicShare: placeholder("aerobicShare"),
      day: placeholder("day"),
      loggedAt: placeholder("loggedAt"),
      note: placeholder("note"),
      word: placeholder("word"),
      origin: placeholder("origin"),
      batch: placeholder("batch"),
    })
    .onConflictDoNothing()
    .returning({ id: session.id })
    .prepare();
}

function removeSession(db: Db, { session }: Tables): Write {
  return db
    .delete(session)
    .where(and(eq(session.userId, placeholder("userId")), eq(session.id, placeholder("id"))))
    .returning({ id: session.id })
    .prepare();
}

function doAct(db: Db, { act }: Tables): Write {
  return db
    .insert(act)
    .values({
      userId: placeholder("userId"),
      id: placeholder("id"),
      undone: placeholder("undone"),
      sessions: placeholder("sessions"),
      user: placeholder("user"),
      batch: placeholder("batch"),
      batchCount: placeholder("batchCount"),
      other: placeholder("other"),
    })
    .onConflictDoUpdate({
      target: act.userId,
      set: {
        id: excluded(act.id),
        undone: excluded(act.undone),
        sessions: excluded(act.sessions),
        user: excluded(act.user),
        batch: excluded(act.batch),
        batchCount: excluded(act.batchCount),
        other: excluded(act.other),
      },
    })
    .returning({ id: act.id })
    .prepare();
}

function askQuestion(db: Db, { question }: Tables): Write {
  return db
    .insert(question)
    .values({ userId: placeholder("userId"), id: placeholder("id"), asked: placeholder("asked") })
    .onConflictDoUpdate({ target: question.userId, set: { id: excluded(question.id), asked: excluded(question.asked) } })
    .returning({ id: question.id })
    .prepare();
}

function answerQuestion(db: Db, { question }: Tables): Write {
  return db
    .delete(question)
    .where(and(eq(question.userId, placeholder("userId")), eq(question.id, placeholder("id"))))
    .returning({ id: question.id })
    .prepare();
}
