/** Builds the coach's incoming message from what somebody asked. */

import type { PostPermission } from "#core/model/group.ts";
import type { Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import { serializeAnswerTarget } from "./answer-target.ts";
import type { Bot } from "./ids.ts";
import { sentFile } from "./inbound-files.ts";
import type { Asked } from "./inbound.ts";
import { accountOf } from "./profiles.ts";
import type { AnswerDeps } from "./respond.ts";

type LoadIncomingDeps = Pick<AnswerDeps, "profiles" | "log" | "download" | "mayManage" | "mayPost">;

/** Loads the asker's profile if Slack answers in time. A missing profile does not delay the answer. */
export async function loadIncoming(
  { source, also, someone, surface, text, file, place }: Asked,
  bot: Bot,
  deps: LoadIncomingDeps,
): Promise<Inbound> {
  const { profiles, log, download, ...ask } = deps;
  const profile = await profiles.find(bot, someone).catch((error: unknown) => log.warn("slack-profile-failed", describeError(error)));
  const account = accountOf(someone, profile ?? undefined);
  const sent = file ? { file: sentFile(file, bot, download) } : {};
  const mayManage = async (): Promise<boolean> => surface !== undefined && (await ask.mayManage(bot, someone, surface.address));
  const mayPost = async (): Promise<PostPermission> => (surface ? await ask.mayPost(bot, someone, surface.address) : "unknown");
  const answerTo = serializeAnswerTarget({ home: bot.home, someone, place });
  return { source, ...(also === undefined ? {} : { also }), surface, text, account, answerTo, mayManage, mayPost, ...sent };
}
