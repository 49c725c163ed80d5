/** The command input of a Discord client: builds interactions from typed text, and rejects what the client would not send. */

import { ApplicationCommandOptionType } from "discord.js";
import type { Choice, Told } from "./command-rules.ts";
import type { Command } from "./commands.ts";
import type { Payload } from "./payloads.ts";
import type { Place } from "./types.ts";
import type { Member } from "./workspace-state.ts";

/** Text typed after a slash. */
export type Typed = {
  readonly member: Member;
  readonly place: Place;
  /** "log", or "goal set" for a subcommand. */
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  /** The option with the cursor, if any. */
  readonly focus?: string;
};

/** A command that is ready to send. */
export type Sendable = { readonly data: Payload; readonly installs: readonly number[] };

const contexts = { server: 0, dm: 1, private: 2 } as const;

/** Finds the command and fills in its options. Throws if the client would not offer it. */
export function compose(typed: Typed, commands: readonly Command[]): Sendable {
  const words = typed.command.replace(/^\//u, "").split(" ");
  const command = commands.find((one) => (one.type ?? 1) === 1 && isCalled(one, words[0] ?? "", typed.member));
  if (!command) throw new Error(`Type /${typed.command}: no such command is registered`);
  const installs = command.integration_types ?? [0];
  expectOffered(command, installs, typed);
  const options = inside(command, words.slice(1), typed);
  return { data: { id: command.id, name: command.name, type: 1, ...(options.length > 0 ? { options } : {}) }, installs };
}

function expectOffered({ name, contexts: allowed }: Command, installs: readonly number[], { member, place }: Typed): void {
  const isAllowed = !allowed || allowed.includes(contexts[place.kind]);
  const isInstalled = (place.kind !== "private" && installs.includes(0)) || (member.isInstalled && installs.includes(1));
  if (!isAllowed || !isInstalled) throw new Error(`Type /${name}: it is not offered in a place of the kind ${place.kind}`);
}

function isCalled({ name, name_localizations: names }: Told | Choice, word: string, { locale }: Member): boolean {
  return word === name || word === names?.[locale];
}

function inside(told: Told, words: readonly string[], typed: Typed): readonly Payload[] {
  const [word, ...rest] = words;
  if (word === undefined) return filledIn(told.options ?? [], typed);
  const inner = told.options?.find((option) => isHolder(option) && isCalled(option, word, typed.member));
  if (!inner) throw new Error(`Type /${typed.command}: ${told.name} holds no command ${word}`);
  return [{ name: inner.name, type: inner.type, options: inside(inner, rest, typed) }];
}

function isHolder({ type }: Told): boolean {
  const holders: readonly unknown[] = [ApplicationCommandOptionType.Subcommand, ApplicationCommandOptionType.SubcommandGroup];
  return holders.includes(type);
}

function filledIn(options: readonly Told[], typed: Typed): readonly Payload[] {
  if (options.some(isHolder)) throw new Error(`Type /${typed.command}: it wants one of the commands inside`);
  const names = Object.keys(typed.options);
  const stray = names.find((name) => !options.some((option) => isCalled(option, name, typed.member)));
  if (stray !== undefined) throw new Error(`Type /${typed.command}: it has no option ${stray}`);
  const missing = options.find((option) => option.required === true && textFor(option, typed) === undefined);
  // During autocomplete, required options may still be missing.
  if (missing && typed.focus === undefined) throw new Error(`Type /${typed.command}: it wants ${missing.name}`);
  return names.flatMap((name) => {
    const option = options.find((one) => isCalled(one, name, typed.member));
    return option ? [valueOf(option, typed.options[name] ?? "", typed)] : [];
  });
}

function textFor(option: Told, { options, member }: Typed): string | undefined {
  const name = Object.keys(options).find((one) => isCalled(option, one, member));
  return name === undefined ? undefined : options[name];
}

function valueOf(option: Told, text: string, typed: Typed): Payload {
  const { name, type, choices, autocomplete } = option;
  if (typed.focus !== undefined && isCalled(option, typed.focus, typed.member)) {
    if (autocomplete !== true) throw new Error(`Type /${typed.command}: nothing is offered for ${name}`);
    return { name, type, value: text, focused: true };
  }
  if (!choices?.length) return { name, type, value: converted(option, text) };
  const choice = choices.find((one) => isCalled(one, text, typed.member) || String(one.value) === text);
  if (!choice) throw new Error(`Type /${typed.command}: ${name} offers no choice ${text}`);
  return { name, type, value: choice.value };
}

function converted({ name, type, min_length: least, max_length: most, min_value: low, max_value: high }: Told, text: string): unknown {
  if (type === ApplicationCommandOptionType.String) {
    if (text.length < (least ?? 1) || text.length > (most ?? 6000)) throw new Error(`Type ${name}: "${text}" is too short or too long`);
    return text;
  }
  if (type === ApplicationCommandOptionType.Boolean) return text === "true";
  const number = Number(text);
  const isWhole = type !== ApplicationCommandOptionType.Integer || Number.isInteger(number);
  const isNumber = type === ApplicationCommandOptionType.Integer || type === ApplicationCommandOptionType.Number;
  if (!isNumber) throw new Error(`Type ${name}: options of the type ${type} are not modelled`);
  const fits = isWhole && text.trim() !== "" && number >= (low ?? -Infinity) && number <= (high ?? Infinity);
  if (!fits) throw new Error(`Type ${name}: ${text} is no number that fits`);
  return number;
}
