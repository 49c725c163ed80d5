/** Hears that the program is to end: by a signal, or because what started it has ended. */

import { readFileSync } from "node:fs";

/** How the program was started. */
export type StopOptions = {
  /** Whether npm or the launcher stands between it and whoever sends signals: one that goes to all of them then arrives here twice. */
  readonly isRelayed: boolean;
};

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Milliseconds within which a second signal is taken for the first one, passed on. */
const echo = 500;
/** How often is looked, in milliseconds, whether what started the program still runs. */
const lookEvery = 500;

/**
 * Aborts at the first SIGINT, SIGTERM or SIGHUP. From then on these do what they do to any process, so that a second one ends it at once,
 * also while it is too busy to hear anything. Behind npm or the launcher the end of either is heard as a signal is.
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

/** npm passes SIGTERM to its shell alone, which dies of it, and dies itself of SIGHUP while the shell lives on. */
function watchAncestors(onGone: () => void): void {
  const [parent, grandparent] = [process.ppid, parentOf(process.ppid)];
  const timer = setInterval(() => {
    if (process.ppid === parent && parentOf(parent) === grandparent) return;
    clearInterval(timer);
    onGone();
  }, lookEvery).unref();
}

/** The process that started process `id`; undefined where the system does not tell by a file: Linux alone does. */
function parentOf(id: number): number | undefined {
  try {
    // The name in brackets may hold anything, brackets too: what follows the last one is the state, and then the parent.
    const [, parent] = readFileSync(`/proc/${id}/stat`, "utf8")
      .replace(/^.*\)\s*/su, "")
      .split(" ");
    return Number(parent);
  } catch {
    return undefined;
  }
}
