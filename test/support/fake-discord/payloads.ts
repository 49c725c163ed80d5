/** Payloads of people, servers and channels in the form of Discord's API. */

import { type APIUser, ChannelType, Locale } from "discord.js";
import type { Channel, Guild, Member, WorkspaceState } from "./workspace-state.ts";

/** An untyped payload. */
export type Payload = Readonly<Record<string, unknown>>;

/** Permissions of an ordinary member in an ordinary channel. */
export const permissions = "1071698660929";

const readOnly = "1024";
const start = "2026-01-05T09:00:00.000000+00:00";

/** The user object of the bot. */
export function botUser({ bot }: WorkspaceState): APIUser {
  return { ...user(bot.id, bot.name), bot: true };
}

/** The user object of a person. */
export function personUser({ id, name }: Member): APIUser {
  return user(id, name);
}

function user(id: string, name: string): APIUser {
  const username = name.toLowerCase().replaceAll(/[^a-z0-9._]/gu, "_");
  return { id, username, global_name: name, discriminator: "0", avatar: null };
}

/** The member object of a person. */
export function membership(): Payload {
  const none = { roles: [], nick: null, avatar: null, banner: null, premium_since: null, communication_disabled_until: null };
  return { ...none, joined_at: start, deaf: false, mute: false, flags: 0, pending: false };
}

/** The channel object in interactions and answers. */
export function channelPayload({ place, guild, member }: Channel): Payload {
  if (guild) return textChannel(guild);
  const recipient = place.kind === "dm" && member ? personUser(member) : user(String(BigInt(place.channelId) + 1n), "Friend");
  return { id: place.channelId, type: ChannelType.DM, last_message_id: null, flags: 0, recipients: [recipient] };
}

function textChannel({ id, channel }: Guild): Payload {
  const none = { parent_id: null, topic: null, last_message_id: null, last_pin_timestamp: null, permission_overwrites: [] };
  const common = { id: channel.channelId, type: ChannelType.GuildText, name: "general", position: 0, nsfw: false, flags: 0 };
  return { ...common, ...none, guild_id: id, rate_limit_per_user: 0 };
}

/** The server object with its channel, as announced to the bot. */
export function guildPayload(guild: Guild, workspace: WorkspaceState): Payload {
  const empty = { emojis: [], stickers: [], features: [], threads: [], presences: [], voice_states: [], soundboard_sounds: [] };
  const events = { stage_instances: [], guild_scheduled_events: [] };
  const none = { icon: null, splash: null, discovery_splash: null, banner: null, description: null, vanity_url_code: null };
  const channels = { afk_channel_id: null, system_channel_id: null, rules_channel_id: null, public_updates_channel_id: null };
  const levels = { verification_level: 1, default_message_notifications: 1, explicit_content_filter: 2, mfa_level: 0, nsfw_level: 0 };
  const limits = { premium_tier: 0, afk_timeout: 300, system_channel_flags: 0, max_members: 25_000_000, max_presences: null };
  const unset = { safety_alerts_channel_id: null, application_id: null, incidents_data: null, premium_progress_bar_enabled: false };
  const state = { joined_at: start, large: false, unavailable: false, member_count: 2 };
  const name = { id: guild.id, name: guild.name, owner_id: workspace.bot.id, preferred_locale: Locale.EnglishGB };
  const inside = {
    roles: [everyone(guild)],
    channels: [textChannel(guild)],
    members: [{ ...membership(), user: botUser(workspace) }],
  };
  return { ...empty, ...events, ...none, ...channels, ...levels, ...limits, ...unset, ...state, ...name, ...inside };
}

function everyone({ id, isReadOnly }: Guild): Payload {
  const off = { hoist: false, managed: false, mentionable: false };
  return { id, name: "@everyone", color: 0, position: 0, permissions: isReadOnly ? readOnly : permissions, flags: 0, ...off };
}
