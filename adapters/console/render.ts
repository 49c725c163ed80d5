/** Renders replies for a terminal, or as plain lines without one. */

import { stripVTControlCharacters, styleText } from "node:util";
import { type Block, type Choice, type Inline, type Meter, meterCells, type Reply, text } from "#core/model/reply.ts";

/** The limits of the output. */
export type Canvas = {
  readonly hasColour: boolean;
  /** In columns. Lines are broken between words. */
  readonly width: number;
  /** The path of each picture or file by its name; without an entry it could not be written. */
  readonly pictures?: ReadonlyMap<string, string>;
};

type Style = Parameters<typeof styleText>[0];

/** The lines of a reply. Its choices are numbered from 1 across all blocks. */
export function renderReply({ blocks }: Reply, canvas: Canvas): string {
  let pressed = 0;
  const drawn = blocks.map((block) => {
    const first = pressed + 1;
    if (block.kind === "choices") pressed += block.choices.length;
    return renderBlock(block, first, canvas);
  });
  return drawn.filter((lines) => lines !== "").join("\n");
}

/** Every choice of a reply, in the order of its numbers. */
export function choicesOf({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : []));
}

function renderBlock(block: Block, first: number, canvas: Canvas): string {
  switch (block.kind) {
    case "text":
      return wrap(block.text.map((part) => renderInline(part, canvas)).join(""), canvas.width);
    case "facts":
      return renderFacts(block.facts, canvas);
    case "meter":
      return renderMeter(block, canvas);
    case "picture": {
      const path = canvas.pictures?.get(block.name);
      return path ? `  Picture: ${path}` : "";
    }
    case "file": {
      const path = canvas.pictures?.get(block.name);
      return `  File: ${path ?? `${block.name} could not be written`}`;
    }
    case "choices": {
      const drawn = block.choices.map(
        ({ label, field }, index) => `${renderPng("cyan", `[${first + index}]`, canvas)} ${label}${field ? "…" : ""}`,
      );
      return drawn.join(block.layout === "list" ? "\n" : "  ");
    }
  }
}

function renderInline(part: Inline, canvas: Canvas): string {
  if (typeof part === "string") return part;
  if ("link" in part) return `${part.link} (${renderPng("cyan", part.address, canvas)})`;
  return "bold" in part ? renderPng("bold", part.bold, canvas) : renderPng("cyan", part.code, canvas);
}

function renderFacts(facts: readonly { readonly label: string; readonly value: string }[], canvas: Canvas): string {
  const widest = Math.max(...facts.map(({ label }) => label.length));
  const indent = " ".repeat(widest + 4);
  const lines = facts.map(({ label, value }) => {
    const [first = "", ...others] = wrap(value, canvas.width - indent.length).split("\n");
    return [`  ${renderPng("dim", label.padEnd(widest), canvas)}  ${first}`, ...others.map((line) => indent + line)];
  });
  return lines.flat().join("\n");
}

const cells = 40;

/** Minutes as a bar over the scale. The marked range is heavier, so that it shows without colour. */
function renderMeter(meter: Meter, canvas: Canvas): string {
  const drawn = meterCells(meter, cells).map(({ isFilled, isMarked }) => {
    if (isFilled) return renderPng(isMarked ? "green" : "cyan", "█", canvas);
    return renderPng(isMarked ? "green" : "dim", isMarked ? "▒" : "·", canvas);
  });
  return `  0 ${drawn.join("")} ${meter.until}`;
}

function renderPng(style: Style, words: string, { hasColour }: Canvas): string {
  return hasColour ? styleText(style, words, { validateStream: false }) : words;
}

/** Breaks `line` between words at `width`. A longer word stays whole. */
function wrap(line: string, width: number): string {
  const length = (words: string): number => stripVTControlCharacters(words).length;
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    const isFull = current !== "" && length(longer) > width;
    if (isFull) lines.push(current);
    current = isFull ? word : longer;
  }
  return [...lines, current].join("\n");
}

/** Printed for a removed message: a terminal cannot delete output. */
export const removed: Reply = { blocks: [text("(removed)")] };
