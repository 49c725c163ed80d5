/** Commands as they are typed on Slack: behind a slash, in a message, and in what the coach says. */

import { expect, test } from "vitest";
import { inlineCode, text, textOf } from "#core/model/reply.ts";
import { createCommandRewriter, saidOf } from "../../../adapters/slack/command-names.ts";

test.each<[said: string, prefix: string, meant: string]>([
  ["/coach undo", "", "undo"],
  ["coach undo", "", "undo"],
  ["Coach undo", "", "undo"],
  ["coach", "", "/help"],
  ["/coach", "", "/help"],
  ["/log 20 strength", "", "/log 20 strength"],
  ["20 strength", "", "20 strength"],
  ["coaching 20", "", "coaching 20"],
  ["/fit-log 20 strength", "fit-", "/log 20 strength"],
  ["fit-coach settings", "fit-", "settings"],
  ["/log 20 strength", "fit-", "/log 20 strength"],
  ["/coach undo", "fit-", "/coach undo"],
  ["", "", ""],
])("a message that says %j where names begin with %j means %j", (said, prefix, meant) => {
  expect(saidOf(said, prefix)).toBe(meant);
});

test.each<[said: string, prefix: string, spelled: string]>([
  ["/undo", "", "/coach undo"],
  ["/log 20 strength", "", "/log 20 strength"],
  ["/settings time zone Auckland", "fit-", "/fit-coach settings time zone Auckland"],
  ["/week last", "fit-", "/fit-week last"],
  ["/nothing of ours", "fit-", "/nothing of ours"],
  ["20 strength", "fit-", "20 strength"],
])("%j is said as it is typed where names begin with %j: %j", (said, prefix, spelled) => {
  const [block] = createCommandRewriter(prefix)({ blocks: [text(inlineCode(said))] }).blocks;
  expect(block?.kind === "text" && textOf(block.text)).toBe(spelled);
});
