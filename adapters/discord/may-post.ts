/** Whether the bot may post where an interaction was: what Discord says with it, or a harmless try where it says nothing. */

import { type APIInteraction, ChannelType, type REST, Routes } from "discord.js";
import type { PostPermission } from "#core/model/group.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { classify, isChannelClosed } from "./errors.ts";
import { channelIn } from "./inbound.ts";

/** To see a channel, to send messages in it or in threads, and all of it. */
const rights = { see: 1n << 10n, send: 1n << 11n, inThreads: 1n << 38n, all: 1n << 3n } as const;
const threads: readonly (ChannelType | undefined)[] = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread];

/** Asks for it at this moment. Never rejects. */
export async function checkMayPost(
  payload: APIInteraction,
  { surface }: Pick<Inbound, "surface">,
  { rest, log }: { readonly rest: REST; readonly log: Log },
): Promise<PostPermission> {
  const told = readMayPost(payload);
  const channel = surface?.reach === "shared" ? channelIn(surface.address) : undefined;
  if (told !== "unknown" || channel === undefined) return told;
  try {
    // Nobody is told anything by it, and it takes the same rights as a message.
    await rest.post(Routes.channelTyping(channel));
    return "allowed";
  } catch (error) {
    log.warn("discord-may-post-unknown", describeError(error));
    return isChannelClosed(classify(error)) ? "no-rights" : "unknown";
  }
}

/** What Discord says with an interaction. As somebody's own app the bot answers everywhere, and posts nowhere that it was not added to. */
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
