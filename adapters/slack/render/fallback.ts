/** Shows a reply in the richest form that Slack accepts, and falls back to simpler ones. */

import type { KnownBlock } from "@slack/web-api";
import { type Form, showWithFallback } from "#core/messages/reply-forms.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Log } from "#src/ports/runtime.ts";
import { classify, type Failure, isFormRefused } from "../errors.ts";
import type { Bot } from "../ids.ts";
import { type RenderContext, shareFiles, uploadAll } from "./attachments.ts";
import { type Message, renderPlain, renderReply } from "./index.ts";

/** The result of showing a reply. */
export type Shown = { readonly kind: "shown" } | Failure;

/** Shows `reply` with `show`, which returns a failure or throws an SDK error. */
export async function showForms<Result extends { readonly kind: string }>(
  reply: Reply,
  log: Log,
  show: (form: Form) => Promise<Result | Failure>,
): Promise<Result | Failure> {
  const attempt = async (form: Form): Promise<Result | Failure> => await show(form).catch((error: unknown) => classify(error));
  return await showWithFallback(reply, attempt, (result, form) => {
    const failure = result as Failure;
    if (!isFormRefused(failure)) return false;
    log.warn("slack-form-refused", { form: form.kind, code: "code" in failure ? failure.code : "" });
    return true;
  });
}

/** The messages of a form, with its pictures uploaded. */
export async function messagesOf(form: Form, bot: Bot, context: RenderContext): Promise<readonly Message[]> {
  const rewritten = context.rewriteCommands(form.reply);
  return form.kind === "plain" ? renderPlain(rewritten) : renderReply(rewritten, await uploadAll(rewritten, bot, context));
}

/** The fields of a message call. A message without blocks is its text alone. */
export function partsOf({ text, blocks }: Message): { text: string; blocks?: KnownBlock[]; mrkdwn?: false } {
  return blocks.length > 0 ? { text, blocks: [...blocks] } : { text, mrkdwn: false };
}

/** Shares the files of a form in `channel`. Returns the failure, if any. An ambiguous one counts as refused, and the words say so. */
export async function filesOf(form: Form, bot: Bot, channel: string, context: RenderContext): Promise<Failure | undefined> {
  const failure = await shareFiles(form.reply, bot, channel, context);
  const isFinal =
    failure?.kind === "refused" || failure?.kind === "unknown-code" || failure?.kind === "ambiguous" || failure?.kind === "not-sent";
  return isFinal ? { kind: "refused", code: `file ${"code" in failure ? failure.code : failure.kind}` } : failure;
}
