/** Replies: blocks that every platform can render. */

/** A part of a text. Plain text is never markup: each platform escapes it. Links come from the evidence, never from user input. */
export type Inline = string | { readonly bold: string } | { readonly code: string } | Link;

/** Linked words. `address` starts with https. */
export type Link = { readonly link: string; readonly address: string };

/** A button. A press runs the command `says`. */
export type Choice = {
  /** At most 75 characters. */
  readonly label: string;
  /** A whole command, such as `/week`. At most 100 characters. */
  readonly says: string;
  /** Text that the user enters first. It is appended to `says`. */
  readonly field?: { readonly label: string; readonly value: string };
};

/** Weekly minutes on the scale of the zones. */
export type Meter = {
  readonly kind: "meter";
  readonly minutes: number;
  /** The marked range: the sweet spot, or the user's own band. */
  readonly min: number;
  readonly max: number;
  /** The end of the scale. More minutes fill the whole scale. */
  readonly until: number;
};

/** A block of a reply. */
export type Block =
  | { readonly kind: "text"; readonly text: readonly Inline[] }
  | { readonly kind: "facts"; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | Meter
  /** A drawing as SVG text; `name` is a valid file name. The reply states all of its facts in words, too. */
  | { readonly kind: "picture"; readonly name: string; readonly svg: string }
  /** A text file for one user only. For a command in a channel it is sent by direct message. */
  | { readonly kind: "file"; readonly name: string; readonly type: FileType; readonly content: string }
  /** A row of buttons, or a list to pick from; at most 25 choices. */
  | { readonly kind: "choices"; readonly layout: "row" | "list"; readonly choices: readonly Choice[] };

/** The media type of a file. */
export type FileType = "text/csv" | "application/json";

/** A reply to a command, or the content of a message. */
export type Reply = {
  /** Shown only to the user who asked. */
  readonly blocks: readonly Block[];
  /** Posted once in the channel of the command, in addition to `blocks`; dropped when it cannot be posted there. It never holds a file. */
  readonly announcement?: readonly Block[];
};

/** A text block. */
export function text(...parts: readonly Inline[]): Block {
  return { kind: "text", text: parts };
}

/** Bold words. */
export function bold(words: string): Inline {
  return { bold: words };
}

/** Words to be typed literally. */
export function inlineCode(words: string): Inline {
  return { code: words };
}

/** Words linked to an address of the evidence. */
export function link(words: string, address: string): Link {
  return { link: words, address };
}

/** A row of buttons. */
export function buttons(...choices: readonly Choice[]): Block {
  return { kind: "choices", layout: "row", choices };
}

/** A cell of a meter's bar: whether the minutes fill it, and whether it is in the marked range. */
export type MeterCell = { readonly isFilled: boolean; readonly isMarked: boolean };

/** A meter as a bar of `count` cells. At least one of them is marked. */
export function meterCells({ minutes, min, max, until }: Meter, count: number): readonly MeterCell[] {
  const at = (value: number): number => Math.round((Math.min(value, until) / until) * count);
  return Array.from({ length: count }, (_, cell) => ({
    isFilled: cell < at(minutes),
    isMarked: cell >= at(min) && cell < Math.max(at(max), at(min) + 1),
  }));
}

/** The plain words of a text. */
export function textOf(parts: readonly Inline[]): string {
  return parts.map(inlineText).join("");
}

function inlineText(part: Inline): string {
  if (typeof part === "string") return part;
  if ("link" in part) return `${part.link} (${part.address})`;
  return "bold" in part ? part.bold : part.code;
}

/** A reply as plain text, one line a block. Meters and pictures are left out: the text states their facts, too. */
export function plainText(reply: Reply): string {
  return reply.blocks.flatMap(plainLines).join("\n");
}

function plainLines(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
      return [textOf(block.text)];
    case "facts":
      return block.facts.map(({ label, value }) => `${label}: ${value}`);
    case "meter":
    case "picture":
      return [];
    case "file":
      return [block.name];
    case "choices":
      return [block.choices.map(({ label }) => `[${label}]`).join(" ")];
  }
}
