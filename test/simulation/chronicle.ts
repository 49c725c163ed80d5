/** What happened in a simulated year: what people noted, what the platform saw, and what stands in the file. */

import Database from "better-sqlite3";
import { z } from "zod";
import type { SendResult } from "#src/ports/adapter.ts";
import { askedAt, type Journal } from "./journal.ts";
import { dayFrom, dayText, instantOf, shownAt, timeText } from "./wall.ts";
import type { Trouble } from "./weather.ts";

/** Why the coach may speak. */
export type Kind = "weekly" | "rest" | "training";

/** One try to send, as the platform saw it. */
export type Attempt = {
  readonly at: number;
  readonly name: string;
  readonly key: string;
  readonly result: SendResult["kind"];
  /** Milliseconds after which the platform asked to be tried again. */
  readonly after?: number;
  /** Whether the person saw it: of a try that nobody can tell about, perhaps; of a key that the platform knew again, not a second time. */
  readonly isShown: boolean;
  readonly words: string;
};

/** A delivery as it stands in the file. Days are counted from 1970 on. */
export type Row = {
  readonly key: string;
  readonly name: string;
  readonly kind: Kind;
  readonly on: number;
  readonly dueAt: number;
  readonly expiresAt: number;
  readonly state: string;
  readonly nextAt: number | null;
  readonly why: string | null;
  readonly endedAt: number | null;
};

/** One person's year: what they did and what came, in the order of time, and what stands in the file by the day that it is for. */
export type Story = { readonly journal: Journal; readonly attempts: readonly Attempt[]; readonly rows: readonly Row[] };

/** Everybody's year. */
export type Chronicle = {
  readonly seed: string;
  readonly from: number;
  readonly until: number;
  /** Milliseconds over which those are spread who ask for the same wall time. */
  readonly jitter: number;
  readonly stories: readonly Story[];
  readonly troubles: readonly Trouble[];
  /** Moments at which something was still due after all that was due had been done. */
  readonly stuck: readonly number[];
  /** What the coach logged as an error. */
  readonly errors: readonly string[];
};

const rowShape = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.enum(["weekly", "rest", "training"]),
  on: z.string().transform(dayFrom),
  dueAt: z.int(),
  expiresAt: z.int(),
  state: z.string(),
  nextAt: z.int().nullable(),
  why: z.string().nullable(),
  endedAt: z.int().nullable(),
});

/** Every delivery in the SQLite file at `path`, read past the store. */
export function readRows(path: string): readonly Row[] {
  const client = new Database(path, { readonly: true });
  try {
    const rows = client
      .prepare(
        `select delivery.key, account.id as name, delivery.kind, delivery.local_date as "on", due_at as dueAt, expires_at as expiresAt, state,
          next_at as nextAt, reason as why, ended_at as endedAt
        from delivery join account on account.user_id = delivery.user_id order by delivery.local_date, delivery.key`,
      )
      .all();
    return rows.map((row) => rowShape.parse(row));
  } finally {
    client.close();
  }
}

/** Everybody's story, of everything that was recorded of everybody. */
export function storiesOf(journals: readonly Journal[], attempts: readonly Attempt[], rows: readonly Row[]): readonly Story[] {
  const [attemptsOf, rowsOf] = [Map.groupBy(attempts, ({ name }) => name), Map.groupBy(rows, ({ name }) => name)];
  return journals.map((journal) => ({ journal, attempts: attemptsOf.get(journal.name) ?? [], rows: rowsOf.get(journal.name) ?? [] }));
}

/** A sentence about a rule that was broken: which, by what was sent to whom, and when, also as a clock of theirs showed it. */
export function tell(rule: string, { journal }: Story, at: number, what: string): string {
  const { zone } = askedAt(journal, at);
  const { day, time } = shownAt(at, zone);
  return `${rule} ${journal.name} at ${instantOf(at).toString()} (${dayText(day)} ${timeText(time)} ${zone}): ${what}`;
}

/** The row of every key. */
export function rowsByKey({ rows }: Story): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.key, row]));
}

/** The tries of every key, in the order of time. */
export function attemptsByKey({ attempts }: Story): ReadonlyMap<string, readonly Attempt[]> {
  return Map.groupBy(attempts, ({ key }) => key);
}

/** Whether it came, or may have: this is what takes a day of a person. */
export function went({ result }: Attempt): boolean {
  return result === "sent" || result === "unknown";
}
