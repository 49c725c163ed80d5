/** Fast creation of databases full of people whose feedback is due. */

import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { accountIdOf, inSlices, platform, timeZone, userIdOf } from "./people.ts";

/** The Monday on which all of them are due: that of the first week. */
export const dueMonday = Temporal.PlainDate.from("2026-11-30");

/** The instant at which feedback is due in week number `week`, from 0. */
export function dueIn(week: number): Temporal.Instant {
  return dueMonday.add({ weeks: week }).toZonedDateTime({ timeZone, plainTime: "08:00" }).toInstant();
}

/** The people who wait, and their history. */
export type Waiters = {
  readonly people: number;
  /** Weeks of sessions before the first due feedback. */
  readonly past: number;
  /** Weeks of sessions after it, so that nobody becomes inactive during the rounds. */
  readonly ahead: number;
  /** Weeks with sent feedback, up to the first that is due. */
  readonly told: number;
};

/** Strength on Mondays and Thursdays, and a walk on Tuesdays. */
const habit = [
  { weekday: 0, activity: "strength", strength: 1, aerobic: 0 },
  { weekday: 1, activity: "walk", strength: 0, aerobic: 1 },
  { weekday: 3, activity: "strength", strength: 1, aerobic: 0 },
] as const;

/** Minutes of each session of a person: 15 to 35, so that feedback covers all dose zones. */
function minutesOf(person: number): number {
  return 15 + 5 * (person % 5);
}

/**
 * Creates the database at `path` in the real schema, with people who have only feedback prompts. Rows are inserted in the order of time, as
 * in `people.ts`.
 */
export async function fillWaiting(path: string, waiters: Waiters): Promise<void> {
  await openSqlite({ path }).store.close();
  const client = new Database(path);
  try {
    client.pragma("synchronous = OFF");
    client.pragma("foreign_keys = OFF");
    addWaiters(client, waiters);
    const weeks = Array.from({ length: Math.max(waiters.past, waiters.told) + waiters.ahead }, (_, index) => index);
    for (const index of weeks) addWeek(client, waiters, index - weeks.length + waiters.ahead);
    client.pragma("synchronous = FULL");
    client.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    client.close();
  }
}

function addWaiters(client: Database.Database, { people }: Waiters): void {
  const user = client.prepare("insert into user (id, joined_at, time_zone, first_day, preferences) values (?, ?, ?, 1, ?)");
  const account = client.prepare("insert into account (platform, id, user_id, name) values (?, ?, ?, 'Somebody')");
  const prompt = client.prepare("insert into prompt (user_id, kind, due_at, local_date) values (?, 'weekly', ?, ?)");
  const due = dueIn(0).epochMilliseconds;
  const on = dueMonday.subtract({ weeks: 1 }).toString();
  inSlices(client, people, (person) => {
    const id = userIdOf(person);
    // One in four has a plan, which feedback mentions.
    user.run(id, due, timeZone, person % 4 === 0 ? '{"restNudges":false,"plan":{"days":[1,4],"minutes":20}}' : '{"restNudges":false}');
    account.run(platform, accountIdOf(person), id);
    prompt.run(id, due, on);
  });
}

/** The sessions of week number `week`. In week 0, feedback is due on the week before. */
function addWeek(client: Database.Database, waiters: Waiters, week: number): void {
  if (week < 0 && week >= -waiters.told) addTold(client, waiters, week);
  if (week >= -waiters.past) addSessions(client, waiters, week);
}

function addSessions(client: Database.Database, { people }: Waiters, week: number): void {
  const session = client.prepare(
    `insert into session (id, user_id, activity, intensity, minutes, strength_share, aerobic_share, day, logged_at)
     values (?, ?, ?, 'moderate', ?, ?, ?, ?, ?)`,
  );
  const at = dueIn(week).epochMilliseconds;
  for (const { weekday, activity, strength, aerobic } of habit) {
    const day = dueMonday.add({ days: 7 * week + weekday }).toString();
    inSlices(client, people, (person) => {
      const id = userIdOf(person);
      session.run(`${id}.${day}`, id, activity, minutesOf(person), strength, aerobic, day, at);
    });
  }
}

/** The feedback sent in week number `week`, about the week before. */
function addTold(client: Database.Database, { people }: Waiters, week: number): void {
  const delivery = client.prepare(
    `insert into delivery (key, user_id, kind, local_date, due_at, expires_at, state, fence, attempts, tried_at, sent_on, stated_numbers, ended_at)
     values (?, ?, 'weekly', ?, ?, ?, 'sent', 1, 0, ?, ?, ?, ?)`,
  );
  const at = dueIn(week).epochMilliseconds;
  const on = dueMonday.add({ weeks: week - 1 }).toString();
  const sentOn = dueMonday.add({ weeks: week }).toString();
  inSlices(client, people, (person) => {
    const id = userIdOf(person);
    const minutes = minutesOf(person);
    const told = JSON.stringify({ strength: 2 * minutes, aerobic: minutes });
    delivery.run(`weekly ${id} ${on}`, id, on, at, at, at, sentOn, told, at);
  });
}
