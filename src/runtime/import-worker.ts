/**
 * The worker thread that reads a large file: takes it as its data, reports progress, and ends with the result. Started by `import-
 * thread.ts`.
 */

import { parentPort, workerData } from "node:worker_threads";
import type { Reading } from "#src/ports/importer.ts";
import type { ThreadTold } from "./import-thread.ts";
import { readFile } from "./read-import.ts";

const tell = (told: ThreadTold): void => parentPort?.postMessage(told, []);

const read = await readFile(workerData as Reading, async (done) => tell({ kind: "reading", done }));
if (read.kind === "read") {
  // One slice for each message: all of them in one would be copied in a single turn of the receiver's event loop.
  for (const slice of read.slices) tell({ kind: "slice", slice });
  tell({ kind: "read", count: read.count, person: read.person });
} else tell(read);
