/** A process of the coach on a real file: it starts, does all that is due, and ends, unless somebody ends it before. */

import { z } from "zod";
import type { PlatformName } from "#core/lib/ids.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type PassCrashPoint, withAdapterCrashPoints, withCrashPoints } from "./crash-points.ts";
import { faultSchema, faulty } from "./faults.ts";
import { createMailbox } from "./mailbox.ts";

/** What a process needs to know, as another process can be told it. */
export const processSchema = z.object({
  name: z.string(),
  database: z.string(),
  mailbox: z.string(),
  /** What its clock shows when it starts. */
  at: z.string(),
  /** For how long the platform recognises a key. */
  recognisesFor: z.string(),
  fault: faultSchema.optional(),
});

/** The same as a type. */
export type ProcessOptions = Readonly<z.infer<typeof processSchema>>;

/** Every platform of these tests has this name. */
export const platform = "console" as PlatformName;

/** Of people who have not set theirs. */
export const homeZone = "Europe/Berlin" as TimeZone;

/** What was logged as going wrong, to be read by whoever started the life. */
export type Heard = {
  readonly pass: PassCrashPoint;
  readonly trouble: (event: string) => void;
  /** It has opened its file, and begins with what is said. */
  readonly begin?: (phase: Phase) => void;
};

/** What a process does one after the other: it looks at what is due, and delivers what came of it. */
export const phases = ["looking", "delivering"] as const;
/** One of them. */
export type Phase = (typeof phases)[number];

/** Does everything that is due at its instant, wired as the program is. */
export async function runProcess({ name, database, mailbox, at, recognisesFor, fault }: ProcessOptions, heard: Heard): Promise<void> {
  const { store: file } = openSqlite({ path: database });
  const store = withCrashPoints(fault ? faulty(file, fault) : file, heard.pass);
  const clock = clockFrom(at);
  const log = logTo(heard.trouble);
  const adapter = createMailbox({ path: mailbox, clock, recognisesFor: Temporal.Duration.from(recognisesFor), child: name });
  const coach = createCoach({ store, clock, log, freshId: () => crypto.randomUUID(), timeZone: homeZone, jitter: 0 });
  const adapters = new Map([[platform, withAdapterCrashPoints(adapter, heard.pass)]]);
  const outbox = createOutbox({ store, clock, log, adapters, random: () => 0.5 });
  heard.begin?.("looking");
  await coach.applyTimeZoneRules(process.versions["tz"] ?? "unknown");
  await coach.evaluateDuePrompts();
  heard.begin?.("delivering");
  await outbox.deliver();
  await outbox.stop();
  await store.close();
}

/** A clock that shows `at` now, and goes on from there. */
export function clockFrom(at: string): Clock {
  const [start, begun] = [Temporal.Instant.from(at), performance.now()];
  return { now: () => start.add({ milliseconds: Math.floor(performance.now() - begun) }) };
}

/** A log that tells of trouble only. */
export function logTo(trouble: (event: string) => void): Log {
  return { info() {}, warn: (event) => trouble(event), error: (event, fields) => trouble(`${event} ${JSON.stringify(fields ?? {})}`) };
}
