/** Typed command arguments: how each is parsed, and how help and platforms describe it. */

import { type Refusal, refuse } from "#core/model/refusal.ts";
import type { Suggester } from "./autocomplete.ts";
import { foldWord, quotable } from "#core/lib/text.ts";

/** One argument. */
export type Arg<Value> = {
  /** A short description for help; empty if help does not mention the argument. */
  readonly about: string;
  readonly isOptional: boolean;
  /** Whether it accepts any text. */
  readonly isFree?: true;
  /** The accepted values, by their first names, if there are only a few. */
  readonly values?: readonly string[];
  /** Suggests values while the user types. */
  readonly suggest?: Suggester;
  /** Parses the argument from the start of `words` and returns the rest. `example` is a working command for the refusal. */
  read(words: string, example: string): { readonly value: Value; readonly rest: string } | Refusal;
};

/** Arguments by name, in the order in which they are typed. */
export type Args = Readonly<Record<string, Arg<unknown>>>;

/** The parsed values of `A`. */
export type Values<A extends Args> = { readonly [Name in keyof A]: A[Name] extends Arg<infer Value> ? Value : never };

/** All remaining text, unchanged; empty if it is optional and absent. */
export function freeText(about: string, presence: "required" | "optional", suggest?: Suggester): Arg<string> {
  const isOptional = presence === "optional";
  return {
    about,
    isOptional,
    isFree: true,
    ...(suggest ? { suggest } : {}),
    read: (words, example) => (words === "" && !isOptional ? refuse("empty", "", example) : { value: words, rest: "" }),
  };
}

/** Accepts and ignores any text. Help does not mention it. */
export function ignored(): Arg<string> {
  return { about: "", isOptional: true, isFree: true, read: (words) => ({ value: words, rest: "" }) };
}

/** One word. */
export function oneWord(about: string): Arg<string> {
  return {
    about,
    isOptional: false,
    read(words, example) {
      const [word = "", ...rest] = words.split(/\s+/);
      return word === "" ? refuse("empty", "", example) : { value: word, rest: rest.join(" ") };
    },
  };
}

/** One of `values`, by any of its names; undefined if there is no text. The longest name wins. */
export function oneOf<Value>(about: string, values: ReadonlyMap<string, Value>): Arg<Value | undefined> {
  return {
    about,
    isOptional: true,
    values: firstNames(values),
    read(words, example) {
      const parts = words.split(/\s+/).filter((word) => word !== "");
      if (parts.length === 0) return { value: undefined, rest: "" };
      const names = new Map([...values].map(([name, value]) => [foldWord(name), value]));
      for (let count = parts.length; count > 0; count -= 1) {
        const found = names.get(foldWord(parts.slice(0, count).join(" ")));
        if (found !== undefined) return { value: found, rest: parts.slice(count).join(" ") };
      }
      return refuse("bad-value", quotable(words), example);
    },
  };
}

/** The first name of each value, without aliases. */
function firstNames(values: ReadonlyMap<string, unknown>): readonly string[] {
  const seen = new Set();
  return [...values].flatMap(([name, value]) => {
    if (seen.has(value)) return [];
    seen.add(value);
    return [name];
  });
}

/** Parses `args` in order from `words`. Refuses if text is left over. */
export function readArgs<A extends Args>(args: A, words: string, example: string): Values<A> | Refusal {
  const values: Record<string, unknown> = {};
  let rest = words.trim();
  for (const [name, arg] of Object.entries(args)) {
    const read = arg.read(rest, example);
    if ("kind" in read) return read;
    values[name] = read.value;
    rest = read.rest.trim();
  }
  return rest === "" ? (values as Values<A>) : refuse("extra-words", quotable(rest), example);
}
