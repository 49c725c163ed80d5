/** Databases full of people who wait for their feedback, made fast, and the coach and outbox over one of them. */

import type { PlatformName } from "#core/brand.ts";
import type { TimeZone } from "#core/time.ts";
import { createCoach } from "#src/coach.ts";
import { createOutbox } from "#src/outbox.ts";
import type { Adapter, Store } from "#src/ports.ts";
import { openSqlite } from "#src/store/sqlite.ts";
import Database from "better-sqlite3";
import { accountIdOf, inSlices, platform, type Size, timeZone, userIdOf } from "./people.ts";

/** The Monday on whose morning all of them are due: the first of the weeks. */
export const dueMonday = Temporal.PlainDate.from("2026-11-30");

/** When feedback is due in week number `week`, from 0 up. */
export function dueIn(week: number): Temporal.Instant {
  return dueMonday.add({ weeks: week }).toZonedDateTime({ timeZone, plainTime: "08:00" }).toInstant();
}

/**
 * Makes the database at `path`, in the real schema, with so many people who wait for their feedback alone, and who log twice in each of
 * `weeks` weeks, from the one on whose feedback they wait first.
 */
export async function fillWaiting(path: string, { people, weeks }: Size): Promise<void> {
  await openSqlite({ path }).store.close();
  const client = new Database(path);
  try {
    client.pragma("synchronous = OFF");
    client.pragma("foreign_keys = OFF");
    const user = client.prepare(
      `insert into user (id, joined_at, time_zone, first_day, preferences) values (?, ?, ?, 1, '{"restNudges":false}')`,
    );
    const account = client.prepare("insert into account (platform, id, user_id, name) values (?, ?, ?, 'Somebody')");
    const prompt = client.prepare("insert into prompt (user_id, kind, due_at, on_day) values (?, ?, ?, ?)");
    const session = client.prepare(
      `insert into session (id, user_id, activity, intensity, minutes, strength_share, aerobic_share, day, logged_at)
       values (?, ?, 'strength', 'moderate', 20, 1, 0, ?, ?)`,
    );
    const due = dueIn(0).epochMilliseconds;
    const monday = dueMonday.subtract({ days: 7 });
    const days = Array.from({ length: 2 * weeks }, (_, index) =>
      monday.add({ days: 7 * Math.floor(index / 2) + 3 * (index % 2) }).toString(),
    );
    inSlices(client, people, (person) => {
      const id = userIdOf(person);
      user.run(id, due, timeZone);
      account.run(platform, accountIdOf(person), id);
      prompt.run(id, "weekly", due, monday.toString());
      for (const day of days) session.run(`${id}.${day}`, id, day, due);
    });
    client.pragma("synchronous = FULL");
    client.pragma("wal_checkpoint(TRUNCATE)");
  } finally {
    client.close();
  }
}

/** The coach and the outbox over `store`, with the clock in the hands of the benchmark. */
export type Waiting = {
  setTo(instant: Temporal.Instant): void;
  tick(): Promise<void>;
  deliver(): Promise<void>;
  close(): Promise<void>;
};

/** Everything that is sent is taken at once. */
export function createWaiting(store: Store): Waiting {
  let now = dueIn(0).subtract({ hours: 1 });
  const clock = { now: () => now };
  const log = { info: () => undefined, warn: fail, error: fail };
  const adapter: Adapter = {
    async start() {},
    send: async () => ({ kind: "sent" }),
    recognisesFor: Temporal.Duration.from({ seconds: 0 }),
    ended: Promise.resolve(),
    async stop() {},
  };
  const coach = createCoach({ store, clock, log, freshId: fail, timeZone: timeZone as TimeZone, spread: 0 });
  const outbox = createOutbox({ store, clock, log, adapters: new Map([[platform as PlatformName, adapter]]), chance: () => 0.5 });
  return {
    setTo(instant) {
      now = instant;
    },
    tick: coach.tick,
    deliver: outbox.deliver,
    close: () => store.close(),
  };
}

/** A tick that went wrong is not worth measuring. */
function fail(...why: readonly unknown[]): never {
  throw new Error(`Measure a tick: ${JSON.stringify(why)}`);
}
