/** Shows a reply in the richest form that Discord takes. */

import { type Form, showWithFallback } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Log } from "#src/ports/runtime.ts";
import { renderPngFor, renderPngOnce } from "../../shared/pictures.ts";
import { type Failure, isFormRefused } from "../errors.ts";
import { type RenderContext, type MessageWithFiles, renderMessages } from "./attachments.ts";

/** What became of it. */
export type Shown = { readonly kind: "shown" } | Failure;

/** A render context for one reply to `turn`, a person or a place, however often it is tried. */
export function contextFor<Kind extends RenderContext>(context: Kind, turn: string): Kind {
  return { ...context, renderPng: renderPngOnce(renderPngFor(context.renderPng, turn)) };
}

/** Shows `reply` by `show`, which throws what the SDK throws; `judge` says what that means. */
export async function showForms(
  reply: Reply,
  context: RenderContext,
  show: (messages: readonly MessageWithFiles[], form: Form) => Promise<unknown>,
  judge: (error: unknown) => Failure,
): Promise<Shown> {
  const attempt = async (form: Form): Promise<Shown> => {
    const messages = await renderMessages(form.reply, context);
    return await show(messages, form).then(() => ({ kind: "shown" }) as const, judge);
  };
  return await showWithFallback(reply, attempt, logFallback(context.log));
}

/** Whether a poorer form may be taken; tells the operator where it has to be tried. */
export function logFallback(log: Log): (shown: Shown | { readonly kind: "made" }, form: Form) => boolean {
  return (failure, form) => {
    const hasFiles = form.reply.blocks.some(({ kind }) => kind === "picture" || kind === "file");
    if (failure.kind !== "refused" || !isFormRefused(failure, hasFiles)) return false;
    log.warn("discord-form-refused", { form: form.kind, code: failure.code });
    return true;
  };
}
