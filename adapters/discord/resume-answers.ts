/** Answers that an earlier process may not have shown. */

import { addressOf } from "#core/lib/ids.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import { platform } from "./inbound.ts";
import { parseToken } from "./interaction-token.ts";
import { reportFailure } from "./errors.ts";
import { type AnswerDeps, answerByDirectMessage, show } from "./respond.ts";

/**
 * Shows one answer. An interaction's response is edited, so it is never doubled. If the interaction has expired or there was none, the
 * answer goes by direct message; Discord recognises a repeated key. Never throws.
 */
export async function answerOnceMore({ source, account, answerTo, reply }: UnansweredReply, deps: AnswerDeps): Promise<void> {
  const token = parseToken(answerTo);
  const surface = token && { platform, address: addressOf(account.id), reach: token.reach };
  const inbound: Inbound = { source, account: { ...account, name: "" }, surface, text: "" };
  try {
    if (token) await show(token, inbound, reply, deps);
    else await answerByDirectMessage(inbound, reply, deps);
  } catch (error) {
    reportFailure(error, deps.log);
  }
}
