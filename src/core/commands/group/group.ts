/** `/group`: groups of users who share their weeks in a channel. Each subcommand is implemented in a file of this folder. */

import { freeText, oneOf } from "#core/args.ts";
import { command } from "#core/command.ts";
import type { Step, RequestContext } from "#core/model/context.ts";
import { code, remove, settings } from "./admin.ts";
import { channel, create, join, leave } from "./begin.ts";
import { board, cheer, overview, rest, share } from "./show.ts";

type Do = (words: string, context: RequestContext) => Step;

const doing: ReadonlyMap<string, Do> = new Map<string, Do>([
  ["board", board],
  ["join", join],
  ["leave", leave],
  ["share", share],
  ["rest", rest],
  ["cheer", cheer],
  ["create", create],
  ["settings", settings],
  ["code", code],
  ["channel", channel],
  ["remove", remove],
  ["help", overview],
  ["show", board],
  ["new", create],
]);

/** Creates, joins, shows, changes and deletes groups. */
export const group = command({
  name: "group",
  summary: "keeps a group honest in a channel: board, join, leave, share, create, settings, code and more",
  args: {
    what: oneOf("board, join, leave, share, rest, cheer; to manage: create, settings, code, channel, remove", doing),
    words: freeText("a name, a code, or what is to be shared: membership, status or minutes", "optional"),
  },
  examples: ["/group", "/group board", "/group join", "/group create Morning crew", "/group share minutes"],
  isListed: true,
  prepare: ({ what, words }, context) => (what ? what(words.trim(), context) : overview()),
});
