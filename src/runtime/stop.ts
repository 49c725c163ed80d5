/** Listens for the end of the program: a signal, or the end of the process that started it. */

import { readFileSync } from "node:fs";

/** How the program was started. */
export type StopOptions = {
  /** Whether npm or the launcher passes signals on: a signal to the whole process group then arrives twice. */
  readonly isRelayed: boolean;
};

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Milliseconds within which a second signal counts as the first one, passed on. */
const echo = 500;
/** Milliseconds between two checks that the starting process still runs. */
const lookEvery = 500;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP. Afterwards these signals have their default effect, so that a second one ends the process
 * at once, even if it is too busy to handle it. Behind npm or the launcher, the end of either counts as a signal.
 */
export function listenForStop({ isRelayed }: StopOptions): AbortSignal {
  const stopping = new AbortController();
  const unlisten = (): void => {
    for (const signal of signals) process.removeListener(signal, begin);
  };
  const begin = (): void => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    if (isRelayed) setTimeout(unlisten, echo).unref();
    else unlisten();
  };
  for (const signal of signals) process.on(signal, begin);
  if (isRelayed) watchAncestors(begin);
  return stopping.signal;
}

/** npm passes SIGTERM only to its shell, which dies of it. SIGHUP kills npm itself while the shell lives on. */
function watchAncestors(onGone: () => void): void {
  const [parent, grandparent] = [process.ppid, parentOf(process.ppid)];
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    onGone();
  }, lookEvery).unref();
}

/** The parent of process `id`; undefined if the system has no /proc file for it, which only Linux has. */
function parentOf(id: number): number | undefined {
  try {
    // The process name in brackets may contain anything, also brackets: the state and the parent follow the last bracket.
    const [, parent] = readFileSync(`/proc/${id}/stat`, "utf8")
      .replace(/^.*\)\s*/su, "")
      .split(" ");
    return Number(parent);
  } catch {
    return undefined;
  }
}
