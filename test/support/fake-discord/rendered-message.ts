/** Renders a message as it looks on a screen. */

import { type APIAttachment, ComponentType } from "discord.js";
import { flagBits, partsOf } from "./message-content.ts";
import { embedWords } from "./message-rules.ts";
import { isLoading, type Message } from "./messages.ts";
import type { MenuOption, Picture, Seen } from "./types.ts";

/** A button or a select menu of a message. */
export type Control = {
  readonly type: ComponentType;
  readonly id: number;
  readonly customId: string | undefined;
  readonly label: string;
  readonly isDisabled: boolean;
  readonly options: readonly MenuOption[];
};

/** A message as somebody sees it. */
export function see(message: Message): Seen {
  const { id, place, isFromBot, onlyFor, content, raw, nonce, edits } = message;
  const controls = controlsOf(message);
  return {
    id,
    place,
    isFromBot,
    nonce,
    edits,
    raw: structuredClone(raw),
    isPrivate: onlyFor !== undefined,
    text: isLoading(message) ? "is thinking…" : wordsOf(message),
    buttons: controls.filter(({ type }) => type === ComponentType.Button).map(({ label }) => label),
    menu: controls.flatMap(({ options }) => options),
    pictures: picturesOf(message),
    isRich: (content.flags & flagBits.rich) !== 0,
  };
}

function wordsOf({ content }: Message): string {
  const shown = partsOf(content.components).filter(({ type }) => type === ComponentType.TextDisplay);
  return [content.content, ...content.embeds.flatMap(embedWords), ...shown.map((part) => String(part["content"]))]
    .filter((words) => words !== "")
    .join("\n");
}

/** The buttons and menus of a message, in order. */
export function controlsOf({ content }: Message): readonly Control[] {
  const kinds: readonly unknown[] = [ComponentType.Button, ComponentType.StringSelect];
  return partsOf(content.components)
    .filter(({ type }) => kinds.includes(type))
    .map((part) => ({
      type: part["type"] as ComponentType,
      id: Number(part["id"]),
      customId: part["custom_id"] as string | undefined,
      label: typeof part["label"] === "string" ? part["label"] : "",
      isDisabled: part["disabled"] === true,
      options: ((part["options"] ?? []) as readonly MenuOption[]).map(menuOption),
    }));
}

function menuOption({ label, value, description }: MenuOption): MenuOption {
  return { label, value, ...(description ? { description } : {}) };
}

type Shown = { readonly url: string; readonly description?: string | null };

/** A Components V2 message shows only the files that it references. */
function picturesOf({ content, files }: Message): readonly Picture[] {
  const isRich = (content.flags & flagBits.rich) !== 0;
  const shown = partsOf(content.components).flatMap(mediaOf);
  return content.attachments.flatMap((attachment) => {
    const found = shown.find(({ url }) => url === `attachment://${attachment.filename}`);
    return isRich && !found ? [] : [picture(attachment, found, files)];
  });
}

function mediaOf(part: Readonly<Record<string, unknown>>): readonly Shown[] {
  const items = (part["items"] ?? [part]) as readonly { readonly media?: Shown; readonly file?: Shown; readonly description?: string }[];
  return items.flatMap(({ media, file, description }) => {
    const url = media?.url ?? file?.url;
    return url === undefined ? [] : [{ url, ...(description ? { description } : {}) }];
  });
}

function picture({ id, filename, description }: APIAttachment, shown: Shown | undefined, files: Message["files"]): Picture {
  return { name: filename, description: shown?.description ?? description, bytes: files.get(id) ?? new Uint8Array() };
}
