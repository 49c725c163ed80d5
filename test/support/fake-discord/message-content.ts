/** The content of messages: merges what the bot sends into what people see. */

import type { APIAttachment, APIEmbed, APIMessage, APIMessageTopLevelComponent, MessageFlags } from "discord.js";
import type { Upload } from "./body.ts";

/** The body with which a bot creates or edits a message. */
export type MessageBody = {
  readonly content?: string | null;
  readonly embeds?: readonly APIEmbed[] | null;
  readonly components?: readonly APIMessageTopLevelComponent[] | null;
  readonly attachments?: readonly { readonly id: string; readonly filename?: string | null; readonly description?: string | null }[] | null;
  readonly flags?: number | null;
  readonly nonce?: string | number | null;
  readonly enforce_nonce?: boolean | null;
  readonly allowed_mentions?: { readonly parse?: readonly string[] | null } | null;
  readonly poll?: unknown;
  readonly sticker_ids?: readonly string[] | null;
  readonly message_reference?: unknown;
};

/** The part of a message that comes from a body. */
export type Content = Pick<APIMessage, "content" | "embeds" | "attachments"> & {
  readonly components: APIMessageTopLevelComponent[];
  readonly flags: number;
};

/** The content of an empty message. */
export const emptyContent: Content = { content: "", embeds: [], components: [], attachments: [], flags: 0 };

/** Message flags. */
export const flagBits = { suppressEmbeds: 4, ephemeral: 64, loading: 128, silent: 4096, rich: 32_768 } as const satisfies Record<
  string,
  MessageFlags
>;

/** What attachments need: their channel, and new ids. */
export type Shelf = { readonly channelId: string; readonly freshId: () => string };

/** The content after `body` was applied to `before`. */
export function merge(body: MessageBody, uploads: readonly Upload[], before: Content, shelf: Shelf): Content {
  const attachments = [...kept(body, before), ...uploads.map((upload) => attachment(upload, body, shelf))];
  const rich = (body.flags ?? 0) & flagBits.rich;
  return {
    content: body.content === undefined ? before.content : (body.content ?? ""),
    embeds: body.embeds === undefined ? before.embeds : [...(body.embeds ?? [])],
    components: body.components === undefined ? before.components : numbered(body.components ?? []),
    attachments,
    flags: before.flags | rich,
  };
}

function kept({ attachments }: MessageBody, before: Content): readonly APIAttachment[] {
  if (!attachments) return before.attachments;
  return before.attachments.flatMap((old) => {
    const listed = attachments.find(({ id }) => id === old.id);
    return listed ? [described(old, listed.description)] : [];
  });
}

function attachment({ index, name, bytes }: Upload, { attachments }: MessageBody, { channelId, freshId }: Shelf): APIAttachment {
  const listed = attachments?.find(({ id }) => id === index);
  const filename = listed?.filename ?? name;
  const id = freshId();
  const path = `attachments/${channelId}/${id}/${filename}`;
  const links = { url: `https://cdn.discordapp.com/${path}`, proxy_url: `https://media.discordapp.net/${path}` };
  return described({ id, filename, size: bytes.length, ...links }, listed?.description);
}

function described(attachment: APIAttachment, description: string | null | undefined): APIAttachment {
  return typeof description === "string" && description !== "" ? { ...attachment, description } : attachment;
}

/** All objects in `value`, including itself, in reading order. */
export function partsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (Array.isArray(value)) return value.flatMap(partsOf);
  if (typeof value !== "object" || value === null) return [];
  const part = value as Readonly<Record<string, unknown>>;
  return [part, ...partsOf(part["components"]), ...partsOf(part["component"]), ...partsOf(part["accessory"])];
}

/** Numbers the components that have no id, as Discord does. */
function numbered(components: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  const copies = structuredClone(components) as APIMessageTopLevelComponent[];
  const parts = partsOf(copies);
  const taken = new Set(parts.map((part) => part["id"]));
  let next = 1;
  for (const part of parts.filter(({ id }) => typeof id !== "number")) {
    while (taken.has(next)) next += 1;
    Object.assign(part, { id: next });
    next += 1;
  }
  return copies;
}
