/** Answers that a process before this one may not have shown. */

import { addressOf } from "#core/lib/ids.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import { platform } from "./inbound.ts";
import { parseToken } from "./interaction-token.ts";
import { type AnswerDeps, answerByDirectMessage, reportFailure, show } from "./respond.ts";

/**
 * Gives one in its place, which is edited and so never doubled, and directly where the interaction is over or there was none. Discord knows a
 * message with the same key again. Never throws.
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
