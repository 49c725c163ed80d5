/** Process that measures a file: one person sends it to a coach while others log. Prints the cost to the others as JSON. */

import { randomUUIDv7 } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import type { TimeZone } from "#core/lib/time.ts";
import { createCoach } from "#src/app/coach.ts";
import { composeExport } from "#src/app/compose-export.ts";
import { createFileReader } from "#src/runtime/import-thread.ts";
import { createImporter } from "#src/app/import-file.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { type FileKind, makeFile } from "./import-files.ts";
import { watch } from "./loop.ts";

/** The cost of one step: event loop in milliseconds, memory in MB above the start, and answers to others. */
export type Phase = {
  readonly name: string;
  readonly seconds: number;
  readonly longest: number;
  readonly loopP99: number;
  readonly memory: number;
  /** 99th percentile of the answers to `/log` of others, in milliseconds. */
  readonly logP99: number;
  readonly said: string;
};

const platform = "bench" as PlatformName;
const [path = "", kind = "", size = "0"] = process.argv.slice(2);

const now = Temporal.Instant.from("2026-11-25T11:00:00Z");
const { store } = openSqlite({ path });
const freshId = (): string => randomUUIDv7();
const log = { info: () => {}, warn: () => {}, error: (event: string) => void process.stderr.write(`${event}\n`) };
const importer = createImporter({ store, log, freshId, readFile: createFileReader() });
const coach = createCoach({ store, clock: { now: () => now }, log, freshId, importer, timeZone: "Europe/Berlin" as TimeZone, jitter: 0 });

async function say(name: string, text: string, bytes?: Buffer): Promise<Reply> {
  const file = bytes ? { file: { name: "a.csv", size: bytes.length, read: async () => ({ kind: "bytes", bytes }) as const } } : {};
  const surface = { platform, address: name as Address, reach: "direct" } as const;
  const reply = await coach.handle({ source: freshId() as MessageId, account: { platform, id: name, name }, surface, text, ...file });
  return reply ?? { blocks: [] };
}

/** Sends the file, and asks until it is read. */
async function send(bytes: Buffer): Promise<Reply> {
  let reply = await say("ann", "/help", bytes);
  for (; plainText(reply).includes("Reading your file."); await sleep(20)) reply = await say("ann", "/import");
  return reply;
}

async function press(reply: Reply, label: string): Promise<Reply> {
  const choices = reply.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
  return await say("ann", choices.find((choice) => choice.label === label)?.says ?? "/help");
}

/** Runs `work` while forty others log one after the other. */
async function phase(name: string, work: () => Promise<string>): Promise<Phase> {
  const before = process.memoryUsage.rss();
  const over = new AbortController();
  let [peak, said] = [before, ""];
  const waits: number[] = [];
  const others = async (): Promise<void> => {
    for (let count = 0; !over.signal.aborted; count += 1) {
      const asked = performance.now();
      // They log on other days, so that no day reaches its limit.
      await say(
        `other-${count % 40}`,
        `/log 1 strength 2026-${String((count % 9) + 1).padStart(2, "0")}-${String((count % 27) + 1).padStart(2, "0")}`,
      );
      waits.push(performance.now() - asked);
      peak = Math.max(peak, process.memoryUsage.rss());
      await sleep(5);
    }
  };
  const logging = others();
  const seen = await watch(async () => (said = await work()));
  over.abort();
  await logging;
  const sorted = waits.toSorted((one, other) => one - other);
  const logP99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  const memory = (peak - before) / 1024 / 1024;
  return { name, seconds: seen.microseconds / 1e6, longest: seen.longest, loopP99: seen.p99, memory, logP99, said: said.slice(0, 200) };
}

async function run(): Promise<readonly Phase[]> {
  await phase("warm", async () => await sleep(1500, ""));
  const quiet = await phase("quiet", async () => await sleep(2000, ""));
  const bytes = makeFile(kind as FileKind, Number(size));
  let reply: Reply = { blocks: [] };
  const read = await phase("read", async () => plainText((reply = await send(bytes))));
  if (!read.said.includes("new session")) return [quiet, read];
  const word = async (text: string): Promise<string> => plainText((reply = await say("ann", text)));
  const taken = await phase("take in", async () => plainText((reply = await press(reply, "Import"))));
  const week = await phase("/week", async () => await word("/week"));
  const id = (await store.findUser({ platform, id: "ann", name: "ann" }))?.user.id;
  const exported = await phase("export", async () => {
    const files = id ? await composeExport(store, id, now) : undefined;
    return `${files?.count ?? 0} sessions`;
  });
  const undone = await phase("undo", async () => await word("/undo"));
  const redone = await phase("redo", async () => await word("/undo"));
  await say("ann", "/forget");
  const forgotten = await phase("forget", async () => plainText(await press(await say("ann", "/forget"), "Delete everything")));
  return [quiet, read, taken, week, exported, undone, redone, forgotten];
}

process.stdout.write(JSON.stringify(await run()));
await store.close();
