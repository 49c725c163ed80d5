/** `/help`: generated from the command declarations. */

import { oneOf } from "#core/args.ts";
import { type Command, command } from "#core/command.ts";
import { say } from "#core/model/context.ts";
import { sayCommandHelp, sayHelp } from "#core/voice/help.ts";

/** Creates the command that gives help on `listed` and on itself. */
export function createHelp(listed: readonly Command[]): Command {
  const help: Command = command({
    name: "help",
    summary: "shows what can be said, or how one command is said",
    args: { command: oneOf("which one", new Map(listed.map((one) => [one.name, one] as const))) },
    examples: ["/help", "/help log"],
    isListed: true,
    prepare: ({ command: one }) => say(...(one ? sayCommandHelp(one) : sayHelp([...listed, help]))),
  });
  return help;
}
