/** A machine whose time passes by hand, with one scheduler on it. node-cron and its timers are the real ones. */

import { onTestFinished, vi } from "vitest";
import { z } from "zod";
import type { Clock } from "#src/ports/runtime.ts";
import { createClock } from "#src/runtime/clock.ts";
import { createLog } from "#src/runtime/log.ts";
import { type Scheduler, createScheduler } from "#src/runtime/scheduler.ts";

/** In milliseconds. */
export const second = 1000;
/** In milliseconds. */
export const minute = 60 * second;
/** In milliseconds. */
export const hour = 60 * minute;
/** In milliseconds. */
export const day = 24 * hour;

const lineShape = z.looseObject({ at: z.string(), level: z.string(), event: z.string() });

/** A machine on which one scheduler runs; its time passes by hand. */
export type Machine = {
  readonly scheduler: Scheduler;
  /** When each tick began by the machine's clock: day of the month and time. */
  readonly ticks: string[];
  /** What was logged, without when. */
  readonly lines: unknown[];
  /** How many ticks were ever under way at once. */
  most(): number;
  /** Nothing runs for a while, and then whatever has become due. */
  freeze(milliseconds: number): void;
};

type Parts = { readonly work?: () => Promise<void>; readonly clock?: Clock };

/** A machine eight seconds before 11:00 on 25 November, whose scheduler stands still. Its time is over with the test. */
export function createMachine({ work = async () => await Promise.resolve(), clock = createClock() }: Parts = {}): Machine {
  vi.useFakeTimers({ now: Temporal.Instant.from("2026-11-25T10:59:52Z").epochMilliseconds });
  onTestFinished(() => void vi.useRealTimers());
  const ticks: string[] = [];
  const lines: unknown[] = [];
  let [now, most, frozen] = [0, 0, 0];
  const log = createLog("info", (text) => {
    const { at: _, ...line } = lineShape.parse(JSON.parse(text));
    lines.push(line);
  });
  // Not async: work that throws in place of giving a promise reaches the scheduler as it is.
  const tick = (): Promise<void> => {
    ticks.push(Temporal.Now.instant().toString().slice(8, 19).replace("T", " "));
    now += 1;
    most = Math.max(most, now);
    return work().finally(() => (now -= 1));
  };
  const freeze = (milliseconds: number): void => {
    frozen += milliseconds;
    turnClock(milliseconds);
  };
  const scheduler = createScheduler({ tick, clock, log, monotonic: () => performance.now() + frozen });
  return { scheduler, ticks, lines, most: () => most, freeze };
}

/** Such a machine, whose scheduler has been started. */
export function startMachine(parts: Parts = {}): Machine {
  const machine = createMachine(parts);
  machine.scheduler.start();
  return machine;
}

/** Sets the machine's clock forward, or back, while no time passes. */
export function turnClock(milliseconds: number): void {
  vi.setSystemTime(Temporal.Now.instant().epochMilliseconds + milliseconds);
}

/** Lets time pass, and everything happen that falls into it. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

/** Work that takes so long. */
export const lasting = (milliseconds: number) => async (): Promise<void> =>
  await new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
