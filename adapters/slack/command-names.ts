/** Slash command names: a workspace has one namespace for the commands of all its apps. */

import { commands } from "#core/commands/index.ts";
import type { Block, Inline, Reply } from "#core/model/reply.ts";

/** Rewrites the commands in a reply to the way they are typed on Slack. */
export type CommandRewriter = (reply: Reply) => Reply;

/** Commands with a slash command of their own. All others are typed after the umbrella command. */
export const named = ["log", "week"] as const;
/** The slash command that reaches every other command. */
export const umbrella = "coach";

/** The registered name of a slash command. */
export function slashOf(name: string, prefix: string): string {
  return `/${prefix}${name}`;
}

/** Converts a slash command and its text to the coach's own words. The umbrella without text asks for help. */
export function wordsOf(slash: string, words: string, prefix: string): string {
  const name = slash.slice(1 + prefix.length);
  const said = words.trim();
  if (name !== umbrella) return said === "" ? `/${name}` : `/${name} ${said}`;
  return said === "" ? "/help" : said;
}

/** Converts a message to the coach's own words. Commands may be typed as on Slack, with or without the slash. */
export function saidOf(words: string, prefix: string): string {
  const [, first = "", rest = ""] = /^\/?(\S+)([^]*)$/.exec(words) ?? [];
  const slash = `/${first.toLowerCase()}`;
  return [...named, umbrella].some((name) => slashOf(name, prefix) === slash) ? wordsOf(slash, rest, prefix) : words;
}

/** Creates the rewriter for commands registered under `prefix`. */
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
