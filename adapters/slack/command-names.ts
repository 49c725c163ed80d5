/** Commands as they are typed on Slack, where a workspace has one name for each of all of its apps. */

import { commands } from "#core/commands/index.ts";
import type { Block, Inline, Reply } from "#core/model/reply.ts";

/** Says the commands in a reply as they are typed on Slack. */
export type CommandRewriter = (reply: Reply) => Reply;

/** What has a slash command of its own; all others are words behind the last one. */
export const named = ["log", "week"] as const;
/** The command that reaches every other. */
export const umbrella = "coach";

/** The name of a slash command, as it is registered. */
export function slashOf(name: string, prefix: string): string {
  return `/${prefix}${name}`;
}

/** What the slash command `slash` with `words` behind it says to the coach. Nothing behind the umbrella asks for help. */
export function wordsOf(slash: string, words: string, prefix: string): string {
  const name = slash.slice(1 + prefix.length);
  const said = words.trim();
  if (name !== umbrella) return said === "" ? `/${name}` : `/${name} ${said}`;
  return said === "" ? "/help" : said;
}

/** What a message says to the coach: commands may be typed there as on Slack, with their slash or without. */
export function saidOf(words: string, prefix: string): string {
  const [, first = "", rest = ""] = /^\/?(\S+)([^]*)$/.exec(words) ?? [];
  const slash = `/${first.toLowerCase()}`;
  return [...named, umbrella].some((name) => slashOf(name, prefix) === slash) ? wordsOf(slash, rest, prefix) : words;
}

/** How commands are written where ours are registered under `prefix`. */
export function createCommandRewriter(prefix: string): CommandRewriter {
  const rewritten = (words: string): string => {
    const [, name = "", rest = ""] = /^\/([a-z]+)([^]*)$/.exec(words) ?? [];
    if (!known.has(name)) return words;
    return named.some((one) => one === name) ? slashOf(name, prefix) + rest : `${slashOf(umbrella, prefix)} ${name}${rest}`;
  };
  return ({ blocks }) => ({ blocks: blocks.map((block) => rewriteBlock(block, rewritten)) });
}

const known: ReadonlySet<string> = new Set(commands.map(({ name }) => name));

function rewriteBlock(block: Block, rewritten: (words: string) => string): Block {
  if (block.kind === "text") return { ...block, text: block.text.map((part) => rewritePart(part, rewritten)) };
  if (block.kind === "facts") return { ...block, facts: block.facts.map(({ label, value }) => ({ label: rewritten(label), value })) };
  return block;
}

function rewritePart(part: Inline, rewritten: (words: string) => string): Inline {
  if (typeof part === "string" || "link" in part) return part;
  return "code" in part ? { code: rewritten(part.code) } : { bold: rewritten(part.bold) };
}
