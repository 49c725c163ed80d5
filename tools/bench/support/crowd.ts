/** Databases of very many waiting people, filled by SQL alone: inserting row by row from JavaScript would take half an hour. */

import { openSqlite } from "#src/store/sqlite/open.ts";
import Database from "better-sqlite3";
import { timeZone, userIdOf } from "./people.ts";
import { dueIn, dueMonday } from "./waiting.ts";

const slice = 1_000_000;

/**
 * Creates the database at `path` in the real schema, with `people` who each have a feedback prompt and a rest prompt. Due times are spread
 * over the week from `dueIn(0)` in no order, so that the index is as scattered as in production. The people have neither accounts nor
 * sessions: a tick with nothing due reads none. `onProgress` receives the number of people so far.
 */
export async function fillCrowd(path: string, people: number, onProgress: (people: number) => void): Promise<void> {
  await openSqlite({ path }).store.close();
  const client = new Database(path);
  try {
    // A crash may lose this data. Twenty million entries in no order need much of the index in memory.
    for (const pragma of ["journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -1500000"]) client.pragma(pragma);
    const adds = prepareAdds(client);
    for (let from = 0; from < people; from += slice) {
      const values = { from, until: Math.min(people, from + slice) };
      adds.forEach((add) => add.run(values));
      onProgress(values.until);
    }
    client.pragma("synchronous = FULL");
    client.pragma("journal_mode = WAL");
  } finally {
    client.close();
  }
}

/** One insert statement a table, for the people from `from` up to and without `until`. */
function prepareAdds(client: Database.Database): readonly Database.Statement[] {
  const each = "with recursive one(i) as (select @from union all select i + 1 from one where i + 1 < @until) insert into";
  const id = `'${userIdOf(0).slice(0, -12)}' || printf('%012x', i)`;
  const first = dueIn(0).epochMilliseconds;
  // Primes make neighbours in the table strangers in the index.
  const dueWithin = (minutes: number, prime: number): string => `${first} + 60000 * (i * ${prime} % ${minutes})`;
  const lastWeek = dueMonday.subtract({ weeks: 1 }).toString();
  return [
    `${each} user (id, joined_at, time_zone, first_day, preferences) select ${id}, ${first}, '${timeZone}', 1, iif(i % 4, '{}', '{"plan":{"days":[1,3],"minutes":60}}') from one`,
    `${each} prompt (user_id, kind, due_at, local_date) select ${id}, 'weekly', ${dueWithin(7 * 24 * 60, 104_729)}, '${lastWeek}' from one`,
    `${each} prompt (user_id, kind, due_at, local_date) select ${id}, 'rest', ${dueWithin(24 * 60, 7919)}, '${dueMonday.toString()}' from one`,
  ].map((sql) => client.prepare(sql));
}
