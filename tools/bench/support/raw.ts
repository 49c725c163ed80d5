/** The floor of a session: the least cost of recording one, in bare SQL without our code. */

import { randomUUIDv7 } from "node:crypto";
import Database from "better-sqlite3";
import { accountIdOf, noonOf, platform, timeZone } from "./people.ts";

/** Bare statements that record sessions. */
export type Floor = {
  /** Looks person number `person` up, inserts a session in week number `week`, and reads that week. */
  record(person: number, week: number): void;
  close(): void;
};

/** Durability of a commit: FULL waits for the disk every time, NORMAL leaves that to the system and so shows the code. */
export type Durability = "FULL" | "NORMAL";

/** A bare connection to the database at `path`, with the store's settings. */
export function openBare(path: string, synchronous: Durability): Database.Database {
  const client = new Database(path);
  client.pragma("journal_mode = WAL");
  client.pragma(`synchronous = ${synchronous}`);
  client.pragma("foreign_keys = ON");
  client.pragma("trusted_schema = OFF");
  // All settings of the store must be set here too, or the ratio compares settings. Checkpoints alone are about a quarter of the average.
  client.pragma("wal_autocheckpoint = 4000");
  return client;
}

/** The floor on the database at `path`. */
export function openFloor(path: string, synchronous: Durability): Floor {
  const client = openBare(path, synchronous);
  const find = client.prepare(
    `select user.id, joined_at, user.time_zone, first_day, preferences from account join user on user.id = account.user_id
     where account.platform = ? and account.id = ?`,
  );
  const insert = client.prepare(
    `insert into session (id, user_id, activity, intensity, minutes, strength_share, aerobic_share, day, logged_at)
     values (?, ?, 'strength', 'moderate', 20, 1, 0, ?, ?)`,
  );
  const read = client.prepare("select * from session where user_id = ? and day >= ? and day < ? order by day");
  return {
    record(person, week) {
      const { from, day, until, at } = daysOf(week);
      const user = find.get(platform, accountIdOf(person));
      const id = idOf(user);
      insert.run(`${randomUUIDv7()}.0`, id, day, at);
      const rows = read.all(id, from, until);
      if (rows.length < 3) throw new Error(`Record a bare session: the week must hold it and two more, and holds ${rows.length} rows`);
    },
    close: () => void client.close(),
  };
}

function idOf(row: unknown): string {
  if (typeof row === "object" && row !== null && "id" in row && typeof row.id === "string") return row.id;
  throw new Error("Record a bare session: the person must be in the database");
}

type WeekDays = { readonly from: string; readonly day: string; readonly until: string; readonly at: number };

const weeks = new Map<number, WeekDays>();

/** The days of a week, cached: dates are no part of the floor. */
function daysOf(week: number): WeekDays {
  const known = weeks.get(week);
  if (known) return known;
  const noon = noonOf(week).toZonedDateTimeISO(timeZone);
  const day = noon.toPlainDate();
  const around = { from: day.subtract({ days: 3 }).toString(), day: day.toString(), until: day.add({ days: 6 }).toString() };
  const found = { ...around, at: noon.epochMilliseconds };
  weeks.set(week, found);
  return found;
}
