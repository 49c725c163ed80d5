/** The texts of help, and the welcome for a new user. */

import { visibleArgs, type Command, usageOf } from "#core/command.ts";
import { type Block, bold, buttons, inlineCode, text } from "#core/model/reply.ts";
import type { User } from "#core/model/user.ts";
import { momentName, timeName, weekdayName } from "#core/phrases.ts";

/** One line and an example for every command. */
export function sayHelp(commands: readonly Command[]): readonly Block[] {
  const rows = commands.map(({ summary, examples }) => ({ label: examples[0], value: summary }));
  return [
    text(bold("You log, I tell you what the week means."), " These work as they stand; ", inlineCode("/help log"), " shows more of one."),
    { kind: "facts", facts: rows },
  ];
}

/** One command: usage, summary and working examples. */
export function sayCommandHelp(command: Command): readonly Block[] {
  const args = visibleArgs(command.args).map(([name, { about }]) => ({ label: name, value: about }));
  const examples = command.examples.flatMap((example, index) => (index === 0 ? [inlineCode(example)] : [" · ", inlineCode(example)]));
  return [
    text(bold(usageOf(command)), ` ${command.summary}.`),
    ...(args.length > 0 ? [{ kind: "facts" as const, facts: args }] : []),
    text("Examples: ", ...examples),
  ];
}

/** Below the first answer that a user gets. */
export function sayWelcome({ timeZone }: User): Block {
  return text(
    `I count your days in ${timeZone}; `,
    inlineCode("/settings time zone Auckland"),
    " would change it. ",
    inlineCode("/undo"),
    " takes the last thing back, and ",
    inlineCode("/help"),
    " shows the rest.",
  );
}

/** When the first message comes, with a button to turn messages off. For a first log, or the first after a long break. */
export function sayFirstPrompt(user: User, first: Temporal.Instant, today: Temporal.PlainDate): readonly Block[] {
  if (!user.feedback) return [];
  const { weekday, time } = user.feedback;
  return [
    text(`I write on ${weekdayName(weekday)}s at ${timeName(time)} about the week that ended, first on ${momentName(first, user, today)}.`),
    buttons(
      {
        label: "Another time",
        says: "/settings feedback",
        field: { label: "Feedback", value: `${weekdayName(weekday)} ${timeName(time)}` },
      },
      { label: "No messages", says: "/stop" },
    ),
  ];
}

/** A direct message could not be delivered. Shown once. */
export function sayClosed(): Block {
  return text(
    bold("My last message did not reach you."),
    " Your direct messages are closed to me; where they are open, what I write comes again. ",
    inlineCode("/schedule"),
    " shows what did not come.",
  );
}

/** In a channel, to a user who could not be sent the answer. The command was carried out, so it must not ask for a repeat. */
export function sayInPrivate(): Block {
  return text(
    "My answer is for you alone, and I could not write to you directly. Type ",
    inlineCode("/week"),
    ": only you will see what comes.",
  );
}
