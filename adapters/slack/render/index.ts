/** Renders replies as Slack's payloads: messages, the App Home and forms; and parses button values. */

import type { Button, KnownBlock, ModalView, RichTextLink, RichTextText, StaticSelect } from "@slack/web-api";
import { type Block, bold, type Choice, inlineCode, type Inline, plainText, type Reply } from "#core/model/reply.ts";
import { clean, shorten } from "#core/lib/text.ts";
import { chunked, labelOf, meterLine, pressOf, wordless } from "../../shared/render.ts";

/** A message payload. `text` is for notifications and screen readers. */
export type Message = { readonly text: string; readonly blocks: readonly KnownBlock[] };

/** An App Home payload. */
export type Home = { readonly type: "home"; readonly blocks: readonly KnownBlock[] };

/** The ids of uploaded pictures, by their SVG. */
type Files = ReadonlyMap<string, string>;
type Choices = Extract<Block, { readonly kind: "choices" }>;

const longest = { text: 4000, run: 3000, alt: 2000, button: 75, option: 75, title: 24, label: 150, value: 400 } as const;
const most = { blocks: 50, homeBlocks: 100, inRow: 5, inList: 100 } as const;

/** Renders a reply as one message, or as several in order if it is too long. A picture without a file is left out. */
export function renderReply(reply: Reply, files: Files): readonly Message[] {
  const blocks = blocksOf(reply, files);
  const text = wordsOf(reply);
  if (blocks.length === 0) return [{ text, blocks: [richText([wordless])] }];
  return chunked(blocks, most.blocks).map((some) => ({ text, blocks: some }));
}

/** Renders the words of a reply as messages without blocks, split at the length limit. */
export function renderPlain(reply: Reply): readonly Message[] {
  const pages: string[] = [];
  for (const line of plainText(reply).split("\n")) {
    const words = escape(shorten(line, longest.run)).slice(0, longest.text);
    const together = `${pages.at(-1)}\n${words}`;
    if (pages.length > 0 && together.length <= longest.text) pages.splice(-1, 1, together);
    else pages.push(words);
  }
  return pages.map((text) => ({ text: text.trim() === "" ? wordless : text, blocks: [] }));
}

/** Renders the words of a reply as an App Home of plain text. */
export function renderPlainHome(reply: Reply): Home {
  const words = shorten(plainText(reply), longest.run) || wordless;
  return { type: "home", blocks: [{ type: "section", text: { type: "plain_text", text: words, emoji: false } }] };
}

/** Renders a reply as the App Home. Blocks that do not fit are cut from the end. */
export function renderHome(reply: Reply, files: Files): Home {
  const blocks = blocksOf(reply, files).slice(0, most.homeBlocks);
  return { type: "home", blocks: blocks.length > 0 ? blocks : [richText([wordless])] };
}

/** The words of a reply, without its buttons. Markup, mentions and links are escaped. */
function wordsOf({ blocks }: Reply): string {
  const words = plainText({ blocks: blocks.filter(({ kind }) => kind !== "choices") });
  return escape(shorten(words.replaceAll(/(?<![.!?])\n/gu, ". "), longest.text)) || wordless;
}

/** Escapes the three characters that start any markup in Slack's text. */
export function escape(words: string): string {
  return words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function blocksOf({ blocks }: Reply, files: Files): readonly KnownBlock[] {
  const alt = shorten(
    plainText({ blocks: blocks.filter(({ kind }) => kind !== "choices") }).replaceAll(/(?<![.!?])\n/gu, ". "),
    longest.alt,
  );
  const draw = (block: Block, place: number): readonly KnownBlock[] => {
    switch (block.kind) {
      case "text":
        return [richText(block.text)];
      case "facts":
        return block.facts.length > 0 ? [richText(block.facts.flatMap(lineOf))] : [];
      case "meter":
        return [richText([inlineCode(meterLine(block))])];
      case "picture": {
        const id = files.get(block.svg);
        return id === undefined ? [] : [{ type: "image", slack_file: { id }, alt_text: alt || block.name }];
      }
      case "file":
        return [richText([inlineCode(block.name)])];
      case "choices":
        return rowsOf(block, place);
    }
  };
  return blocks.flatMap(draw);
}

function lineOf({ label, value }: { readonly label: string; readonly value: string }, place: number): readonly Inline[] {
  return [...(place === 0 ? [] : ["\n"]), bold(`${label}:`), ` ${value}`];
}

/** Rich text needs no escaping: Slack reads no markup, mentions or links in it. */
function richText(parts: readonly Inline[]): KnownBlock {
  const elements = parts.flatMap(runOf);
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: elements.length > 0 ? elements : [{ type: "text", text: wordless }] }],
  };
}

function runOf(part: Inline): readonly (RichTextText | RichTextLink)[] {
  if (typeof part !== "string" && "link" in part) return [{ type: "link", url: part.address, text: seen(part.link) || wordless }];
  const [words, style] =
    typeof part === "string" ? [part, undefined] : "bold" in part ? [part.bold, { bold: true }] : [part.code, { code: true }];
  const text = seen(words);
  return text === "" ? [] : [{ type: "text", text, ...(style ? { style } : {}) }];
}

/** Makes the text well-formed, removes invisible characters, and cuts it at Slack's limit. */
function seen(words: string): string {
  const line = clean(words.toWellFormed()).replaceAll(/[^\P{Cc}\n]+/gu, " ");
  return line.length > longest.run ? shorten(line, longest.run) : line;
}

/** Rows of buttons, or select menus. A menu of one becomes a button. */
function rowsOf({ layout, choices }: Choices, place: number): readonly KnownBlock[] {
  const size = layout === "list" ? most.inList : most.inRow;
  return chunked(choices, size).map((some, row) => {
    const isList = layout === "list" && some.length > 1;
    const elements = isList ? [listOf(some, `${place}-${row}`)] : some.map((choice, index) => buttonOf(choice, `${place}-${row}-${index}`));
    return { type: "actions", elements };
  });
}

function buttonOf(choice: Choice, id: string): Button {
  const isFirst = id.endsWith("-0-0");
  const text = { type: "plain_text", text: labelOf(choice.label, longest.button), emoji: false } as const;
  return { type: "button", action_id: `press-${id}`, text, value: pressOf(choice), ...(isFirst ? { style: "primary" } : {}) };
}

function listOf(choices: readonly Choice[], id: string): StaticSelect {
  const options = choices.map((choice) => ({
    text: { type: "plain_text" as const, text: labelOf(choice.label, longest.option), emoji: false },
    value: pressOf(choice),
  }));
  return { type: "static_select", action_id: `list-${id}`, placeholder: { type: "plain_text", text: "Choose…" }, options };
}

/** Renders the form for a choice, with its current values. `metadata` comes back with the submission. */
export function renderForm({ label, says, field }: Choice, metadata: string): ModalView {
  const name = field?.label ?? label;
  const value = shorten(field?.value ?? "", longest.value);
  return {
    type: "modal",
    callback_id: says,
    private_metadata: metadata,
    title: { type: "plain_text", text: labelOf(name, longest.title), emoji: false },
    submit: { type: "plain_text", text: "OK" },
    close: { type: "plain_text", text: "Cancel" },
    blocks: [
      {
        type: "input",
        block_id: "words",
        label: { type: "plain_text", text: labelOf(name, longest.label), emoji: false },
        element: {
          type: "plain_text_input",
          action_id: "words",
          max_length: longest.value,
          focus_on_load: true,
          ...(value === "" ? {} : { initial_value: value }),
        },
      },
    ],
  };
}
