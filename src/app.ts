/** The composition root: wires all parts together and stops them cleanly. The only file that imports from everywhere. */

import { randomInt, randomUUIDv7 } from "node:crypto";
import { once } from "node:events";
import { dirname } from "node:path";
import { stderr, stdin } from "node:process";
import type { PlatformName } from "#core/lib/ids.ts";
import { createGate } from "#src/app/admission.ts";
import { createCoach } from "#src/app/coach.ts";
import { createFileReader } from "#src/runtime/import-thread.ts";
import { createImporter } from "#src/app/import-file.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import { createRetentionJob } from "#src/app/retention-job.ts";
import type { Config } from "#src/config/config.ts";
import { readSettings } from "#src/config/load-config.ts";
import type { Adapter, CoachApi } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Store } from "#src/ports/store.ts";
import { runAdapters } from "#src/runtime/adapter-lives.ts";
import { createClock } from "#src/runtime/clock.ts";
import { withTimeout } from "#src/runtime/event-loop.ts";
import { createLastResort, exitCodes } from "#src/runtime/last-resort.ts";
import { createLinkCodeGenerator } from "#src/runtime/link-codes.ts";
import { createLog } from "#src/runtime/log.ts";
import { createRenderQueue } from "#src/runtime/picture-queue.ts";
import { createPngRenderer } from "#src/runtime/png.ts";
import { createScheduler } from "#src/runtime/scheduler.ts";
import { listenForStop } from "#src/runtime/stop.ts";
import { travelTo } from "#src/runtime/time-travel.ts";
import { type OpenedSqlite, openSqlite } from "#src/store/sqlite/open.ts";
import { makePrivateFolder, narrow } from "#src/store/sqlite/private-files.ts";
import type { OutageNews } from "#src/store/sqlite/watched-store.ts";
import { createAdapters, type Parts } from "./platforms.ts";

/** Milliseconds: how long a stop waits for running work, and after how long it ends the process in any case. */
const [drainTime, stopLimit] = [8000, 10_000];
/** Milliseconds for which the process may outlive its work, so that a request without an answer does not delay a restart. */
const exitGrace = 1000;
/** Milliseconds between two checks that the database file still exists. */
const lookEvery = 10_000;
/** Minutes over which messages due at the same time are distributed. The console has one user and needs none. */
const jitterMinutes = { console: 0, chat: 60 } as const;

// A closed terminal or pipe must not end the process.
stderr.on("error", () => undefined);
const settings = readSettings();
if ("problems" in settings) fail(...settings.problems);
else {
  for (const line of settings.notes) tell(line);
  await run(settings.config).catch(failFatally);
}

async function run(config: Config): Promise<void> {
  // Before the file is open, a signal ends the process at once; SQLite rolls back whatever it interrupts.
  const gone = new AbortController();
  const opened = open(config.database, config.isDefaultDatabase, () => {
    process.exitCode = exitCodes.untrusted;
    gone.abort();
  });
  if (!opened) return;
  const { store, look } = opened;
  setInterval(look, lookEvery).unref();
  const stopping = AbortSignal.any([listenForStop({ isRelayed: isRelayed(process.env) }), gone.signal]);
  const parts = assemble(config, store, stopping);
  parts.log.info("started", { database: config.database });
  try {
    await Promise.race([runAdaptersToEnd(parts), aborted(stopping)]);
    if (stopping.aborted) parts.log.info("stopping");
    // A console ends when its input closes. A bot that ends by itself was refused, and its supervisor must see a failure.
    if (parts.isChat && !stopping.aborted) process.exitCode = exitCodes.refused;
  } finally {
    await leave(parts);
  }
}

type Assembled = ReturnType<typeof assemble>;

/** Creates all parts except the adapters, which are created later. */
function assemble(config: Config, store: Store, stopping: AbortSignal) {
  const plain = createLog(config.logLevel, (line) => stderr.write(line));
  const log = createLastResort({ log: plain, tell, exit: (code) => process.exit(code), monotonic: () => performance.now() });
  const clock = createClock();
  const isChat = config.discord !== undefined || config.slack !== undefined;
  const adapters = new Map<PlatformName, Adapter>();
  const gone = new Set<PlatformName>();
  const onGone = (platform: PlatformName): void => {
    gone.add(platform);
    process.exitCode = exitCodes.platformGone;
  };
  const shared = { config, store, clock, log, stopping, gone };
  const renderer = createRenderQueue({ renderer: createPngRenderer() });
  return { ...shared, isChat, adapters, onGone, renderer, ...createServices({ ...shared, adapters, isChat }) };
}

/** Runs until all adapters have ended. `leave` stops everything that this starts. */
async function runAdaptersToEnd({ adapters, renderer, coach, scheduler, run, deliver, isChat, ...parts }: Assembled): Promise<void> {
  const { store, clock, log, stopping } = parts;
  const target = (instant: Temporal.Instant): Promise<boolean> =>
    travelTo(instant, { clock, store, platforms: () => [...adapters.keys()], run, stopping });
  const made = await createAdapters({ ...parts, renderPng: renderer.render, travelTo: target, deliver });
  await coach
    .applyTimeZoneRules(process.versions["tz"] ?? "unknown", stopping)
    .catch((error: unknown) => log.error("time-zone-rules-failed", describeError(error)));
  if (stopping.aborted) return;
  for (const [name, adapter] of made) adapters.set(name, adapter);
  // A console has one user, who gets a reply line by line: no admission control.
  const api: CoachApi = isChat ? { ...coach, gate: createGate({ monotonic: () => performance.now() }) } : coach;
  const living = runAdapters({ adapters, api, log, tell, stopping, onGone: (platform) => parts.onGone(platform) });
  const recovered = coach.recover(adapters, stopping);
  // Started without waiting for the adapters: a platform that is down must not delay the others.
  scheduler.start();
  await Promise.all([run(), recovered, living]);
}

