/** Answers interactions and messages: acknowledges first, asks the coach, and shows the reply to the asker only. */

import {
  type APIInteraction,
  GatewayDispatchEvents,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  MessageFlags,
  type REST,
  Routes,
} from "discord.js";
import type { InOrder } from "#core/lib/serial.ts";
import { answerKey } from "#core/model/late-answer.ts";
import type { Choice, Reply } from "#core/model/reply.ts";
import { sayInPrivate } from "#core/voice/help.ts";
import { sayTypeInstead } from "#core/voice/trouble.ts";
import type { CoachApi, Inbound, SendResult } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { contextFor } from "../shared/pictures.ts";
import { sayDirectly } from "../shared/answer-directly.ts";
import type { Download } from "../shared/download.ts";
import { admittedCoach } from "../shared/gate.ts";
import { showPendingAnswer } from "../shared/owed-answers.ts";
import { type Patience, persist } from "../shared/retry.ts";
import type { DirectMessages } from "./direct-messages.ts";
import { classify, type Failure, reportFailure } from "./errors.ts";
import { type Dismiss, coachFor } from "./gate.ts";
import { type Asked, readInteraction, readMessage, readOrDrop } from "./inbound.ts";
import { callBack, offer } from "./interaction-callback.ts";
import type { Token } from "./interaction-token.ts";
import { checkMayPost } from "./may-post.ts";
import { type RenderContext, type MessageWithFiles, postAll, renderMessages } from "./render/attachments.ts";
import { showForms, type Shown } from "./render/fallback.ts";
import { renderForm } from "./render/index.ts";
import { resultOf } from "./rest-throttle.ts";

/** Dependencies of the answers. */
export type AnswerDeps = RenderContext & {
  readonly coach: CoachApi;
  readonly rest: REST;
  readonly directMessages: DirectMessages;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly inTurn: InOrder;
  readonly dismiss: Dismiss;
  readonly download: Download;
};

/** Answers an interaction. Never throws. */
export async function answerInteraction(payload: APIInteraction, deps: AnswerDeps): Promise<void> {
  const asked = readOrDrop(() => readInteraction(payload), GatewayDispatchEvents.InteractionCreate, deps.log);
  if (!asked) return;
  try {
    const coach = coachFor(asked, deps.coach);
    if (coach) await answerAsked(payload, asked, { ...deps, coach });
    else deps.dismiss(payload);
  } catch (error) {
    reportFailure(error, deps.log);
  }
}

async function answerAsked(payload: APIInteraction, asked: Asked, deps: AnswerDeps): Promise<void> {
  if (asked.kind === "typing") await offer(payload, await deps.coach.suggest(asked.typing), deps);
  if (asked.kind === "form") await openForm(payload, asked.inbound, deps);
  if (asked.kind === "say") await answer(payload, asked.inbound, deps);
}

/**
 * Opens the form of a choice. Discord takes a form only as the first response, so the coach is asked before any acknowledgement. If Discord
 * refuses the form, the reply says what to type instead.
 */
async function openForm(payload: APIInteraction, inbound: Inbound, deps: AnswerDeps): Promise<void> {
  const reply = await deps.coach.handle(inbound);
  if (!reply) return;
  const choice = fieldChoices(reply).find(({ says }) => says === inbound.text);
  await showPendingAnswer(deps.coach, inbound.source, async () => {
    const words = choice ? await tryForm(payload, choice, deps) : reply;
    if (!words) return;
    await acknowledge(payload, inbound, deps.rest);
    await show(payload, inbound, words, deps);
  });
}

/** Returns the reply to show instead of the form; undefined if the form is open or may be. */
async function tryForm(payload: APIInteraction, choice: Choice, deps: AnswerDeps): Promise<Reply | undefined> {
  try {
    await callBack(deps.rest, payload, { type: InteractionResponseType.Modal, data: renderForm(choice) });
    return undefined;
  } catch (error) {
    reportFailure(error, deps.log);
    return classify(error).kind === "refused" ? { blocks: [sayTypeInstead(choice.says)] } : undefined;
  }
}

function fieldChoices({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])).filter(({ field }) => field !== undefined);
}

/** Answers an interaction. If the acknowledgement fails, the coach is not asked: the user would not see the result. */
async function answer(payload: APIInteraction, inbound: Inbound, deps: AnswerDeps): Promise<void> {
  await acknowledge(payload, inbound, deps.rest);
  const reply = await deps.coach.handle({ ...inbound, mayPost: () => checkMayPost(payload, inbound, deps) });
  if (reply) await showPendingAnswer(deps.coach, inbound.source, () => show(payload, inbound, reply, deps));
  // Another connection has already answered it.
  else await deps.rest.delete(Routes.webhookMessage(payload.application_id, payload.token, "@original"), { auth: false });
}

/** Acknowledges once: Discord refuses a second try. After an ambiguous failure we go on: showing the answer will tell. */
async function acknowledge(payload: APIInteraction, inbound: Inbound, rest: REST): Promise<void> {
  try {
    await callBack(rest, payload, { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: flagsOf(inbound) } });
  } catch (error) {
    if (classify(error).kind !== "ambiguous") throw error;
  }
}

/** In direct messages the reply is an ordinary message. Elsewhere it is ephemeral: only the asker sees it. */
function flagsOf({ surface }: Inbound): number {
  return surface?.reach === "direct" ? 0 : MessageFlags.Ephemeral;
}

/**
 * Shows a reply as the answer to an interaction and retries while the user waits. If that fails or the interaction has expired, the user
 * gets the reply by direct message, without the public reply.
 */
