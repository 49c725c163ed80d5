/** How a command is declared. Help, usage errors and what the platforms register all come from the declaration. */

import { type Args, readArgs, type Values } from "./args.ts";
import { isRefusal, type Refusal } from "#core/model/refusal.ts";
import type { Step, RequestContext, Queries, Result, NeedsData, Loaded } from "#core/model/context.ts";

/** What platforms show of a command to people of one locale. */
export type Localized = { readonly name: string; readonly summary: string };

/** What the author of a command writes down. */
export type CommandDeclaration<A extends Args> = {
  /** Lower case, one word. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  readonly args: A;
  /** Whole commands that work as they stand; the first also stands in usage errors. */
  readonly examples: readonly [string, ...string[]];
  /** False for what only buttons say. */
  readonly isListed: boolean;
  /** What platforms show to people of a locale, such as "de". What is typed as words is the English name. */
  readonly localized?: Readonly<Record<string, Localized>>;
  prepare(values: Values<A>, context: RequestContext): NeedsData | Refusal;
};

/** A command, whatever its arguments are. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  readonly args: Args;
  readonly examples: readonly [string, ...string[]];
  readonly isListed: boolean;
  /** What platforms show to people of a locale, such as "de". What is typed as words is the English name. */
  readonly localized?: Readonly<Record<string, Localized>>;
  /** Reads the words behind the command's name. */
  prepare(words: string, context: RequestContext): NeedsData | Refusal;
};

/** The command of a declaration. */
export function command<A extends Args>(declaration: CommandDeclaration<A>): Command {
  const { name, summary, args, examples, isListed, localized } = declaration;
  return {
    name,
    summary,
    args,
    examples,
    isListed,
    ...(localized ? { localized } : {}),
    prepare(words, context) {
      const values = readArgs(args, words, examples[0]);
      return isRefusal(values) ? values : declaration.prepare(values, context);
    },
  };
}

/** Loads `needs`, then decides with the data. */
export function withData(needs: Queries, decide: (data: Loaded) => Step): NeedsData {
  return { needs, decide };
}

/** A decision that needs no data. */
export function reply(step: Result | Refusal): NeedsData {
  return { needs: {}, decide: () => step };
}

/** The arguments that are asked for, by name. */
export function visibleArgs(args: Args): readonly (readonly [string, Args[string]])[] {
  return Object.entries(args).filter(([, { about }]) => about !== "");
}

/** How a command is said: its name and arguments, those in brackets optional. */
export function usageOf({ name, args }: Command): string {
  const spelled = visibleArgs(args).map(([arg, { isOptional }]) => (isOptional ? `[${arg}]` : arg.toUpperCase()));
  return [`/${name}`, ...spelled].join(" ");
}
