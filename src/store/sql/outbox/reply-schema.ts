/** The schema of a reply's blocks, as stored JSON. */

import type { Block, Inline } from "#core/model/reply.ts";
import { z } from "zod";

const inline: z.ZodType<Inline> = z.union([
  z.string(),
  z.object({ bold: z.string() }),
  z.object({ code: z.string() }),
  z.object({ link: z.string(), address: z.string() }),
]);

const choice = z.object({
  label: z.string(),
  says: z.string(),
  field: z.object({ label: z.string(), value: z.string() }).exactOptional(),
});

const block: z.ZodType<Block> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.array(inline) }),
  z.object({ kind: z.literal("facts"), facts: z.array(z.object({ label: z.string(), value: z.string() })) }),
  z.object({ kind: z.literal("meter"), minutes: z.number(), min: z.number(), max: z.number(), until: z.number() }),
  z.object({ kind: z.literal("picture"), name: z.string(), svg: z.string() }),
  z.object({ kind: z.literal("file"), name: z.string(), type: z.enum(["text/csv", "application/json"]), content: z.string() }),
  z.object({ kind: z.literal("choices"), layout: z.enum(["row", "list"]), choices: z.array(choice) }),
]);

/** Blocks in their order. */
export const blocksSchema: z.ZodType<readonly Block[]> = z.array(block);