export async function show(payload: Token, inbound: Inbound, reply: Reply, deps: AnswerDeps): Promise<void> {
  const context = contextFor(deps, inbound.account.id);
  const put = createPut(payload, inbound, deps.rest);
  const judge = (error: unknown): Failure => {
    reportFailure(error, deps.log);
    return classify(error);
  };
  const shown = await persist(() => showForms(reply, context, put, judge), againAfter, deps.patience);
  if (shown.kind !== "shown") return void (await answerByDirectMessage(inbound, reply, deps));
  if (reply.announcement && inbound.surface?.reach === "shared") await sayPublicly(payload, reply.announcement, deps);
}

/** Returns a sender that edits the deferred response and posts each further message once, also over several tries. */
function createPut({ application_id: id, token }: Token, inbound: Inbound, rest: REST) {
  const said = new Set<string>();
  return async ([first, ...others]: readonly MessageWithFiles[]): Promise<void> => {
    if (first) await rest.patch(Routes.webhookMessage(id, token, "@original"), { ...first, auth: false });
    for (const rendered of others) {
      const key = JSON.stringify(rendered.body);
      if (said.has(key)) continue;
      await rest.post(Routes.webhook(id, token), { body: flagged(rendered, inbound), files: rendered.files, auth: false });
      said.add(key);
    }
  };
}

/** Ambiguous and unsent messages are tried again. */
function againAfter(shown: Shown): "soon" | Temporal.Duration | undefined {
  if (shown.kind === "wait") return shown.after;
  return shown.kind === "ambiguous" || shown.kind === "not-sent" ? "soon" : undefined;
}

/** Answers by direct message, whatever happened to the channel where the user asked. */
export async function answerByDirectMessage(inbound: Inbound, { blocks }: Reply, deps: AnswerDeps): Promise<SendResult> {
  const { coach, directMessages } = deps;
  const reply: Reply = { blocks };
  const result = await sayDirectly(inbound, reply, () => directMessages.send(inbound.account.id, reply, answerKey(inbound.source)), {
    ...deps,
    defer: coach.defer,
  });
  if (result.kind === "refused" || result.kind === "closed") deps.log.warn("discord-answer-refused", { ...result });
  return result;
}

/** Posts the public reply as a message of its own. A failure is logged; the asker's answer remains. */
async function sayPublicly(payload: Token, blocks: Reply["blocks"], deps: AnswerDeps): Promise<void> {
  try {
    for (const { body, files } of await renderMessages({ blocks }, deps))
      await deps.rest.post(Routes.webhook(payload.application_id, payload.token), { body, files, auth: false });
  } catch (error) {
    deps.log.warn("discord-public-reply-failed", describeError(error));
  }
}

function flagged({ body }: MessageWithFiles, inbound: Inbound): MessageWithFiles["body"] {
  return { ...body, flags: (body.flags ?? 0) | flagsOf(inbound) };
}

/** Answers a message, if it is meant for the bot. Never throws. */
export async function answerMessage(payload: GatewayMessageCreateDispatchData, botId: string, deps: AnswerDeps): Promise<void> {
  const inbound = readOrDrop(() => readMessage(payload, botId, deps.download), GatewayDispatchEvents.MessageCreate, deps.log);
  try {
    const reply = inbound && (await admittedCoach(deps.coach, inbound)?.handle(inbound));
    if (!reply) return;
    const give = inbound.surface?.reach === "direct" ? answerWords : answerMention;
    await showPendingAnswer(deps.coach, inbound.source, () => give(payload, inbound, reply, deps));
  } catch (error) {
    reportFailure(error, deps.log);
  }
}

/** Answers in the DM channel of the message. If Discord no longer knows that channel, the DM channel is reopened. */
async function answerWords(
  { channel_id: channel }: GatewayMessageCreateDispatchData,
  inbound: Inbound,
  reply: Reply,
  deps: AnswerDeps,
): Promise<void> {
  const key = answerKey(inbound.source);
  const context = contextFor(deps, inbound.account.id);
  let isChannelGone = false;
  const send = async (): Promise<SendResult> => {
    if (isChannelGone) return await deps.directMessages.send(inbound.account.id, reply, key);
    const shown = await showForms(
      reply,
      context,
      (messages) => postAll(deps.rest, channel, messages, { key }),
      (error) => {
        reportFailure(error, deps.log);
        return classify(error);
      },
    );
    isChannelGone = shown.kind === "channel-gone";
    return shown.kind === "shown" ? { kind: "sent" } : resultOf(shown);
  };
  const result = await sayDirectly(inbound, reply, send, { ...deps, defer: deps.coach.defer });
  if (result.kind === "refused" || result.kind === "closed") deps.log.warn("discord-answer-refused", { ...result });
}

/**
 * Answers a mention, which is public. The answer goes to the asker by direct message. If it is not sent, the channel gets `sayInPrivate`.
 */
async function answerMention(payload: GatewayMessageCreateDispatchData, inbound: Inbound, reply: Reply, deps: AnswerDeps): Promise<void> {
  const { kind } = await answerByDirectMessage(inbound, reply, deps);
  const tell = async (blocks: Reply["blocks"], key: string, answers?: string): Promise<void> => {
    const messages = await renderMessages({ blocks }, deps);
    const post = (): Promise<Shown> =>
      postAll(deps.rest, payload.channel_id, messages, { key, ...(answers === undefined ? {} : { answers }) }).then(
        () => ({ kind: "shown" }) as const,
        (error: unknown) => {
          reportFailure(error, deps.log);
          return classify(error);
        },
      );
    await persist(post, againAfter, deps.patience);
  };
  if (kind !== "sent" && kind !== "unknown") await tell([sayInPrivate()], `${inbound.source} untold`, payload.id);
  if (reply.announcement) await tell(reply.announcement, `${inbound.source} aloud`);
}
