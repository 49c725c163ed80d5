/** A platform in a file: what a person would have received, a line each, on the disk before the answer is given. */

import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { z } from "zod";
import { plainText } from "#core/model/reply.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import type { Clock } from "#src/ports/runtime.ts";

const lineShape = z.object({ key: z.string(), to: z.string(), at: z.string(), child: z.string(), words: z.string() });

/** One message, as it arrived. */
export type Line = Readonly<z.infer<typeof lineShape>>;

/** Everything that arrived in the file at `path`, in its order; of lines that hold `text` only, where it is given. */
export function linesIn(path: string, text = ""): readonly Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  return lines.filter((line) => line.includes(text)).map((line) => lineShape.parse(JSON.parse(line)));
}

/** Where it is, and who sends. */
export type MailboxOptions = {
  readonly path: string;
  readonly clock: Clock;
  readonly recognisesFor: Temporal.Duration;
  readonly child: string;
};

/** The adapter of such a platform. It shows a key once for as long as it recognises it, as Discord does with a nonce. */
export function createMailbox({ path, clock, recognisesFor, child }: MailboxOptions): Adapter {
  return {
    async start() {},
    async send({ address }, reply, key) {
      const now = clock.now();
      const isKnown = linesIn(path, `"${key}"`).some(({ at }) => isWithin(now.since(Temporal.Instant.from(at)), recognisesFor));
      const line: Line = { key, to: address, at: now.toString(), child, words: plainText(reply) };
      if (!isKnown) append(path, `${JSON.stringify(line)}\n`);
      return { kind: "sent" };
    },
    edit: async () => ({ kind: "edited" }),
    remove: async () => ({ kind: "removed" }),
    recognisesFor,
    ended: Promise.resolve(),
    async stop() {},
  };
}

/** A process that stood still sends by a clock of the past, and a platform does not. */
function isWithin(ago: Temporal.Duration, limit: Temporal.Duration): boolean {
  return Temporal.Duration.compare(ago.abs(), limit) < 0;
}

function append(path: string, text: string): void {
  const file = openSync(path, "a");
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
}
