/** Renders SVG as PNG in worker threads, so that no user waits for another one's picture. */

import { Worker } from "node:worker_threads";
import type { Rendered } from "./png-worker.ts";

/** Renders pictures. */
export type PngRenderer = {
  /** The PNG of an SVG that states its size. Rejects with the cause on failure. */
  render(svg: string): Promise<Uint8Array>;
  /** Ends the threads. Unfinished and later requests reject. */
  close(): Promise<void>;
};

/** The maximum number of threads; milliseconds until a picture is given up; milliseconds until an idle thread is ended. */
export type PngRendererOptions = { readonly threads?: number; readonly timeout?: number; readonly idleTimeout?: number };

type Job = { readonly svg: string; readonly resolve: (png: Uint8Array) => void; readonly reject: (error: Error) => void };

/** One thread, with at most one job at a time. */
type RenderWorker = { readonly start: (job: Job) => void; readonly end: () => Promise<void> };

/** Events of a worker: ready for the next job, or ended. */
type WorkerEvents = { readonly onFree: () => void; readonly onGone: () => void };

/**
 * A renderer with up to `threads` threads, each started when a picture first needs it.
 *
 * An idle thread does not keep the process alive and is ended after `idleTimeout`: it uses as much memory as the rest of the program.
 * A thread that dies, or takes longer than `timeout`, fails only its own picture; the next one starts another thread.
 */
export function createPngRenderer({ threads = 1, timeout = 10_000, idleTimeout = 10_000 }: PngRendererOptions = {}): PngRenderer {
  const waiting: Job[] = [];
  const workers = new Set<RenderWorker>();
  const free: RenderWorker[] = [];
  let isClosed = false;

  function work(): void {
    while (waiting.length > 0 && (free.length > 0 || workers.size < threads)) {
      const job = waiting.shift();
      const thread = free.pop() ?? startWorker();
      if (job) thread.start(job);
    }
  }

  function startWorker(): RenderWorker {
    const thread = createRenderWorker(
      { timeout, idleTimeout },
      {
        onFree() {
          free.push(thread);
          work();
        },
        onGone() {
          workers.delete(thread);
          if (free.includes(thread)) free.splice(free.indexOf(thread), 1);
          work();
        },
      },
    );
    workers.add(thread);
    return thread;
  }

  return {
    async render(svg) {
      if (isClosed) throw failure("the renderer is closed");
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
      waiting.push({ svg, resolve, reject });
      work();
      return await promise;
    },
    async close() {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(failure("the renderer was closed"));
      await Promise.all([...workers].map((thread) => thread.end()));
    },
  };
}

function failure(cause: string): Error {
  return new Error(`Paint a picture: ${cause}`);
}

function createRenderWorker(
  { timeout, idleTimeout }: Required<Omit<PngRendererOptions, "threads">>,
  { onFree, onGone }: WorkerEvents,
): RenderWorker {
  // The process's own flags must not reach its threads: some of them, such as `--eval`, would stop a thread.
  const worker = new Worker(new URL("./png-worker.ts", import.meta.url), { execArgv: [] });
  let job: Job | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isGone = false;
  let resting: NodeJS.Timeout | undefined;

  function giveUp(cause: string): void {
    leave(cause);
    void worker.terminate();
  }

  /** Takes the job from the worker. */
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

  worker.on("message", (rendered: Rendered) => {
    const finished = finish();
    if ("png" in rendered) finished?.resolve(rendered.png);
    else finished?.reject(failure(rendered.error));
    if (isGone) return;
    resting = setTimeout(() => giveUp("the thread was at rest"), idleTimeout).unref();
    onFree();
  });
  worker.on("error", (error) => leave(`the thread failed: ${error instanceof Error ? error.message : String(error)}`));
  worker.on("exit", (code) => leave(`the thread ended with code ${code}`));
  // A listener would keep the process alive as long as the thread. A job's timer does that, only while there is a job.
  worker.unref();

  return {
    start(given) {
      job = given;
      clearTimeout(resting);
      timer = setTimeout(() => giveUp(`it took longer than ${timeout} ms`), timeout);
      worker.postMessage(given.svg, []);
    },
    async end() {
      leave("the renderer was closed");
      await worker.terminate();
    },
  };
}
