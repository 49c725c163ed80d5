/** `/export`: sends all data about a user as files in a direct message. */

import { ignored } from "#core/args.ts";
import { command } from "#core/command.ts";
import { createNotice } from "#core/model/outbox-message.ts";
import { say } from "#core/model/context.ts";
import { sayExporting } from "#core/voice/export.ts";
import { sayNothingKept } from "#core/voice/forget.ts";

/** Queues the export. The id is the current minute, so a second request within it sends nothing more. */
export const exportAll = command({
  name: "export",
  summary: "sends you all that I keep about you, as CSV and JSON, by direct message",
  args: { words: ignored() },
  examples: ["/export"],
  isListed: true,
  prepare(_, { user, isNew, now }) {
    if (isNew) return say(sayNothingKept());
    const id = now.round({ smallestUnit: "minute", roundingMode: "floor" }).toString();
    return {
      reply: { blocks: [sayExporting()] },
      changes: [{ kind: "delivery-queued", delivery: createNotice("export", user, { id, now }) }],
    };
  },
});
