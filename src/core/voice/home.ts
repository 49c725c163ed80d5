/** The text of the home page. */

import { type Block, buttons, inlineCode, text } from "#core/model/reply.ts";

/** The week in `blocks`, with the available actions below. */
export function sayHome(blocks: readonly Block[]): readonly Block[] {
  return [
    ...blocks.filter(({ kind }) => kind !== "choices"),
    buttons({ label: "Undo", says: "/undo" }, { label: "History", says: "/history" }, { label: "Plan", says: "/plan" }),
    buttons(
      { label: "Settings", says: "/settings" },
      { label: "What comes next", says: "/schedule" },
      { label: "Help", says: "/help" },
      { label: "No messages", says: "/stop" },
    ),
    text(
      "Only you see this page. ",
      inlineCode("/history"),
      " lists all that you logged; ",
      inlineCode("/privacy"),
      " says what else is kept about you.",
    ),
    buttons(
      { label: "What is kept", says: "/privacy" },
      { label: "Export all of it", says: "/export" },
      { label: "Delete all of it", says: "/forget" },
    ),
  ];
}
