/** Parses Discord's payloads into requests to the coach. */

import {
  type APIApplicationCommandInteractionDataOption,
  type APIApplicationCommandInteractionDataStringOption,
  type APIInteraction,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionContextType,
  InteractionType,
} from "discord.js";
import { commands } from "#core/commands/index.ts";
import { type Address, addressOf, platformNameOf, messageIdOf } from "#core/lib/ids.ts";
import type { Account } from "#core/model/user.ts";
import type { Inbound, Surface, AutocompleteRequest } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import type { Download } from "../shared/download.ts";
import { messageToken, serializeToken } from "./interaction-token.ts";
import { readPress } from "../shared/render.ts";

/** The platform's name. */
export const platform = platformNameOf("discord");

/** What an interaction asks for. */
export type Asked =
  | { readonly kind: "say"; readonly inbound: Inbound }
  /** The form of the choice that says `inbound.text`. */
  | { readonly kind: "form"; readonly inbound: Inbound }
  | { readonly kind: "typing"; readonly typing: AutocompleteRequest }
  /** An interaction that the bot does not offer. */
  | { readonly kind: "foreign" };

/** The result of `read`; undefined if it throws, which is logged. */
export function readOrDrop<Read>(read: () => Read, packet: string, log: Log): Read | undefined {
  try {
    return read();
  } catch (error) {
    log.error("discord-packet-dropped", { packet, ...describeError(error) });
    return undefined;
  }
}

/** Parses an interaction. Throws for a payload that does not match Discord's documentation. */
export function readInteraction(payload: APIInteraction): Asked {
  expectAnswerable(payload);
  switch (payload.type) {
    case InteractionType.ApplicationCommand: {
      if (payload.data.type !== ApplicationCommandType.ChatInput) return { kind: "foreign" };
      const { name, options = [] } = payload.data;
      return said(payload, ["/".concat(name), ...inOrder(name, options)].join(" "));
    }
    case InteractionType.ApplicationCommandAutocomplete:
      return { kind: "typing", typing: typingOf(payload.data.name, payload.data.options, accountOf(payload)) };
    case InteractionType.MessageComponent: {
      const { data } = payload;
      const picked = data.component_type === ComponentType.StringSelect ? data.values[0] : data.custom_id;
      const press = readPress(picked ?? "");
      return press.kind === "say" ? said(payload, press.says) : { kind: "form", inbound: inboundOf(payload, press.says) };
    }
    case InteractionType.ModalSubmit:
      return said(payload, `${payload.data.custom_id} ${fieldsOf(payload.data.components).join(" ")}`);
    case InteractionType.Ping:
      return { kind: "foreign" };
  }
}

/** Throws for an interaction that could not be answered. */
function expectAnswerable({ id, application_id: application, token }: APIInteraction): void {
  const isAnswerable = [id, application].every(isSnowflake) && typeof token === "string" && /^[\w.-]+$/.test(token);
  if (!isAnswerable) throw new TypeError("Read an interaction: it must say how it is answered");
}

function said(payload: APIInteraction, text: string): Asked {
  return { kind: "say", inbound: inboundOf(payload, text) };
}

function inboundOf(payload: APIInteraction, text: string): Inbound {
  const account = accountOf(payload);
  const surface = surfaceOf(payload, account);
  return {
    source: messageIdOf(platform, snowflake(payload.id)),
    account,
    surface,
    answerTo: serializeToken(payload, surface?.reach),
    text,
    mayManage: async () => mayManage(payload),
  };
}

/**
 * The surface of an interaction: direct if the user is alone with the bot, else shared. The channel's id comes from `channel_id`, or else
 * from `channel`; undefined if both are missing.
 */
function surfaceOf({ channel, channel_id, ...where }: Placed, { id }: Account): Surface | undefined {
  const isAlone = where.context === InteractionContextType.BotDM && isMissing(where.guild_id) && isMissing(where.member);
  if (isAlone) return { platform, address: addressOf(id), reach: "direct" };
  const named = [channel_id, channel?.id].find(isSnowflake);
  return named === undefined ? undefined : { platform, address: channelAddress(named), reach: "shared" };
}

/** The fields of an interaction that tell where it happened. */
type Placed = {
  readonly context?: InteractionContextType;
  readonly channel?: { readonly id?: unknown } | null;
  readonly channel_id?: unknown;
  readonly guild_id?: unknown;
  readonly member?: unknown;
};

function isMissing(value: unknown): boolean {
  return value === undefined || value === null;
}

function isSnowflake(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,20}$/.test(value);
}

/** A Discord id. Throws for anything but 1 to 20 digits. */
function snowflake(value: unknown): string {
  if (isSnowflake(value)) return value;
  throw new TypeError("Read an id of Discord's: it must be digits");
}

