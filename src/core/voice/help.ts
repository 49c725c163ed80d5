/** What can be said, and what somebody reads who is new. */

import { type Command, usageOf } from "../command.ts";
import { type Block, bold, code, text } from "../reply.ts";
import type { User } from "../user.ts";

/** Every command with an example, a short line each. */
export function sayHelp(commands: readonly Command[]): readonly Block[] {
  const rows = commands.map(({ summary, examples }) => ({ label: examples[0], value: summary }));
  return [
    text(bold("You log, I tell you what the week means."), " These work as they stand; ", code("/help log"), " shows more of one."),
    { kind: "facts", facts: rows },
  ];
}

/** One command: how it is said, what it does, and what works. */
export function sayCommandHelp(command: Command): readonly Block[] {
  const args = Object.entries(command.args).map(([name, { about }]) => ({ label: name, value: about }));
  const examples = command.examples.flatMap((example, index) => (index === 0 ? [code(example)] : [" · ", code(example)]));
  return [
    text(bold(usageOf(command)), ` ${command.summary}.`),
    ...(args.length > 0 ? [{ kind: "facts" as const, facts: args }] : []),
    text("Examples: ", ...examples),
  ];
}

/** Under the first answer that somebody gets. */
export function sayWelcome({ timeZone }: User): Block {
  return text(
    `I count your days in ${timeZone}; `,
    code("/settings time zone Auckland"),
    " would change it. ",
    code("/undo"),
    " takes the last thing back, and ",
    code("/help"),
    " shows the rest.",
  );
}
