/** What the coach says, in blocks that every platform can draw. */

/** A stretch of a sentence. Plain text is never markup: each platform escapes it. A link is an address of the evidence, and never what somebody typed. */
export type Inline = string | { readonly bold: string } | { readonly code: string } | Link;

/** Words that lead to `address`, which starts with https. */
export type Link = { readonly link: string; readonly address: string };

/** A button. Pressing it is the same as saying `says`. */
export type Choice = {
  /** At most 75 characters. */
  readonly label: string;
  /** A whole command, such as `/week`. At most 100 characters. */
  readonly says: string;
  /** Words that the person adds first: they follow `says`. */
  readonly field?: { readonly label: string; readonly value: string };
};

/** Minutes on the scale of the zones. */
export type Meter = {
  readonly kind: "meter";
  readonly minutes: number;
  /** The marked range: the sweet spot, or the person's own band. */
  readonly min: number;
  readonly max: number;
  /** Where the scale ends; more minutes fill it and no more. */
  readonly until: number;
};

/** A block of a reply. */
export type Block =
  | { readonly kind: "text"; readonly text: readonly Inline[] }
  | { readonly kind: "facts"; readonly facts: readonly { readonly label: string; readonly value: string }[] }
  | Meter
  /** A drawing, as SVG text; `name` is fit for a file. All of its facts stand in the words of its reply. */
  | { readonly kind: "picture"; readonly name: string; readonly svg: string }
  /** A file of words, by its name. It is for its person alone: where others are, it goes to them directly. */
  | { readonly kind: "file"; readonly name: string; readonly type: FileType; readonly content: string }
  /** Buttons beside each other, or a list to pick from, of at most 25. */
  | { readonly kind: "choices"; readonly layout: "row" | "list"; readonly choices: readonly Choice[] };

/** What a file holds. */
export type FileType = "text/csv" | "application/json";

/** What to say. */
export type Reply = {
  /** In answer to somebody: for the asker alone. */
  readonly blocks: readonly Block[];
  /**
   * For everybody in the place where it was asked, once; left out where it cannot be said there, and never said in place of anything. A file is
   * never among it.
   */
  readonly announcement?: readonly Block[];
};

/** A text block of its parts. */
export function text(...parts: readonly Inline[]): Block {
  return { kind: "text", text: parts };
}

/** Bold words. */
export function bold(words: string): Inline {
  return { bold: words };
}

/** Words to be typed as they stand. */
export function inlineCode(words: string): Inline {
  return { code: words };
}

/** Words that lead to an address of the evidence. */
export function link(words: string, address: string): Link {
  return { link: words, address };
}

/** Buttons beside each other. */
export function buttons(...choices: readonly Choice[]): Block {
  return { kind: "choices", layout: "row", choices };
}

/** A cell of a meter as a bar: whether the minutes fill it, and whether it is in the marked range. */
export type MeterCell = { readonly isFilled: boolean; readonly isMarked: boolean };

/** A meter as a bar of `count` cells. At least one of them is marked. */
export function meterCells({ minutes, min, max, until }: Meter, count: number): readonly MeterCell[] {
  const at = (value: number): number => Math.round((Math.min(value, until) / until) * count);
  return Array.from({ length: count }, (_, cell) => ({
    isFilled: cell < at(minutes),
    isMarked: cell >= at(min) && cell < Math.max(at(max), at(min) + 1),
  }));
}

/** The words of a stretch of text. */
export function textOf(parts: readonly Inline[]): string {
  return parts.map(inlineText).join("");
}

function inlineText(part: Inline): string {
  if (typeof part === "string") return part;
  if ("link" in part) return `${part.link} (${part.address})`;
  return "bold" in part ? part.bold : part.code;
}

/** All that a reply says in words, a line for each block. Meters and pictures show nothing that their reply does not say. */
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
