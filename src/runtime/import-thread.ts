/** Reads files in a worker thread, one at a time: one user's file delays nobody and cannot use all of the memory. */

import { Worker } from "node:worker_threads";
import type { FileReader, ReadFile, Reading } from "#src/ports/importer.ts";
import { yieldToEventLoop } from "./event-loop.ts";
import { readFile } from "./read-import.ts";

/** Messages from the thread. */
export type ThreadTold =
  | { readonly kind: "reading"; readonly done: number }
  | { readonly kind: "slice"; readonly slice: string }
  | Omit<Extract<ReadFile, { readonly kind: "read" }>, "slices">
  | Extract<ReadFile, { readonly kind: "refused" }>;

/**
 * `deadline`: milliseconds until a file is given up. `small`: up to so many bytes a file is read in slices on the main thread, which is
 * cheaper.
 */
export type ReaderOptions = { readonly deadline?: number; readonly small?: number };

/** Limits of a thread in MB. The largest file takes 64 MB as text if it has a single non-Latin character. */
const resourceLimits = { maxOldGenerationSizeMb: 144, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** Creates a reader of files. */
export function createFileReader({ deadline = 60_000, small = 65_536 }: ReaderOptions = {}): FileReader {
  return async (reading, onRows) => {
    if (reading.bytes.byteLength > small) return await readInThread(reading, deadline, onRows);
    return await readFile(reading, async (rows) => {
      onRows(rows);
      await yieldToEventLoop();
    });
  };
}

async function readInThread(reading: Reading, deadline: number, onRows: (rows: number) => void): Promise<ReadFile | "too-heavy"> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadFile | "too-heavy">();
  const bytes = ownBytes(reading.bytes);
  // The process's own flags must not reach its threads: some of them, such as `--eval`, would stop a thread.
  const worker = new Worker(new URL("./import-worker.ts", import.meta.url), {
    workerData: { ...reading, bytes } satisfies Reading,
    transferList: [bytes.buffer],
    resourceLimits,
    execArgv: [],
  });
  const slices: string[] = [];
  worker.on("message", (told: ThreadTold) => {
    if (told.kind === "reading") onRows(told.done);
    else if (told.kind === "slice") slices.push(told.slice);
    else resolve(told.kind === "read" ? { ...told, slices } : told);
  });
  worker.on("error", (error) => (isOutOfMemory(error) ? resolve("too-heavy") : reject(error)));
  worker.on("exit", (code) => reject(new Error(`Read a file: its thread ended with code ${code} and no answer`)));
  const timer = setTimeout(() => resolve("too-heavy"), deadline);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

/** `bytes` in a buffer that can be transferred, copied only if needed: two copies would take too much memory. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
