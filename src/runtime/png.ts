/** Turns SVG into PNG, beside the main thread, so that nobody waits for somebody else's picture. */

import { Worker } from "node:worker_threads";
import type { Painted } from "./png-worker.ts";

/** Makes pictures of drawings. */
export type Painter = {
  /** The PNG of an SVG that names its size. Rejects with the cause when it cannot be made. */
  paint(svg: string): Promise<Uint8Array>;
  /** Ends the threads. What is not done by then, and all that is asked for later, rejects. */
  close(): Promise<void>;
};

/** How many pictures are made at once, and the milliseconds after which one is given up, and a thread at rest is ended. */
export type PainterOptions = { readonly threads?: number; readonly patience?: number; readonly rest?: number };

type Job = { readonly svg: string; readonly resolve: (png: Uint8Array) => void; readonly reject: (error: Error) => void };

/** One thread with at most one job at a time. */
type Hand = { readonly start: (job: Job) => void; readonly end: () => Promise<void> };

/** What a hand tells: that it can take the next job, or that it is no more. */
type Told = { readonly onFree: () => void; readonly onGone: () => void };

/**
 * A painter with up to `threads` threads, each started when a picture first needs it.
 *
 * A thread that is at rest does not keep the process alive, and is ended after `rest`: it holds as much memory as all else. One that dies, or takes longer than `patience`, fails its own picture only, and
 * the next picture starts another.
 */
export function createPainter({ threads = 1, patience = 10_000, rest = 10_000 }: PainterOptions = {}): Painter {
  const waiting: Job[] = [];
  const hands = new Set<Hand>();
  const free: Hand[] = [];
  let isClosed = false;

  function work(): void {
    while (waiting.length > 0 && (free.length > 0 || hands.size < threads)) {
      const job = waiting.shift();
      const hand = free.pop() ?? hire();
      if (job) hand.start(job);
    }
  }

  function hire(): Hand {
    const hand = createHand(
      { patience, rest },
      {
        onFree() {
          free.push(hand);
          work();
        },
        onGone() {
          hands.delete(hand);
          if (free.includes(hand)) free.splice(free.indexOf(hand), 1);
          work();
        },
      },
    );
    hands.add(hand);
    return hand;
  }

  return {
    async paint(svg) {
      if (isClosed) throw failure("the painter is closed");
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      waiting.push({ svg, resolve, reject });
      work();
      return await promise;
    },
    async close() {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(failure("the painter was closed"));
      await Promise.all([...hands].map((hand) => hand.end()));
    },
  };
}

function failure(cause: string): Error {
  return new Error(`Paint a picture: ${cause}`);
}

function createHand({ patience, rest }: Required<Omit<PainterOptions, "threads">>, { onFree, onGone }: Told): Hand {
  // What the process was started with is not for its threads: `--eval` and its like would stop them.
  const worker = new Worker(new URL("./png-worker.ts", import.meta.url), { execArgv: [] });
  let job: Job | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isGone = false;
  let resting: NodeJS.Timeout | undefined;

  function giveUp(cause: string): void {
    leave(cause);
    void worker.terminate();
  }

  /** Takes the job off the hand. */
  function finish(): Job | undefined {
    const finished = job;
    clearTimeout(timer);
    job = undefined;
    return finished;
  }

  function leave(cause: string): void {
    if (isGone) return;
    isGone = true;
    clearTimeout(resting);
    finish()?.reject(failure(cause));
    onGone();
  }

  worker.on("message", (painted: Painted) => {
    const finished = finish();
    if ("png" in painted) finished?.resolve(painted.png);
    else finished?.reject(failure(painted.error));
    if (isGone) return;
    resting = setTimeout(() => giveUp("the thread was at rest"), rest).unref();
    onFree();
  });
  worker.on("error", (error) => leave(`the thread failed: ${error instanceof Error ? error.message : String(error)}`));
  worker.on("exit", (code) => leave(`the thread ended with code ${code}`));
  // Listening keeps the process alive as long as the thread does; the timer of a job is enough, and only while there is one.
  worker.unref();

  return {
    start(given) {
      job = given;
      clearTimeout(resting);
      timer = setTimeout(() => giveUp(`it took longer than ${patience} ms`), patience);
      worker.postMessage(given.svg, []);
    },
    async end() {
      leave("the painter was closed");
      await worker.terminate();
    },
  };
}
