/** The scheduler: one tick a minute, in UTC. It holds no user's schedule: each tick reads what is due from the database. */

import { schedule, type ScheduledTask } from "node-cron";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";

/** Dependencies of the scheduler. */
export type SchedulerDeps = {
  /** Called each minute. Its errors are logged and never end the ticking. It must not await `stop`, which waits for it. */
  readonly tick: () => Promise<void>;
  /** The real system clock. */
  readonly clock: Clock;
  /** Monotonic milliseconds, independent of the clock. */
  readonly monotonic: () => number;
  readonly log: Log;
};

/** Runs one tick at a time. It does not keep the process alive. */
export type Scheduler = {
  /** Starts ticking at second 0 of each minute. */
  start(): void;
  /** Ticks now, after any running tick; resolves when that tick is done. Callers that wait together share one tick. */
  run(): Promise<void>;
  /** Stops for good; resolves when the running tick is done. */
  stop(): Promise<void>;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds between two runs of the watchdog. */
const watchdogInterval = 5 * second;
/** Milliseconds without a beat after which node-cron counts as stuck. */
const silenceLimit = 90 * second;
/** Milliseconds of difference at once from which the clock counts as having jumped. */
const jumpLimit = day;
/** Milliseconds for which ticks stop after a jump forward: time to correct the clock before a day's messages are sent early. */
const holdFor = 10 * minute;
/** Milliseconds ahead, at most, for which the clock counts as corrected. */
const nearEnough = minute;

/** Creates a scheduler, which does nothing until it is started. */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const serialRunner = createSerialRunner(deps);
  let isOver = false;
  let stopTicking: (() => void) | undefined;
  return {
    start() {
      if (!isOver) stopTicking ??= keepTicking(deps, serialRunner.tryRun);
    },
    run: serialRunner.next,
    async stop() {
      isOver = true;
      stopTicking?.();
      await serialRunner.end();
    },
  };
}

/** Runs one tick at a time. */
function createSerialRunner({ tick, log }: SchedulerDeps) {
  let underWay: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let isOver = false;
  const attempt = async (): Promise<void> => {
    try {
      // Deferred until `underWay` is set: a tick that requests another one would otherwise start it inside itself.
      await Promise.resolve().then(tick);
    } catch (error) {
      log.error("tick-failed", describeError(error));
    }
  };
  const begin = async (): Promise<void> => {
    if (isOver) return;
    underWay = attempt();
    await underWay;
    underWay = undefined;
  };
  const follow = async (before: Promise<void>): Promise<void> => {
    await before;
    following = undefined;
    await begin();
  };
  return {
    /** Ticks, unless a tick is running. */
    async tryRun(): Promise<void> {
      if (underWay) log.info("tick-dropped");
      else await begin();
    },
    async next(): Promise<void> {
      if (underWay) following ??= follow(underWay);
      await (following ?? begin());
    },
    async end(): Promise<void> {
      isOver = true;
      await (following ?? underWay);
    },
  };
}

/** Tries to tick each minute, and restarts node-cron if it stops. Returns a function that ends the ticking. */
function keepTicking(deps: SchedulerDeps, tryRun: () => Promise<void>): () => void {
  const { monotonic, log } = deps;
  const checkClock = createClockMonitor(deps);
  let heardAt = monotonic();
  const heartbeat = async (): Promise<void> => {
    heardAt = monotonic();
    if (!checkClock().isHeld) await tryRun();
  };
  let cron = scheduleEachMinute(heartbeat, log);
  const lookAfterCron = (): void => {
    const { isHeld, isNews } = checkClock();
    const silence = monotonic() - heardAt;
    if (!isNews && silence < silenceLimit) return;
    if (!isNews) log.warn("scheduler-rearmed", { seconds: Math.round(silence / second) });
    void cron.destroy();
    cron = scheduleEachMinute(heartbeat, log);
    heardAt = monotonic();
    if (!isHeld) void tryRun();
  };
  const watchdog = setInterval(lookAfterCron, watchdogInterval).unref();
  return () => {
    clearInterval(watchdog);
    void cron.destroy();
  };
}

/** Calls `heartbeat` at second 0 of each minute, even if the last call is still running. */
function scheduleEachMinute(heartbeat: () => Promise<void>, log: Log): ScheduledTask {
  const quiet = (): void => undefined;
  const task = schedule("* * * * *", heartbeat, {
    timezone: "UTC",
    noOverlap: true,
    unref: true,
    // By default a minute that comes late, after a blocked loop or a sleep, is skipped.
    missedExecutionTolerance: minute,
    // node-cron's own logger writes plain text, including error messages.
    logger: { debug: quiet, info: quiet, warn: quiet, error: (text, error) => log.error("cron-failed", describeError(error ?? text)) },
  });
  task.on("execution:overlap", heartbeat);
  return task;
}

/** The result of a check: whether ticks are held, and whether a jump or the end of a hold was just detected. */
type ClockCheck = { readonly isHeld: boolean; readonly isNews: boolean };

/** A hold: its end in monotonic milliseconds, and how many milliseconds the clock is ahead. */
type Hold = { readonly until: number; readonly ahead: number };

/** Compares, at each check, how far the clock moved with how much time passed. */
function createClockMonitor({ clock, monotonic, log }: SchedulerDeps): () => ClockCheck {
  const read = () => ({ shown: clock.now().epochMilliseconds, passed: monotonic() });
  let last = read();
  let hold: Hold | undefined;
  const endHold = ({ ahead }: Hold): ClockCheck => {
    hold = undefined;
    log.info("clock-trusted", { hoursAhead: Math.round(ahead / hour) });
    return { isHeld: false, isNews: true };
  };
  return () => {
    const now = read();
    const jump = now.shown - last.shown - (now.passed - last.passed);
    last = now;
    if (hold) hold = { ...hold, ahead: hold.ahead + jump };
    if (hold && hold.ahead < nearEnough) return endHold(hold);
    const isJump = Math.abs(jump) > jumpLimit;
    if (isJump) log.error("clock-jumped", { hours: Math.round(jump / hour) });
    if (isJump && jump > 0) hold = { until: now.passed + holdFor, ahead: hold?.ahead ?? jump };
    if (hold && now.passed >= hold.until) return endHold(hold);
    return { isHeld: hold !== undefined, isNews: isJump };
  };
}
