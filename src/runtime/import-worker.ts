/** The thread in which a large file is read: takes it as its data, tells how far it is, and ends with what came of it. `import-thread.ts` starts it. */

import { parentPort, workerData } from "node:worker_threads";
import type { Reading } from "#src/ports/importer.ts";
import type { ThreadTold } from "./import-thread.ts";
import { readFile } from "./read-import.ts";

const tell = (told: ThreadTold): void => parentPort?.postMessage(told, []);

const read = await readFile(workerData as Reading, async (done) => tell({ kind: "reading", done }));
if (read.kind === "read") {
  // One at a time: all of them in one message would be copied in one turn of whoever hears it.
  for (const slice of read.slices) tell({ kind: "slice", slice });
  tell({ kind: "read", count: read.count, person: read.person });
} else tell(read);
