/** Gateway events about messages. */

import { type APIMessage, ChannelType, GatewayIntentBits } from "discord.js";
import type { GatewayDoor } from "./gateway.ts";
import type { Message } from "./messages.ts";
import { membership, type Payload } from "./payloads.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** Sends a message event to the bot, if the bot may see the message. */
export function announce(door: GatewayDoor, workspace: WorkspaceState, message: Message, name = "MESSAGE_CREATE"): void {
  const { place, onlyFor, raw, isFromBot } = message;
  if (onlyFor !== undefined || place.kind === "private") return;
  const isServer = place.kind === "server";
  const where = isServer ? { guild_id: place.serverId, channel_type: ChannelType.GuildText } : { channel_type: ChannelType.DM };
  const member = isServer && !isFromBot ? { member: membership() } : {};
  const data: Payload = { ...(mayRead(message, workspace) ? raw : blank(raw)), ...where, ...member };
  const intents = isServer ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages;
  door.dispatch({ name, data, intents, isRepeatable: !isFromBot });
}

/** Without the privileged intent, a bot reads only its own messages, direct messages, and messages that mention it. */
function mayRead({ place, isFromBot, content }: Message, { bot }: WorkspaceState): boolean {
  return isFromBot || place.kind === "dm" || content.content.includes(`<@${bot.id}>`);
}

function blank(raw: APIMessage): APIMessage {
  return { ...raw, content: "", embeds: [], attachments: [], components: [] };
}
