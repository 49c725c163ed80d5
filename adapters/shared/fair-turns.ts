/** Turns of the event loop, shared between a connection that is sent much and everything else. */

/** A connection, or its socket, that can be told to wait: what arrives meanwhile stays with the operating system. */
export type Source = { pause(): unknown; resume(): unknown };

/** Milliseconds of one turn in which a connection is heard. Node reads up to 32 chunks of 64 KB of one socket before it looks at another. */
const longestTurn = 10;

/**
 * Gives what is called with each thing that arrives: once that has gone on for `longestTurn`, the source waits until all others had
 * their turn. Nothing is lost, and the order is kept.
 */
export function shareTurns(sourceOf: () => Source | null | undefined): () => void {
  let began: number | undefined;
  let waiting: Source | null | undefined;
  const end = (): void => {
    began = undefined;
    waiting?.resume();
    waiting = undefined;
  };
  return () => {
    if (began === undefined) {
      began = performance.now();
      setImmediate(end);
    } else if (!waiting && performance.now() - began >= longestTurn) {
      waiting = sourceOf();
      waiting?.pause();
    }
  };
}
