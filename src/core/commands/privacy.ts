/** `/privacy`: which data is stored, where, who sees it and for how long. */

import { ignored } from "#core/args.ts";
import { command } from "#core/command.ts";
import { say } from "#core/model/context.ts";
import { sayPrivacy } from "#core/voice/privacy.ts";

/** Lists what is stored about the user. */
export const privacy = command({
  name: "privacy",
  summary: "says what I keep about you, where, who sees it, and for how long",
  args: { words: ignored() },
  examples: ["/privacy"],
  isListed: true,
  prepare: (_, { retentionDays }) => say(...sayPrivacy(retentionDays)),
});
