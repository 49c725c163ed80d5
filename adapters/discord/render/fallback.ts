/** Shows a reply in the richest form that Discord takes. */

import { type Form, showPoorer } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Log } from "#src/ports/runtime.ts";
import { paintFor, paintOnce } from "../../shared/pictures.ts";
import { type Failure, isFormRefused } from "../errors.ts";
import { type Desk, type Letter, writeLetters } from "./attachments.ts";

/** What became of it. */
export type Shown = { readonly kind: "shown" } | Failure;

/** A desk for one reply to `turn`, a person or a place, however often it is tried. */
export function deskFor<Kind extends Desk>(desk: Kind, turn: string): Kind {
  return { ...desk, paint: paintOnce(paintFor(desk.paint, turn)) };
}

/** Shows `reply` by `show`, which throws what the SDK throws; `judge` says what that means. */
export async function showForms(
  reply: Reply,
  desk: Desk,
  show: (letters: readonly Letter[], form: Form) => Promise<unknown>,
  judge: (error: unknown) => Failure,
): Promise<Shown> {
  const attempt = async (form: Form): Promise<Shown> => {
    const letters = await writeLetters(form.reply, desk);
    return await show(letters, form).then(() => ({ kind: "shown" }) as const, judge);
  };
  return await showPoorer(reply, attempt, noting(desk.log));
}

/** Whether a poorer form may be taken; tells the operator where it has to be tried. */
export function noting(log: Log): (shown: Shown | { readonly kind: "made" }, form: Form) => boolean {
  return (failure, form) => {
    const hasFiles = form.reply.blocks.some(({ kind }) => kind === "picture" || kind === "file");
    if (failure.kind !== "refused" || !isFormRefused(failure, hasFiles)) return false;
    log.warn("discord-form-refused", { form: form.kind, code: failure.code });
    return true;
  };
}
