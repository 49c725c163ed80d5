/** One tick a minute, in UTC. It knows no user's schedule: what is due at a tick is in the database. */

import { schedule, type ScheduledTask } from "node-cron";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";

/** What the scheduler works with. */
export type SchedulerDeps = {
  /** What is done each minute. Its errors are logged here and never end the ticking. It may not wait for `stop`, which waits for it. */
  readonly tick: () => Promise<void>;
  /** The real system clock. */
  readonly clock: Clock;
  /** Milliseconds that only go forward, whatever is done to the clock. */
  readonly monotonic: () => number;
  readonly log: Log;
};

/** What makes the ticks, one after the other and never two at once. It keeps no process alive. */
export type Scheduler = {
  /** Ticks from now on at second 0 of each minute. */
  start(): void;
  /** Ticks now, after any tick that is under way; resolves when that tick is done. Those that wait together share one tick. */
  run(): Promise<void>;
  /** No more ticks, for good; resolves when the one under way is done. */
  stop(): Promise<void>;
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How often the scheduler looks after itself. */
const watchdogInterval = 5 * second;
/** After so long without a sign of life node-cron is taken for stuck. */
const silenceLimit = 90 * second;
/** So much must the clock be off at once for it to be called a jump. */
const jumpLimit = day;
/** So long whoever set the clock forward by mistake has to put it right, before a day's messages are sent early. */
const holdFor = 10 * minute;
/** No further ahead than this, the clock counts as put right. */
const nearEnough = minute;

/** A scheduler that does nothing until it is started. */
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

/** Makes one tick at a time. */
function createSerialRunner({ tick, log }: SchedulerDeps) {
  let underWay: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let isOver = false;
  const attempt = async (): Promise<void> => {
    try {
      // Not before `underWay` is set, or a tick that asks for another one would begin it inside itself.
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
    /** Ticks, unless a tick is under way. */
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

/** Offers a tick each minute, and sees to it that they keep coming. Gives what ends that. */
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

/** Calls `beat` at second 0 of each minute, also for one that comes while the last call is under way. */
function scheduleEachMinute(heartbeat: () => Promise<void>, log: Log): ScheduledTask {
  const quiet = (): void => undefined;
  const task = schedule("* * * * *", heartbeat, {
    timezone: "UTC",
    noOverlap: true,
    unref: true,
    // A minute that comes late, after a blocked loop or a sleep, would be passed over; late is better than a minute later.
    missedExecutionTolerance: minute,
    // On its own it writes lines that are no JSON, with what errors say in them.
    logger: { debug: quiet, info: quiet, warn: quiet, error: (text, error) => log.error("cron-failed", describeError(error ?? text)) },
  });
  task.on("execution:overlap", heartbeat);
  return task;
}

/** What was seen of the clock: whether ticks are held, and whether a jump or the end of a hold was found just now. */
type ClockCheck = { readonly isHeld: boolean; readonly isNews: boolean };

/** Ticks are held until then, in monotonic milliseconds; so far is the clock ahead of what it showed before, in milliseconds. */
type Hold = { readonly until: number; readonly ahead: number };

/** Compares at each look how far the clock went with how much time went by. */
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
