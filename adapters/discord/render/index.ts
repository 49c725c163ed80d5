/** Renders replies as Discord messages and forms, and parses presses. */

import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIComponentInContainer,
  APIComponentInMessageActionRow,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  RESTPostAPIChannelMessageJSONBody,
} from "discord.js";
import { type Block, bold, type Choice, type FileType, plainText, type Reply } from "#core/model/reply.ts";
import { shorten } from "#core/lib/text.ts";
import { chunked, labelOf, meterLine, pressOf, wordless } from "../../shared/render.ts";
import { inlineCode, lines } from "./escape.ts";

/** A message for Discord's API, and its files. */
export type Drawn = { readonly body: MessageBody; readonly pictures: readonly Drawing[] };

/** The JSON body of a message, valid for posting, editing and answering an interaction. */
export type MessageBody = Readonly<
  Pick<RESTPostAPIChannelMessageJSONBody, "content" | "components" | "flags" | "attachments" | "allowed_mentions">
>;

/** A picture before it is rendered: its file name, SVG text and description. Or a finished file. */
export type Drawing = { readonly name: string; readonly svg: string; readonly description: string } | FileOfWords;

/** A file with its content as text. */
export type FileOfWords = { readonly name: string; readonly type: FileType; readonly content: string; readonly description: string };

type Row = APIActionRowComponent<APIComponentInMessageActionRow>;
type Choices = Extract<Block, { readonly kind: "choices" }>;

/** Discord's numbers for component types. */
const types = { row: 1, button: 2, list: 3, field: 4, text: 10, gallery: 12, container: 17, label: 18 } as const;
const flags = { suppressEmbeds: 1 << 2, rich: 1 << 15 } as const;
const styles = { primary: 1, secondary: 2 } as const;

const longest = { content: 2000, texts: 4000, description: 1024, button: 80, option: 100, title: 45, value: 400 } as const;
const most = { components: 40, rows: 5, inRow: 5, inList: 25 } as const;

/** A calm green. */
const accent = 0x4f_8a_6b;

/** Renders a reply as one message, or as several in order if it is too long. Buttons are on the last one. */
export function renderReply({ blocks }: Reply): readonly Drawn[] {
  const pictures = drawingsOf(blocks);
  const rows = rowsOf(blocks);
  // A card does not show files.
  const isCard = pictures.length > 0 && pictures.every((picture) => "svg" in picture);
  const rich = isCard ? richBody(blocks, pictures, rows) : undefined;
  return rich ? [{ body: rich, pictures }] : plainMessages(blocks, pictures, rows);
}

/** Renders a reply as a card, with or without a picture. A reply that is too long is cut. */
export function renderCard({ blocks }: Reply): Drawn {
  const pictures = drawingsOf(blocks);
  const rows = rowsOf(blocks).slice(0, most.rows);
  const body = richBody(blocks, pictures, rows) ?? richBody([{ kind: "text", text: [cut(blocks)] }], [], rows);
  return body?.attachments ? { body, pictures } : { body: body ?? bodyOf({ content: wordless }, []), pictures: [] };
}

/** Renders the words of a reply as one message without layout. Words beyond one message are cut. */
export function renderPlain({ blocks }: Reply): MessageBody {
  const [page = wordless] = pagesOf(blocks.map(linesOf));
  return bodyOf({ content: page, components: [], flags: flags.suppressEmbeds }, []);
}

function cut(blocks: readonly Block[]): string {
  return shorten(plainText({ blocks: blocks.filter(({ kind }) => kind !== "choices") }), longest.content / 2);
}

function drawingsOf(blocks: readonly Block[]): readonly Drawing[] {
  const words = plainText({ blocks: blocks.filter(({ kind }) => kind !== "choices") });
  const description = shorten(words.replaceAll(/(?<![.!?])\n/gu, ". "), longest.description);
  return blocks.flatMap((block): readonly Drawing[] => {
    if (block.kind === "file") return [{ name: block.name, type: block.type, content: block.content, description: block.name }];
    if (block.kind !== "picture") return [];
    const name = fileOf(block.name);
    return [{ name, svg: block.svg, description: description || name }];
  });
}

function fileOf(name: string): string {
  return `${name}.png`;
}

function bodyOf(parts: Pick<MessageBody, "content" | "components" | "flags">, pictures: readonly Drawing[]): MessageBody {
  const attachments = pictures.map(({ name, description }, index) => ({ id: String(index), filename: name, description }));
  return { ...parts, ...(pictures.length > 0 ? { attachments } : {}), allowed_mentions: { parse: [] } };
}

