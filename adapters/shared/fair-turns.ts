/** Shares the event loop between a busy connection and all other work. */

/** A connection or socket that can be paused. Data that arrives meanwhile stays in the operating system's buffer. */
export type Source = { pause(): unknown; resume(): unknown };

/** Milliseconds per turn for which a connection is read. Node reads up to 32 chunks of 64 KB from one socket before the next. */
const longestTurn = 10;

/**
 * Returns a function to call for each packet. After `longestTurn` in one turn, the source is paused until all other work had its turn.
 * Nothing is lost or reordered.
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
