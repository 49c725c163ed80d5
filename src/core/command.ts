/** Command declarations: the source for help, usage errors and what the platforms register. */

import { type Args, readArgs, type Values } from "./args.ts";
import { isRefusal, type Refusal } from "#core/model/refusal.ts";
import type { Step, RequestContext, QueryName, Needs, Result, NeedsData, Loaded } from "#core/model/context.ts";

/** A command's name and summary on platforms, for one locale. */
export type Localized = { readonly name: string; readonly summary: string };

/** A command as its author declares it. */
export type CommandDeclaration<A extends Args> = {
  /** Lower case, one word. */
  readonly name: string;
  /** One line on what it does. */
  readonly summary: string;
  readonly args: A;
  /** Whole commands that can be sent as they are. Usage errors show the first one. */
  readonly examples: readonly [string, ...string[]];
  /** False for a command that only buttons use. */
  readonly isListed: boolean;
  /** Names and summaries by locale, such as "de". The typed command always has the English name. */
  readonly localized?: Readonly<Record<string, Localized>>;
  prepare(values: Values<A>, context: RequestContext): Step;
};

/** A command with any arguments. */
export type Command = {
  readonly name: string;
  readonly summary: string;
  readonly args: Args;
  readonly examples: readonly [string, ...string[]];
  readonly isListed: boolean;
  /** Names and summaries by locale, such as "de". The typed command always has the English name. */
  readonly localized?: Readonly<Record<string, Localized>>;
  /** Parses the words after the command's name. */
  prepare(words: string, context: RequestContext): Step;
};

/** Builds the command of a declaration. */
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

/** Loads `needs`, then decides with the data. `decide` sees what was asked for, and nothing else. */
export function withData<Name extends QueryName, Outcome>(needs: Needs<Name>, decide: (data: Loaded<Name>) => Outcome): NeedsData<Outcome> {
  return { run: (runner) => runner(needs, decide) };
}

/** `step` with `change` made to how it ends, after all its data is loaded. */
export function mapResult(step: Step, change: (end: Result | Refusal) => Result | Refusal): Step {
  if (!("run" in step)) return change(step);
  return step.run((needs, decide) => withData(needs, (data) => mapResult(decide(data), change)));
}

/** The arguments that help mentions, by name. */
export function visibleArgs(args: Args): readonly (readonly [string, Args[string]])[] {
  return Object.entries(args).filter(([, { about }]) => about !== "");
}

/** How to type a command: its name and arguments, optional ones in brackets. */
export function usageOf({ name, args }: Command): string {
  const spelled = visibleArgs(args).map(([arg, { isOptional }]) => (isOptional ? `[${arg}]` : arg.toUpperCase()));
  return [`/${name}`, ...spelled].join(" ");
}