const channelWord = "channel";

function channelAddress(channelId: string): Address {
  return addressOf(channelWord, channelId);
}

/** The id of the channel at `address`. */
export function channelIn(address: Address): string {
  return address.slice(channelWord.length + 1);
}

/** Permission bits: Manage Channels, Manage Server, Administrator. */
const managing = (1n << 4n) | (1n << 5n) | (1n << 3n);

/** Whether the user's permissions in the channel include managing. They are missing outside of servers, which means no. */
function mayManage({ member }: APIInteraction): boolean {
  const permissions = member?.permissions ?? "";
  return /^\d+$/.test(permissions) && (BigInt(permissions) & managing) !== 0n;
}

function accountOf({ user, member, ...interaction }: APIInteraction): Account {
  const person = user ?? member?.user;
  if (!person) throw new Error("Read an interaction: it must say whose it is");
  const locale: unknown = "locale" in interaction ? interaction.locale : undefined;
  return { ...accountFrom(person), ...(typeof locale === "string" ? { locale } : {}) };
}

/** An account without a name uses its id. */
function accountFrom({ id, global_name, username }: APIUser): Account {
  const name = [global_name, username].find((given: unknown) => typeof given === "string" && given !== "");
  return { platform, id: snowflake(id), name: name ?? id };
}

type Options = readonly APIApplicationCommandInteractionDataOption[];

/** The values in the command's order of arguments, whatever the order in which they were filled in. */
function inOrder(name: string, options: Options): readonly string[] {
  const args = commands.find((command) => command.name === name)?.args ?? {};
  const given = valuesOf(options);
  return Object.keys(args).flatMap((arg) => given[arg] ?? []);
}

function valuesOf(options: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(options.flatMap((option) => (isWords(option) ? [[option.name, option.value] as const] : [])));
}

function isWords(option: Options[number]): option is APIApplicationCommandInteractionDataStringOption {
  return option.type === ApplicationCommandOptionType.String && typeof option.value === "string";
}

function typingOf(command: string, options: readonly { readonly name: string }[], account: Account): AutocompleteRequest {
  const typed = options as Options;
  const focused = typed.find((option) => "focused" in option && option.focused);
  const { [focused?.name ?? ""]: words = "", ...others } = valuesOf(typed);
  return { account, command, arg: focused?.name ?? "", words, others };
}

/** The values of a form's fields, in order. */
function fieldsOf(components: readonly object[]): readonly string[] {
  return components.flatMap((component) => {
    if ("value" in component) return typeof component.value === "string" ? [component.value] : [];
    if ("component" in component) return fieldsOf([component.component as object]);
    return "components" in component ? fieldsOf(component.components as readonly object[]) : [];
  });
}

/** Hosts of attachments: Discord's originals and its resized images. */
export const fileHosts: readonly string[] = ["cdn.discordapp.com", "media.discordapp.net"];

/**
 * Parses a message; undefined if it is not meant for the bot. `download` fetches the attachment when it is read. Throws for a payload that
 * does not match Discord's documentation.
 */
export function readMessage(payload: GatewayMessageCreateDispatchData, botId: string, download: Download): Inbound | undefined {
  const { author, content, mentions, channel_id } = payload;
  const isDirect = isAlone(payload);
  const isMeant = isDirect || mentions.some(({ id }) => id === botId);
  if (author.bot || author.system || payload.webhook_id || !isMeant) return undefined;
  const words = content.replaceAll(new RegExp(`<@!?${botId}>`, "g"), " ").trim();
  // A message without words, such as a picture or a bare mention, is answered with the help.
  const text = words === "" ? "/help" : words;
  const account = accountFrom(author);
  const channel = channelAddress(snowflake(channel_id));
  const surface: Surface = isDirect
    ? { platform, address: addressOf(account.id), reach: "direct" }
    : { platform, address: channel, reach: "shared" };
  return {
    source: messageIdOf(platform, snowflake(payload.id)),
    account,
    surface,
    text,
    answerTo: messageToken,
    ...fileIn(payload, download),
  };
}

/** Whether the channel is private. The answer goes to that channel, so any sign of a shared place counts. */
function isAlone(payload: GatewayMessageCreateDispatchData): boolean {
  const type: unknown = "channel_type" in payload ? payload.channel_type : undefined;
  return isMissing(payload.guild_id) && isMissing(payload.member) && (isMissing(type) || type === ChannelType.DM);
}

function fileIn({ attachments }: GatewayMessageCreateDispatchData, download: Download): Pick<Inbound, "file"> {
  const [sent] = attachments;
  return sent ? { file: { name: sent.filename, size: sent.size, read: (most: number) => download({ url: sent.url, most }) } } : {};
}