/** Accepts no more messages, lets running work finish within `drainTime`, and releases all resources. */
async function leave({ adapters, coach, scheduler, outbox, renderer, store, log }: Assembled): Promise<void> {
  setTimeout(() => process.exit(), stopLimit).unref();
  const stopped = Promise.allSettled([scheduler.stop(), outbox.stop(), ...Array.from(adapters.values(), (adapter) => adapter.stop())]);
  const isDrained = await withTimeout(
    drainTime,
    stopped.then(() => true),
    false,
  );
  if (!isDrained) log.warn("stop-cut-short", { seconds: drainTime / 1000 });
  await coach.flush();
  await renderer.close();
  await store.close();
  stdin.destroy();
  log.info("stopped");
  setTimeout(() => process.exit(), isDrained ? exitGrace : 0).unref();
}

/** Resolves when `signal` is aborted. */
async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}

/** Whether npm's `start` or the launcher receives signals first and passes them on. */
function isRelayed({ npm_lifecycle_event: event, SWEETSPOT_RELAYED: launched }: NodeJS.ProcessEnv): boolean {
  return event === "start" || launched !== undefined;
}

/** Dependencies of the services. */
type ServiceDeps = Pick<Parts, "config" | "store" | "clock" | "log" | "stopping"> & {
  readonly adapters: ReadonlyMap<PlatformName, Adapter>;
  /** Platforms that refused the bot since the start. */
  readonly gone: ReadonlySet<PlatformName>;
  /** Whether a chat platform is configured, and not only the console. */
  readonly isChat: boolean;
};

/** Creates the coach, the outbox and the scheduler. */
function createServices({ config, store, clock, log, stopping, adapters, gone, isChat }: ServiceDeps) {
  const { timeZone, retentionDays } = config;
  const jitter = isChat ? jitterMinutes.chat : jitterMinutes.console;
  const report = (event: string) => (error: unknown) => log.error(event, describeError(error));
  const outbox = createOutbox({ store, clock, log, adapters, random: () => randomInt(1_000_000) / 1_000_000 });
  const deliver = (): Promise<void> => outbox.deliver().catch(report("delivery-failed"));
  const freshId = (): string => randomUUIDv7();
  const importer = createImporter({ store, log, freshId, readFile: createFileReader() });
  // In a later turn of the event loop, so that the reply comes first. The console delivers after each reply anyway.
  const onPending = (): void => void (isChat && setImmediate(() => void deliver()));
  const coach = createCoach({
    store,
    clock,
    log,
    timeZone,
    jitter,
    retentionDays,
    onPending,
    importer,
    gone,
    linkCodes: createLinkCodeGenerator(),
    freshId,
  });
  const runRetention = createRetentionJob({ store, clock, retentionDays });
  const tick = async (): Promise<void> => {
    await coach.evaluateDuePrompts(stopping);
    await runRetention(stopping).catch(report("retention-failed"));
    // Not awaited: sending to many users takes longer than a minute, and other prompts fall due meanwhile.
    void deliver();
  };
  const scheduler = createScheduler({ tick, clock: createClock(), monotonic: () => performance.now(), log });
  const run = async (): Promise<void> => {
    await scheduler.run();
    await deliver();
  };
  return { coach, outbox, scheduler, run, deliver };
}

/** Opens the database and prints what changed; undefined if that fails. `onGone` is called if the file disappears later. */
function open(database: string, isDefault: boolean, onGone: () => void): Pick<OpenedSqlite, "store" | "look"> | undefined {
  const onOutage = ({ outage, words }: OutageNews): void => {
    stderr.write(`${words}\n`);
    if (outage === "gone") onGone();
  };
  try {
    if (isDefault) readyFolder(dirname(database));
    const { store, look, isNew, copy, narrowed } = openSqlite({ path: database, onOutage });
    for (const file of narrowed) stderr.write(`Others on this machine could read ${file}; from now on its owner alone can.\n`);
    if (isNew) stderr.write(`Created ${database}: everything that is logged is kept in this file. ${howToCopy(database)}\n`);
    if (copy) stderr.write(`Brought ${database} to the newest form; the file as it was is kept as ${copy}.\n`);
    return { store, look };
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

/** While the program runs the newest data is in a second file (the WAL), so that a plain copy lacks it. */
function howToCopy(database: string): string {
  return `To copy it while this runs: sqlite3 ${database} ".backup copy.db" (a plain copy lacks what is newest).`;
}

/** Creates the private folder of the default database, or removes the access of other users. */
function readyFolder(path: string): void {
  makePrivateFolder(path);
  const rights = narrow(path);
  if (rights === "narrowed") stderr.write(`Others on this machine could look into ${path}; from now on its owner alone can.\n`);
  if (rights === "open")
    stderr.write(`Others on this machine may look into ${path}, which is not yours to change: its owner can run chmod 700 ${path}.\n`);
}

/** Reports the failure of a part that the program cannot run without. */
function failFatally(error: unknown): void {
  const { error: name, code, where } = describeError(error);
  tell(`Sweetspot ends, as something failed that it cannot do without: ${name} ${code} ${where}`);
  process.exitCode = exitCodes.untrusted;
}

function tell(line: string): void {
  stderr.write(`${line}\n`);
}

function fail(...lines: readonly string[]): void {
  stderr.write(`${lines.join("\n  ")}\n`);
  process.exitCode = exitCodes.refused;
}
