/** Whether the bot may post in an interaction's channel: read from the interaction, or tried harmlessly. */

import { type APIInteraction, ChannelType, type REST, Routes } from "discord.js";
import type { PostPermission } from "#core/model/group.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { classify, isChannelClosed } from "./errors.ts";
import { channelIn } from "./inbound.ts";

/** Permission bits: View Channel, Send Messages, Send Messages in Threads, Administrator. */
const rights = { see: 1n << 10n, send: 1n << 11n, inThreads: 1n << 38n, all: 1n << 3n } as const;
const threads: readonly (ChannelType | undefined)[] = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread];

/** Checks the current permission. Never rejects. */
export async function checkMayPost(
  payload: APIInteraction,
  { surface }: Pick<Inbound, "surface">,
  { rest, log }: { readonly rest: REST; readonly log: Log },
): Promise<PostPermission> {
  const told = readMayPost(payload);
  const channel = surface?.reach === "shared" ? channelIn(surface.address) : undefined;
  if (told !== "unknown" || channel === undefined) return told;
  try {
    // The typing indicator notifies nobody and needs the same permissions as a message.
    await rest.post(Routes.channelTyping(channel));
    return "allowed";
  } catch (error) {
    log.warn("discord-may-post-unknown", describeError(error));
    return isChannelClosed(classify(error)) ? "no-rights" : "unknown";
  }
}

/** Reads the permission from an interaction. A bot installed for one user answers everywhere, but cannot post in servers without it. */
export function readMayPost({
  app_permissions: said,
  authorizing_integration_owners: owners,
  channel,
}: Pick<APIInteraction, "app_permissions" | "authorizing_integration_owners" | "channel">): PostPermission {
  const owned: unknown = owners;
  if (typeof owned === "object" && owned !== null && !("0" in owned)) return "not-invited";
  if (typeof said !== "string" || !/^\d+$/.test(said)) return "unknown";
  const permissions = BigInt(said);
  if ((permissions & rights.all) !== 0n) return "allowed";
  const wanted = rights.see | (threads.includes(channel?.type) ? rights.inThreads : rights.send);
  return (permissions & wanted) === wanted ? "allowed" : "no-rights";
}
