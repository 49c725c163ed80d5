/** Registers the command table with Discord if it differs from what is registered. */

import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from "discord.js";
import { type Command, visibleArgs } from "#core/command.ts";

/** Commands work in servers, direct messages and private channels, also for users who installed the bot for themselves. */
const everywhere = {
  integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [InteractionContextType.Guild, InteractionContextType.BotDM, InteractionContextType.PrivateChannel],
};

/** Discord's limit on choices of an option. */
const maxChoices = 25;

/** The listed commands of `table` in Discord's registration format. */
export function registrationOf(table: readonly Command[]): readonly RESTPostAPIChatInputApplicationCommandsJSONBody[] {
  return table
    .filter(({ isListed }) => isListed)
    .map((command) => ({
      type: ApplicationCommandType.ChatInput,
      name: command.name,
      name_localizations: localized(command, ({ name }) => name),
      description: command.summary,
      description_localizations: localized(command, ({ summary }) => summary),
      options: visibleArgs(command.args).map(([name, arg]) => optionOf(name, arg)),
      ...everywhere,
    }));
}

function localized(
  { localized }: Command,
  pick: (words: { readonly name: string; readonly summary: string }) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(localized ?? {}).map(([locale, words]) => [locale, pick(words)]));
}

function optionOf(name: string, { about, isOptional, values, suggest }: Command["args"][string]): APIApplicationCommandBasicOption {
  const option = { type: ApplicationCommandOptionType.String as const, name, description: about, required: !isOptional };
  if (values && values.length <= maxChoices) return { ...option, choices: values.map((value) => ({ name: value, value })) };
  return suggest ? { ...option, autocomplete: true } : option;
}

/** Registers the commands of `table` if they differ from Discord's. Returns whether it did. */
export async function register(rest: REST, applicationId: string, table: readonly Command[]): Promise<boolean> {
  const wanted = registrationOf(table);
  const known = await rest.get(Routes.applicationCommands(applicationId), { query: new URLSearchParams({ with_localizations: "true" }) });
  if (Array.isArray(known) && spelled(known) === spelled(wanted)) return false;
  await rest.put(Routes.applicationCommands(applicationId), { body: wanted });
  return true;
}

/** A canonical text of commands for comparison. Fields that Discord adds and empty values are left out. */
function spelled(list: readonly unknown[]): string {
  return JSON.stringify(list.map((one) => normal(one, commandFields)).toSorted((a, b) => (String(a["name"]) < String(b["name"]) ? -1 : 1)));
}

const commandFields = [
  "type",
  "name",
  "name_localizations",
  "description",
  "description_localizations",
  "options",
  "integration_types",
  "contexts",
];
const optionFields = ["type", "name", "description", "required", "choices", "autocomplete"];
const choiceFields = ["name", "value"];

function normal(value: unknown, fields: readonly string[]): Readonly<Record<string, unknown>> {
  const given = Object.entries(typeof value === "object" && value !== null ? value : {});
  const kept = fields.map((field) => [field, part(field, given.find(([name]) => name === field)?.[1])] as const);
  return Object.fromEntries(kept.filter(([, each]) => !isNothing(each)));
}

function part(field: string, value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (field === "options") return value.map((each) => normal(each, optionFields));
  return field === "choices" ? value.map((each) => normal(each, choiceFields)) : value.toSorted((a, b) => Number(a) - Number(b));
}

function isNothing(value: unknown): boolean {
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return value === undefined || value === null || value === false || isEmpty;
}
