/** Resumes answers that an earlier process may not have shown. */

import { describeError } from "#src/ports/describe-error.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import { type AnswerDeps, show } from "./respond.ts";
import { parseAnswerTarget } from "./answer-target.ts";
import type { Asked } from "./inbound.ts";
import type { Bot } from "./ids.ts";

/**
 * Gives one answer. In a direct conversation it is searched for first. Elsewhere only the asker can see it, so repeating it is harmless; if
 * its response URL has expired, it goes by direct message. Never throws.
 */
export async function answerOnceMore(
  owed: UnansweredReply,
  find: (home: string) => Promise<Bot | undefined>,
  deps: AnswerDeps,
): Promise<void> {
  const { source, account, reply, at } = owed;
  try {
    const to = parseAnswerTarget(owed.answerTo);
    const bot = to && (await find(to.home));
    if (!to || !bot) return deps.log.warn("slack-answer-without-bot");
    const asked: Asked = { source, someone: to.someone, place: to.place, text: "", surface: undefined };
    await show(
      asked,
      { bot, reply, inbound: { source, account: { ...account, name: "" }, surface: undefined, text: "" }, since: at },
      deps,
    );
  } catch (error) {
    deps.log.error("slack-answer-failed", describeError(error));
  }
}
