/** The command behind a *Log* button: asks for a session and records what is typed. */

import { freeText } from "#core/args.ts";
import { command } from "#core/command.ts";
import { say } from "#core/model/context.ts";
import { sayEntryAsked } from "#core/voice/question.ts";
import { log } from "./log.ts";

/** Logs the words after it. Without words it asks for a session. */
export const logForm = command({
  name: "entry",
  summary: "asks for a session and records it",
  args: { session: freeText("minutes and activity", "optional") },
  examples: ["/log 20 strength"],
  isListed: false,
  prepare: ({ session }, context) => (session.trim() === "" ? say(...sayEntryAsked()) : log.prepare(session, context)),
});
