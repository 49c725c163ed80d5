/** Renders the bot's payloads as a person sees them. */

import { list, runsOf, wordsOf } from "./rules.ts";
import type { Loose, Modal, Seen } from "./types.ts";

/** A message or a view before it is rendered. */
export type Shown = {
  readonly id: string;
  readonly body: Loose;
  readonly place: string | undefined;
  /** The only person who sees it; undefined for everybody. */
  readonly to: string | undefined;
  readonly isFromBot: boolean;
};

/** Renders `shown`, with its pictures from `files`. */
export function see({ id, body, place, to, isFromBot }: Shown, files: ReadonlyMap<string, Uint8Array>): Seen {
  const blocks = list(body["blocks"]);
  const elements = blocks.filter(({ type }) => type === "actions").flatMap((block) => list(block["elements"]));
  const topText = typeof body["text"] === "string" ? decode(body["text"]) : "";
  return {
    id,
    text: blocks.length > 0 ? blocks.flatMap(wordsIn).join("\n") : topText,
    topText,
    isPrivate: to !== undefined,
    isFromBot,
    buttons: elements.filter(({ type }) => type === "button").map(({ text }) => String(wordsOf(text))),
    menu: elements
      .flatMap(({ options }) => list(options))
      .map((option) => ({ label: String(wordsOf(option["text"])), value: String(option["value"]) })),
    pictures: blocks
      .filter(({ type }) => type === "image")
      .map((block) => ({
        alt: String(block["alt_text"]),
        bytes: files.get(String((block["slack_file"] as Loose)["id"])) ?? new Uint8Array(),
      })),
    files: list(body["files"]).map(({ id: file, title }) => ({ name: String(title), bytes: files.get(String(file)) ?? new Uint8Array() })),
    place,
    blocks,
  };
}

function wordsIn(block: Loose): readonly string[] {
  if (block["type"] === "rich_text")
    return [
      runsOf(block)
        .map(({ text }) => String(text))
        .join(""),
    ];
  return block["type"] === "section" ? [decode(String(wordsOf(block["text"])))] : [];
}

function decode(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** The form in `view`. */
export function formIn(view: Loose): Modal {
  const [input] = list(view["blocks"]);
  const element = (input?.["element"] ?? {}) as Loose;
  const { initial_value: value } = element;
  const field = { label: String(wordsOf(input?.["label"])), value: typeof value === "string" ? value : "" };
  return { view, title: String(wordsOf(view["title"])), field };
}
