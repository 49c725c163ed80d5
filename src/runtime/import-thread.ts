/** Reads files beside the main thread, one after the other: nobody waits for what somebody else's file takes, and none takes all of the memory. */

import { Worker } from "node:worker_threads";
import type { FileReader, ReadFile, Reading } from "#src/ports/importer.ts";
import { yieldToEventLoop } from "./event-loop.ts";
import { readFile } from "./read-import.ts";

/** What the thread tells. */
export type ThreadTold =
  | { readonly kind: "reading"; readonly done: number }
  | { readonly kind: "slice"; readonly slice: string }
  | Omit<Extract<ReadFile, { readonly kind: "read" }>, "slices">
  | Extract<ReadFile, { readonly kind: "refused" }>;

/** Milliseconds after which a file is given up, and the bytes up to which one is read in slices on the main thread: a thread costs more than that. */
export type ReaderOptions = { readonly deadline?: number; readonly small?: number };

/** What a thread may take, in MB. The text of the largest file is 64 MB in memory, where it holds one letter that is not Latin. */
const resourceLimits = { maxOldGenerationSizeMb: 144, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

/** A reader of files. */
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
  // What the process was started with is not for its threads: `--eval` and its like would stop them.
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

/** `bytes` in a buffer of their own, which is handed over: two of them would be too much memory. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? new Uint8Array(buffer) : new Uint8Array(bytes);
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY";
}
