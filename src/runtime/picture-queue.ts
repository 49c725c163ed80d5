/** A fair queue of pictures: each user and channel has its own line, and equal pictures are rendered once. */

import { createHash } from "node:crypto";
import type { PngRenderer } from "./png.ts";
import { createRoundRobin, type QueueLimits } from "#core/lib/round-robin.ts";

/** A renderer with a queue. */
export type RenderQueue = {
  /**
   * The PNG of an SVG; the buffer is shared, so do not write to it. `turn` names the line. Rejects at once if the queue is full, and with
   * the cause if rendering fails.
   */
  render(svg: string, turn?: string): Promise<Uint8Array>;
  /** Ends the renderer. Waiting and later requests reject. */
  close(): Promise<void>;
};

/** Dependencies and limits of a queue. */
export type RenderQueueOptions = {
  readonly renderer: PngRenderer;
  /** How many pictures are rendered at once: the number of the renderer's threads. */
  readonly concurrency?: number;
  readonly limits?: QueueLimits;
  /** The cache: its size in bytes, and how many milliseconds after the last picture it is emptied. */
  readonly kept?: { readonly bytes: number; readonly rest: number };
};

/** Pictures that may wait: in total, and in one line. A picture takes some 20 ms, so the longest wait is two seconds. */
const usualLimits: QueueLimits = { most: 100, each: 5 };
/** A picture has some 40 kB. */
const usualKept = { bytes: 4_000_000, rest: 60_000 };

/** Creates a queue in front of `options.renderer`. */
export function createRenderQueue(options: RenderQueueOptions): RenderQueue {
  const { renderer, concurrency = 1, limits = usualLimits, kept = usualKept } = options;
  const pending = new Map<string, Job>();
  const queue = createRoundRobin<Job>(limits);
  const recent = createRecent(kept);
  const underWay = new Set<Job>();
  let isClosed = false;
  const work = (): void => {
    while (underWay.size < concurrency) {
      const job = queue.next();
      if (!job) return;
      if (job.begin()) void run(job);
    }
  };
  const run = async (job: Job): Promise<void> => {
    underWay.add(job);
    const rendering = renderer.render(job.svg);
    job.resolve(rendering);
    const png = await rendering.catch(() => undefined);
    if (png) recent.keep(job.digest, png);
    pending.delete(job.digest);
    underWay.delete(job);
    work();
  };
  const drop = (job: Job): void => {
    if (job.leave() && pending.delete(job.digest)) job.reject(failure("too many wait already"));
  };
  return {
    async render(svg, turn = "") {
      if (isClosed) throw failure("the queue is closed");
      const digest = createHash("sha256").update(svg).digest("base64");
      const rendered = recent.find(digest);
      if (rendered) return rendered;
      const job = pending.get(digest) ?? createJob(svg, digest);
      pending.set(digest, job);
      const dropped = job.enter(turn) ? queue.add(turn, job) : undefined;
      if (dropped) drop(dropped);
      work();
      return await job.promise;
    },
    async close() {
      isClosed = true;
      recent.clear();
      for (const job of pending.values()) if (job.begin()) job.reject(failure("the queue was closed"));
      while (queue.next());
      await renderer.close();
    },
  };
}

/** A requested picture. It waits in the line of each user who asked, and starts at its first turn. */
type Job = ReturnType<typeof createJob>;

function createJob(svg: string, digest: string) {
  const settled = Promise.withResolvers<Uint8Array>();
  const turns = new Set<string>();
  let [lines, isBegun] = [0, false];
  return {
    svg,
    digest,
    ...settled,
    /** Whether it has to be added to the line of `turn`. */
    enter(turn: string): boolean {
      if (isBegun || turns.has(turn)) return false;
      turns.add(turn);
      lines += 1;
      return true;
    },
    /** Called when a line drops the job. True if no line holds it any more. */
    leave(): boolean {
      lines -= 1;
      return lines === 0 && !isBegun;
    },
    /** False if it was started before. */
    begin(): boolean {
      const isFirst = !isBegun;
      isBegun = true;
      return isFirst;
    },
  };
}

function failure(cause: string): Error {
  return new Error(`Paint a picture: ${cause}`);
}

/** The cache of rendered pictures, the least recently used first. It is emptied after `rest` milliseconds without another picture. */
function createRecent({ bytes, rest }: NonNullable<RenderQueueOptions["kept"]>) {
  const pictures = new Map<string, Uint8Array>();
  let size = 0;
  let timer: NodeJS.Timeout | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    pictures.clear();
    size = 0;
  };
  return {
    clear,
    find(digest: string): Uint8Array | undefined {
      const found = pictures.get(digest);
      if (found) pictures.delete(digest);
      if (found) pictures.set(digest, found);
      return found;
    },
    keep(digest: string, png: Uint8Array): void {
      clearTimeout(timer);
      timer = setTimeout(clear, rest).unref();
      pictures.set(digest, png);
      size += png.length;
      for (const [oldest, { length }] of pictures) {
        if (size <= bytes) return;
        pictures.delete(oldest);
        size -= length;
      }
    },
  };
}
