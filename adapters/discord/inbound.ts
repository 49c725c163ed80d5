/** What Discord hands over, narrowed to what the coach is asked. */

import {
  type APIApplicationCommandInteractionDataOption,
  type APIInteraction,
  type APIUser,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ComponentType,
  type GatewayMessageCreateDispatchData,
  InteractionContextType,
  InteractionType,
} from "discord.js";
import type { Address, PlatformName, SourceId } from "#core/brand.ts";
import { commands } from "#core/commands/index.ts";
import type { Account } from "#core/user.ts";
import type { Inbound, Surface, Typing } from "#src/ports.ts";
import { download } from "../download.ts";
import { readPress } from "./render.ts";

/** The platform's name. */
export const platform = "discord" as PlatformName;

/** What an interaction asks for. */
export type Asked =
  | { readonly kind: "say"; readonly inbound: Inbound }
  /** The form of the choice that says `inbound.text`. */
  | { readonly kind: "form"; readonly inbound: Inbound }
  | { readonly kind: "typing"; readonly typing: Typing }
  /** Something that the bot never offered. */
  | { readonly kind: "foreign" };

/** Reads an interaction. */
export function readInteraction(payload: APIInteraction): Asked {
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

function said(payload: APIInteraction, text: string): Asked {
  return { kind: "say", inbound: inboundOf(payload, text) };
}

function inboundOf(payload: APIInteraction, text: string): Inbound {
  const account = accountOf(payload);
  return {
    source: `discord ${payload.id}` as SourceId,
    account,
    surface: surfaceOf(payload, account),
    text,
    mayManage: async () => mayManage(payload),
  };
}

/** Alone with the bot, or where others are: only the first is direct. */
function surfaceOf({ context, channel }: APIInteraction, { id }: Account): Surface {
  if (context === InteractionContextType.BotDM) return { platform, address: id as Address, reach: "direct" };
  return { platform, address: addressOf(channel?.id ?? ""), reach: "shared" };
}

const channelWord = "channel ";

function addressOf(channelId: string): Address {
  return `${channelWord}${channelId}` as Address;
}

/** The id of the channel at `address`. */
export function channelIn(address: Address): string {
  return address.slice(channelWord.length);
}

/** To manage the channel, or the server, or all of it. */
const managing = (1n << 4n) | (1n << 5n) | (1n << 3n);

/** What Discord says with each interaction that this person may do in that channel. Outside of servers nobody manages anything. */
function mayManage({ member }: APIInteraction): boolean {
  const permissions = member?.permissions ?? "";
  return /^\d+$/.test(permissions) && (BigInt(permissions) & managing) !== 0n;
}

function accountOf({ user, member, ...interaction }: APIInteraction): Account {
  const person = user ?? member?.user;
  if (!person) throw new Error("Read an interaction: it must say whose it is");
  return { ...accountFrom(person), ...("locale" in interaction ? { locale: interaction.locale } : {}) };
}

function accountFrom({ id, global_name, username }: APIUser): Account {
  return { platform, id, name: global_name ?? username };
}

type Options = readonly APIApplicationCommandInteractionDataOption[];

/** The values in the order in which the command reads them, whatever the order in which they were filled in. */
function inOrder(name: string, options: Options): readonly string[] {
  const args = commands.find((command) => command.name === name)?.args ?? {};
  const given = valuesOf(options);
  return Object.keys(args).flatMap((arg) => given[arg] ?? []);
}

function valuesOf(options: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(
    options.flatMap((option) => (option.type === ApplicationCommandOptionType.String ? [[option.name, option.value] as const] : [])),
  );
}

function typingOf(command: string, options: readonly { readonly name: string }[], account: Account): Typing {
  const typed = options as Options;
  const focused = typed.find((option) => "focused" in option && option.focused);
  const { [focused?.name ?? ""]: words = "", ...others } = valuesOf(typed);
  return { account, command, arg: focused?.name ?? "", words, others };
}

/** What stands in the fields of a form, in their order. */
function fieldsOf(components: readonly object[]): readonly string[] {
  return components.flatMap((component) => {
    if ("value" in component) return [String(component.value)];
    if ("component" in component) return fieldsOf([component.component as object]);
    return "components" in component ? fieldsOf(component.components as readonly object[]) : [];
  });
}

/** Reads a message: undefined for what is not meant for the bot. */
export function readMessage(payload: GatewayMessageCreateDispatchData, botId: string): Inbound | undefined {
  const { author, content, guild_id, mentions, channel_id } = payload;
  const isDirect = guild_id === undefined;
  const isMeant = isDirect || mentions.some(({ id }) => id === botId);
  if (author.bot || author.system || payload.webhook_id || !isMeant) return undefined;
  const words = content.replaceAll(new RegExp(`<@!?${botId}>`, "g"), " ").trim();
  // A picture or a bare mention says nothing that could be logged: what can be said is the answer.
  const text = words === "" ? "/help" : words;
  const surface: Surface = isDirect
    ? { platform, address: author.id as Address, reach: "direct" }
    : { platform, address: addressOf(channel_id), reach: "shared" };
  const [sent] = payload.attachments;
  const file = sent && { name: sent.filename, size: sent.size, read: (most: number) => download(sent.url, most) };
  return { source: `discord ${payload.id}` as SourceId, account: accountFrom(author), surface, text, ...(file ? { file } : {}) };
}