/** Builds a card; undefined if it exceeds Discord's limits. */
function richBody(blocks: readonly Block[], pictures: readonly Drawing[], rows: readonly Row[]): MessageBody | undefined {
  const inside = blocks.flatMap((block) => cardParts(block, pictures));
  const texts = inside.map((part) => ("content" in part ? part.content.length : 0));
  const count = 1 + inside.length + rows.length + rows.flatMap(({ components }) => components).length;
  if (count > most.components || texts.reduce((sum, length) => sum + length, 0) > longest.texts) return undefined;
  const card: APIMessageTopLevelComponent = { type: types.container, accent_color: accent, components: inside };
  return bodyOf({ components: [card, ...rows], flags: flags.rich }, pictures);
}

function cardParts(block: Block, pictures: readonly Drawing[]): APIComponentInContainer[] {
  if (block.kind === "picture") {
    const name = fileOf(block.name);
    const description = pictures.find((picture) => picture.name === name)?.description ?? name;
    return [{ type: types.gallery, items: [{ media: { url: `attachment://${name}` }, description }] }];
  }
  const content = linesOf(block).join("\n");
  return content === "" ? [] : [{ type: types.text, content }];
}

function plainMessages(blocks: readonly Block[], pictures: readonly Drawing[], rows: readonly Row[]): readonly Drawn[] {
  const pages = pagesOf(blocks.map(linesOf));
  const groups = chunked(rows, most.rows);
  const isEmpty = pages.length === 0 && groups.length === 0;
  const contents = [...pages.slice(0, -1), pages.at(-1) ?? (isEmpty ? wordless : "")];
  const last = contents.length - 1;
  const further = groups.slice(1).map(() => wordless);
  return [...contents, ...further].map((content, index) => {
    const files = index === last ? pictures : [];
    const components = groups[index - last];
    const parts = { content, flags: flags.suppressEmbeds, ...(components ? { components } : {}) };
    return { body: bodyOf(parts, files), pictures: files };
  });
}

/** Packs blocks into messages. A block longer than a message is split between its lines. */
function pagesOf(blocks: readonly (readonly string[])[]): readonly string[] {
  const pieces = blocks.flatMap((block) => (block.join("\n").length <= longest.content ? [block.join("\n")] : block));
  const pages: string[] = [];
  for (const piece of pieces.filter((words) => words !== "")) {
    const together = `${pages.at(-1)}\n${piece}`;
    if (pages.length > 0 && together.length <= longest.content) pages.splice(-1, 1, together);
    else pages.push(piece);
  }
  return pages;
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
      return lines(block.text, longest.content);
    case "facts":
      return block.facts.flatMap(({ label, value }) => lines([bold(`${label}:`), ` ${value}`], longest.content));
    case "meter":
      return [inlineCode(meterLine(block))];
    case "picture":
    case "file":
    case "choices":
      return [];
  }
}

/** Rows of buttons and select menus. Duplicate choices are dropped: Discord tells presses apart by their words. */
function rowsOf(blocks: readonly Block[]): readonly Row[] {
  const offered = new Set<string>();
  const groups = blocks.flatMap((block) => {
    if (block.kind !== "choices") return [];
    const fresh = block.choices.filter((choice) => !offered.has(pressOf(choice)) && offered.add(pressOf(choice)));
    return fresh.length > 0 ? chunkOf(block, fresh) : [];
  });
  return groups.map((group, index) => rowOf(group, index));
}

/** The choices of one row. A list of one becomes a button. */
type Group = Pick<Choices, "layout" | "choices">;

function chunkOf({ layout }: Choices, choices: readonly Choice[]): readonly Group[] {
  const size = layout === "list" ? most.inList : most.inRow;
  return chunked(choices, size).map((some) => ({ layout: some.length === 1 ? "row" : layout, choices: some }));
}

function rowOf({ layout, choices }: Group, index: number): Row {
  if (layout === "row") return { type: types.row, components: choices.map(buttonOf) };
  const options = choices.map((choice) => ({ label: labelOf(choice.label, longest.option), value: pressOf(choice) }));
  return { type: types.row, components: [{ type: types.list, custom_id: `list${index}`, placeholder: "Choose…", options }] };
}

function buttonOf(choice: Choice, index: number): APIButtonComponentWithCustomId {
  const style = index === 0 ? styles.primary : styles.secondary;
  return { type: types.button, style, label: labelOf(choice.label, longest.button), custom_id: pressOf(choice) };
}

/** Renders the form for a choice's field, filled with its current value. */
export function renderForm({ label, says, field }: Choice): APIModalInteractionResponseCallbackData {
  const name = labelOf(field?.label ?? label, longest.title);
  const value = shorten(field?.value ?? "", longest.value);
  return {
    title: name,
    custom_id: says,
    components: [
      {
        type: types.label,
        label: name,
        component: {
          type: types.field,
          custom_id: "words",
          style: 1,
          required: true,
          max_length: longest.value,
          ...(value === "" ? {} : { value }),
        },
      },
    ],
  };
}
