/** Discord's documented rules for commands that its schemas do not check. */

import { Locale } from "discord.js";
import { repeated, when } from "./rule.ts";

type Names = Readonly<Record<string, string>> | null;

/** A command or an option as registered. */
export type Told = {
  readonly type?: number | null;
  readonly name: string;
  readonly name_localizations?: Names;
  readonly description?: string | null;
  readonly description_localizations?: Names;
  readonly options?: readonly Told[] | null;
  readonly required?: boolean | null;
  readonly autocomplete?: boolean | null;
  readonly choices?: readonly Choice[] | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly min_value?: number | null;
  readonly max_value?: number | null;
  readonly contexts?: readonly number[] | null;
  readonly integration_types?: readonly number[] | null;
};

/** A choice of an option. */
export type Choice = { readonly name: string; readonly name_localizations?: Names; readonly value: string | number };

const locales: readonly string[] = Object.values(Locale);
const nameShape = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** Types of options that contain options: subcommands and groups of them. */
const holders: readonly unknown[] = [1, 2];

/** The problems of an application's commands. */
export function commandProblems(commands: readonly Told[]): readonly string[] {
  return [
    ...when(commands.length > 100, "at most 100 commands"),
    ...repeated(commands.map(({ name, type }) => `${name} of type ${type ?? 1}`)).map((name) => `name: ${name} stands twice`),
    ...commands.flatMap((command, index) => oneCommand(command).map((words) => `[${index}].${words}`)),
  ];
}

function oneCommand(command: Told): readonly string[] {
  if ((command.type ?? 1) !== 1) return when(Boolean(command.options?.length), "options: only a slash command has some");
  const length = weight(command);
  return [
    ...namedProblems(command),
    ...optionsProblems(command.options ?? []),
    ...when(length > 8000, `at most 8000 characters over all names, descriptions and values, not ${length}`),
  ];
}

function namedProblems({ name, name_localizations: names, description, description_localizations: words }: Told): readonly string[] {
  return [
    ...[name, ...Object.values(names ?? {})].flatMap(nameProblems),
    ...[description ?? "", ...Object.values(words ?? {})].flatMap((text) =>
      when(text.length === 0 || text.length > 100, "description: 1 to 100 characters"),
    ),
    ...unknownLocales(names),
    ...unknownLocales(words),
  ];
}

function nameProblems(name: string): readonly string[] {
  return [
    ...when(!nameShape.test(name), `name: "${name}" must be 1 to 32 letters, digits, - or _`),
    ...when(name !== name.toLowerCase(), `name: "${name}" must be lower case`),
  ];
}

function unknownLocales(names: Names = null): readonly string[] {
  return Object.keys(names ?? {})
    .filter((locale) => !locales.includes(locale))
    .map((locale) => `no such language is known: ${locale}`);
}

function optionsProblems(options: readonly Told[]): readonly string[] {
  const firstOptional = options.findIndex(({ required }) => required !== true);
  const isLate = firstOptional >= 0 && options.slice(firstOptional).some(({ required }) => required === true);
  const inside = options.filter(({ type }) => holders.includes(type)).length;
  return [
    ...when(options.length > 25, "options: at most 25"),
    ...when(isLate, "options: required ones stand before the others"),
    ...when(inside > 0 && inside < options.length, "options: commands inside and other options do not mix"),
    ...repeated(options.map(({ name }) => name)).map((name) => `options: name ${name} stands twice`),
    ...options.flatMap((option, index) => oneOption(option).map((words) => `options[${index}].${words}`)),
  ];
}

function oneOption(option: Told): readonly string[] {
  const { options = [], choices, autocomplete } = option;
  return [
    ...namedProblems(option),
    ...optionsProblems(options ?? []),
    ...when(autocomplete === true && Boolean(choices?.length), "autocomplete: not with choices"),
    ...when((option.min_length ?? 0) > (option.max_length ?? 6000), "min_length: at most max_length"),
    ...when((option.min_value ?? -Infinity) > (option.max_value ?? Infinity), "min_value: at most max_value"),
    ...repeated((choices ?? []).map(({ name }) => name)).map((name) => `choices: name ${name} stands twice`),
    ...choiceProblems(choices ?? []).map((words) => `choices: ${words}`),
  ];
}

/** The problems of choices, of an option or of an autocomplete answer. */
export function choiceProblems(choices: readonly Choice[]): readonly string[] {
  return [
    ...when(choices.length > 25, "at most 25"),
    ...choices.flatMap(({ name, name_localizations: names, value }) => [
      ...[name, ...Object.values(names ?? {})].flatMap((text) =>
        when(text.length === 0 || text.length > 100, "a name has 1 to 100 characters"),
      ),
      ...when(typeof value === "string" && (value.length === 0 || value.length > 100), "a value has 1 to 100 characters"),
      ...unknownLocales(names),
    ]),
  ];
}

/** The length of a command. Discord counts the longest localization of each text. */
function weight({ name, name_localizations, description, description_localizations, options, choices }: Told): number {
  const own = longest(name, name_localizations) + longest(description ?? "", description_localizations);
  const values = (choices ?? []).map((choice) => longest(choice.name, choice.name_localizations) + String(choice.value).length);
  return [...values, ...(options ?? []).map(weight)].reduce((sum, part) => sum + part, own);
}

function longest(text: string, others: Names = null): number {
  return Math.max(text.length, ...Object.values(others ?? {}).map(({ length }) => length));
}
