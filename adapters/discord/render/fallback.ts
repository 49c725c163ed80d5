/** Shows a reply in the richest form that Discord accepts. */

import { type Form, showWithFallback } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Log } from "#src/ports/runtime.ts";
import { type Failure, isFormRefused } from "../errors.ts";
import { type RenderContext, type MessageWithFiles, renderMessages } from "./attachments.ts";

/** The result of showing a reply. */
export type Shown = { readonly kind: "shown" } | Failure;

/** Shows `reply` by calling `show` for one form after another. `judge` classifies what `show` throws. */
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

/** Returns a function that decides whether to try a poorer form, and logs that it does. */
export function logFallback(log: Log): (shown: Shown | { readonly kind: "made" }, form: Form) => boolean {
  return (failure, form) => {
    const hasFiles = form.reply.blocks.some(({ kind }) => kind === "picture" || kind === "file");
    if (failure.kind !== "refused" || !isFormRefused(failure, hasFiles)) return false;
    log.warn("discord-form-refused", { form: form.kind, code: failure.code });
    return true;
  };
}
