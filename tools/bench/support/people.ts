/** Fast creation of databases full of people who train twice a week. */

import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";

/** How much a database holds. Each person has two sessions in each week, so there are `people * weeks * 2` sessions. */
export type Size = { readonly people: number; readonly weeks: number };

/** The platform name of the benchmark's people. */
export const platform = "bench";

/** The time zone of the benchmark's people. It has clock changes, like that of most people. */
export const timeZone = "Europe/Berlin";

/** Strength on Monday, a walk on Tuesday. With 20 minutes of strength on Wednesday, the week is in the sweet spot. */
const habit = [
  { weekday: 0, activity: "strength", minutes: 20, strength: 1, aerobic: 0 },
  { weekday: 1, activity: "walk", minutes: 30, strength: 0, aerobic: 1 },
] as const;

/** The Monday of the first week. It is fixed, so that every run has the same weekdays and clock changes. */
const firstMonday = Temporal.PlainDate.from("2025-01-06");

/** The account id of person number `person`, from 0. */
export function accountIdOf(person: number): string {
  return `person-${person}`;
}

/** The user id of person number `person`. */
export function userIdOf(person: number): string {
  return orderedId(firstMonday, person);
}

/** Wednesday noon of week number `week`, from 0: when the benchmark's sessions are logged. */
export function noonOf(week: number): Temporal.Instant {
  return firstMonday
    .add({ days: 7 * week + 2 })
    .toZonedDateTime({ timeZone, plainTime: "12:00" })
    .toInstant();
}

/** How many sessions a database of `size` holds. */
export function sessionsIn({ people, weeks }: Size): number {
  return people * weeks * habit.length;
}

/**
 * Creates the database at `path` in the real schema, and fills it. Rows are inserted in the order of time, so that the indexes are as full
 * and as scattered as in production. `onProgress` receives the number of sessions so far.
 */
export async function fill(path: string, size: Size, onProgress: (sessions: number) => void): Promise<void> {
  await openSqlite({ path }).store.close();
  const client = new Database(path);
  try {
    // A crash may lose this data, and its references are correct by construction.
    client.pragma("synchronous = OFF");
    client.pragma("foreign_keys = OFF");
    addPeople(client, size);
    for (let week = 0; week < size.weeks; week += 1) {
      addWeek(client, size, week);
      onProgress(sessionsIn({ ...size, weeks: week + 1 }));
    }
    // Everything is written to disk here, so that no benchmark waits for the rest.
    client.pragma("synchronous = FULL");
    client.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    client.close();
  }
}

function addPeople(client: Database.Database, { people }: Size): void {
  const user = client.prepare("insert into user (id, joined_at, time_zone, first_day, preferences) values (?, ?, ?, 1, ?)");
  const account = client.prepare("insert into account (platform, id, user_id, name) values (?, ?, ?, 'Somebody')");
  const act = client.prepare("insert into last_action (user_id, id, undone, sessions) values (?, ?, 0, '[]')");
  // They log every week, so each has a feedback prompt.
  const prompt = client.prepare("insert into prompt (user_id, kind, due_at, local_date) values (?, 'weekly', ?, ?)");
  const joinedAt = firstMonday.toZonedDateTime(timeZone).epochMilliseconds;
  inSlices(client, people, (person) => {
    const id = userIdOf(person);
    // One in four has settings, so that reading settings is measured too.
    user.run(id, joinedAt, timeZone, person % 4 === 0 ? '{"plan":{"days":[1,3],"minutes":60}}' : "{}");
    account.run(platform, accountIdOf(person), id);
    act.run(id, id);
    prompt.run(id, joinedAt + person, firstMonday.toString());
  });
}

function addWeek(client: Database.Database, { people }: Size, week: number): void {
  const session = client.prepare(
    `insert into session (id, user_id, activity, intensity, minutes, strength_share, aerobic_share, day, logged_at)
     values (?, ?, ?, 'moderate', ?, ?, ?, ?, ?)`,
  );
  const inbound = client.prepare("insert into processed_message (id, received_at) values (?, ?)");
  for (const { weekday, activity, minutes, strength, aerobic } of habit) {
    const day = firstMonday.add({ days: 7 * week + weekday });
    const on = day.toString();
    const at = day.toZonedDateTime(timeZone).epochMilliseconds;
    inSlices(client, people, (person) => {
      session.run(`${orderedId(day, person)}.0`, userIdOf(person), activity, minutes, strength, aerobic, on, at + person);
      inbound.run(`${platform} ${orderedId(day, person)}`, at + person);
    });
  }
}

const slice = 20_000;

/** Inserts `count` rows in transactions of limited size. */
export function inSlices(client: Database.Database, count: number, add: (index: number) => void): void {
  const run = client.transaction((from: number, until: number) => {
    for (let index = from; index < until; index += 1) add(index);
  });
  for (let from = 0; from < count; from += slice) run(from, Math.min(count, from + slice));
}

/** An id in the form and order of a UUID version 7: later days sort after earlier ones. */
function orderedId(day: Temporal.PlainDate, person: number): string {
  const at = hex(day.toZonedDateTime(timeZone).epochMilliseconds, 12);
  return `${at.slice(0, 8)}-${at.slice(8)}-7000-8000-${hex(person, 12)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
