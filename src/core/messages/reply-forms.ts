/** Reply forms, from full to plain text: when a platform rejects one, the next simpler form is tried. */

import { type Block, type Choice, inlineCode, type Inline, type Reply, text } from "#core/model/reply.ts";
import { sayFileFailed } from "#core/voice/trouble.ts";

/** One form of a reply. The plain form contains text blocks only and is shown without layout. */
export type Form = { readonly kind: FormKind; readonly reply: Reply };

/** Unchanged; without pictures; without files, with a note about them; text only. */
export type FormKind = "full" | "no-pictures" | "no-files" | "plain";

/** The forms of `reply`, richest first, plain last. An announcement is a separate reply and is not included. */
export function formsOf({ blocks }: Reply): readonly Form[] {
  const unpictured = blocks.filter(({ kind }) => kind !== "picture");
  const unfiled = withoutFiles(unpictured);
  const hasFile = unfiled.length !== unpictured.length || unpictured.some(({ kind }) => kind === "file");
  return [
    { kind: "full", reply: { blocks } },
    ...(unpictured.length < blocks.length ? [{ kind: "no-pictures", reply: { blocks: unpictured } } as const] : []),
    ...(hasFile ? [{ kind: "no-files", reply: { blocks: unfiled } } as const] : []),
    { kind: "plain", reply: { blocks: unfiled.flatMap(plainBlocks) } },
  ];
}

/** Shows `reply` in the first accepted form. Returns its result, or the last form's result when every form was rejected. */
export async function showWithFallback<Result>(
  reply: Reply,
  show: (form: Form) => Promise<Result>,
  isRefused: (result: Result, form: Form) => boolean,
): Promise<Result> {
  const [full, ...poorer] = formsOf(reply);
  if (!full) throw new Error("Show a reply: it must have a form");
  let [form, result] = [full, await show(full)];
  for (const next of poorer) {
    if (!isRefused(result, form)) return result;
    form = next;
    result = await show(next);
  }
  return result;
}

function withoutFiles(blocks: readonly Block[]): readonly Block[] {
  const kept = blocks.filter(({ kind }) => kind !== "file");
  return kept.length < blocks.length ? [sayFileFailed(), ...kept] : kept;
}

function plainBlocks(block: Block): readonly Block[] {
  switch (block.kind) {
    case "text":
      return [block];
    case "facts":
      return block.facts.map(({ label, value }) => text(`${label}: ${value}`));
    case "choices":
      return typed(block.choices);
    case "meter":
    case "picture":
    case "file":
      return [];
  }
}

/** Buttons as commands that the user can type. */
function typed(choices: readonly Choice[]): readonly Block[] {
  const parts = choices.flatMap(({ label, says, field }, index): readonly Inline[] => [
    index === 0 ? "" : " · ",
    `${label.replace(/…$/u, "")}: `,
    inlineCode(field ? `${says} …` : says),
  ]);
  return parts.length > 0 ? [text(...parts)] : [];
}
