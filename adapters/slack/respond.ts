/** Answers people: shows the coach's reply where only the asker reads it, or by direct message if that fails. */

import type { InOrder } from "#core/lib/serial.ts";
import { answerKey } from "#core/model/late-answer.ts";
import type { Choice, Reply } from "#core/model/reply.ts";
import { sayTypeInstead } from "#core/voice/trouble.ts";
import type { CoachApi, Inbound, SendResult } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock } from "#src/ports/runtime.ts";
import { contextFor } from "../shared/pictures.ts";
import { sayDirectly } from "../shared/answer-directly.ts";
import type { Download } from "../shared/download.ts";
import { showPendingAnswer } from "../shared/owed-answers.ts";
import { type Patience, persist } from "../shared/retry.ts";
import type { AppHomes } from "./app-home.ts";
import type { MayManage, MayPost } from "./channel-posts.ts";
import { respond } from "./client.ts";
import { loadIncoming } from "./context.ts";
import type { DirectMessages } from "./direct-messages.ts";
import { classify, type Failure, resultOf } from "./errors.ts";
import { findSentParts, postAll } from "./find-sent.ts";
import type { BotTokens } from "./http/bot-tokens.ts";
import { type Bot, idOf } from "./ids.ts";
import { type Asked, type ResponseTarget, type Pressed, serializeTarget } from "./inbound.ts";
import { shortcut } from "./manifest/index.ts";
import { accountOf, type Profiles } from "./profiles.ts";
import type { RenderContext } from "./render/attachments.ts";
import { messagesOf, partsOf, showForms, type Shown } from "./render/fallback.ts";
import { type Message, renderForm, renderReply } from "./render/index.ts";

/** What answering needs. */
export type AnswerDeps = RenderContext & {
  readonly coach: CoachApi;
  readonly directMessages: DirectMessages;
  readonly tokens: Pick<BotTokens, "check">;
  readonly profiles: Profiles;
  readonly appHomes: AppHomes;
  readonly mayManage: MayManage;
  readonly mayPost: MayPost;
  readonly clock: Clock;
  readonly patience: Patience;
  readonly inTurn: InOrder;
  readonly download: Download;
};

/** Answers a request. Never throws. */
export async function answer(asked: Asked, bot: Bot, deps: AnswerDeps): Promise<void> {
  try {
    const inbound = await loadIncoming(asked, bot, deps);
    const reply = await deps.coach.handle(inbound);
    // Another connection already answered it.
    if (!reply) return;
    await showPendingAnswer(deps.coach, asked.source, () => show(asked, { bot, reply, inbound }, deps));
    if (asked.place.kind !== "home") await deps.appHomes.refresh(bot, asked.someone, deps.coach);
  } catch (error) {
    deps.log.error("slack-answer-failed", describeError(error));
  }
}

/** Answers a press, or opens its form with the current values. Never throws. */
export async function answerPress({ asked, form }: Pressed, bot: Bot, deps: AnswerDeps): Promise<void> {
  if (!form) return await answer(asked, bot, deps);
  try {
    const inbound = await loadIncoming(asked, bot, deps);
    const reply = await deps.coach.handle(inbound);
    const usual: Choice = { label: form.label, says: asked.text, field: { label: form.label, value: "" } };
    const choice = (reply && fieldChoices(reply).find(({ says }) => says === asked.text)) ?? usual;
    const view = renderForm(choice, serializeTarget(asked.place));
    const give = async (): Promise<void> => {
      const isOpen = await openForm(() => deps.client.views.open({ token: bot.token, trigger_id: form.trigger, view }), deps);
      if (!isOpen) await show(asked, { bot, reply: { blocks: [sayTypeInstead(choice.says)] }, inbound }, deps);
    };
    await (reply ? showPendingAnswer(deps.coach, asked.source, give) : give());
  } catch (error) {
    deps.log.error("slack-form-failed", describeError(error));
  }
}

/** Opens the form of the shortcut. If that fails, a direct message says what to type instead. Never throws. */
export async function answerShortcut(
  { source, someone, trigger }: Pick<Asked, "source" | "someone"> & { readonly trigger: string },
  bot: Bot,
  deps: AnswerDeps,
): Promise<void> {
  const { name, says } = shortcut;
  const view = renderForm({ label: name, says, field: { label: name, value: "" } }, serializeTarget({ kind: "mail" }));
  const isOpen = await openForm(() => deps.client.views.open({ token: bot.token, trigger_id: trigger, view }), deps);
  const inbound = { source, account: accountOf(someone, undefined) };
  if (!isOpen) await answerByDirectMessage({ bot, reply: { blocks: [sayTypeInstead(says)] }, inbound }, deps);
}

/** Milliseconds in which a form may open. Its trigger expires after three seconds. */
const formWait = 2000;

/** Opens a form; false if it does not open. If a lost attempt is followed by "trigger used up", the form is open. */
async function openForm(open: () => Promise<unknown>, { log, patience }: Pick<AnswerDeps, "log" | "patience">): Promise<boolean> {
  let mayBeOpen = false;
  const attempt = async (): Promise<Shown> =>
    await open().then(
      () => ({ kind: "shown" }) as const,
      (error: unknown) => {
        log.error("slack-form-failed", describeError(error));
        return classify(error);
      },
    );
  const shown = await persist(
    attempt,
    ({ kind }) => {
      mayBeOpen ||= kind === "ambiguous";
      return kind === "ambiguous" || kind === "not-sent" ? "soon" : undefined;
    },
    { ...patience, waited: Math.min(formWait, patience.waited) },
  );
  return shown.kind === "shown" || (mayBeOpen && shown.kind === "expired");
}

function fieldChoices({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])).filter(({ field }) => field !== undefined);
}

/** An answer to show. `since` is when an earlier process may have shown it. */
export type Answer = { readonly bot: Bot; readonly reply: Reply; readonly inbound: Inbound; readonly since?: Temporal.Instant };
/** An answer without a place, for direct messages. */
type Direct = Omit<Answer, "inbound"> & { readonly inbound: Pick<Inbound, "source" | "account"> };

/** Shows an answer where it was asked for, or by direct message if that fails. */
export async function show(asked: Asked, answer: Answer, deps: AnswerDeps): Promise<void> {
  const { place } = asked;
  // Only in a direct conversation can a file be shown to one person alone.
  const hasFile = answer.reply.blocks.some(({ kind }) => kind === "file");
  if (place.kind === "conversation") return await converse(place, answer, deps);
  if (place.kind === "mail" || (hasFile && place.kind !== "home")) return await answerByDirectMessage(answer, deps);
  const shown = await persist(createShow(asked, answer, deps), againAfter, deps.patience);
  if (shown.kind !== "shown") return await answerByDirectMessage(answer, deps);
  if (place.kind !== "home") await sayPublicly(answer, place, deps);
}

/** Returns a function that shows the answer to the asker alone. A retry does not repeat the parts already shown. */
function createShow({ place, someone }: Asked, { bot, reply }: Answer, deps: AnswerDeps): () => Promise<Shown> {
  const context = contextFor<RenderContext>(deps, idOf(someone));
  const said = new Set<string>();
  const attempt = async (): Promise<Shown> => {
    if (place.kind === "home") return await deps.appHomes.show(bot, someone, deps.coach, reply);
    if (place.kind !== "address" && place.kind !== "whisper") return { kind: "expired" };
    return await showForms<Shown>(reply, deps.log, async (form) => {
      for (const [index, message] of (await messagesOf(form, bot, context)).entries()) {
        const key = `${form.kind} ${index}`;
        if (!said.has(key)) await sayAt(place, message, { bot, user: someone.user }, deps);
        said.add(key);
      }
      return { kind: "shown" };
    });
  };
  return async () => {
    const shown = await attempt();
    if (shown.kind === "expired") deps.log.info("slack-answer-expired", { place: place.kind });
    else if (shown.kind !== "shown") deps.log.error("slack-answer-failed", told(shown, place));
    return shown;
  };
}

function told(failure: Failure, { kind }: ResponseTarget): Readonly<Record<string, string>> {
  return { failure: failure.kind, code: "code" in failure ? failure.code : "", place: kind };
}

/** When to retry: soon if the result is ambiguous or temporary, later if Slack names a time. */
function againAfter(shown: Shown): "soon" | Temporal.Duration | undefined {
  if (shown.kind === "wait") return shown.after;
  return shown.kind === "ambiguous" || shown.kind === "not-sent" ? "soon" : undefined;
}

/** Answers in the direct conversation. Messages are marked, so a retry first searches for one that may have arrived. */
async function converse(
  place: Extract<ResponseTarget, { readonly kind: "conversation" }>,
  answer: Answer,
  deps: AnswerDeps,
): Promise<void> {
  const { bot, reply, inbound } = answer;
  const { channel, thread } = place;
  const key = answerKey(inbound.source);
  const context = contextFor<RenderContext>(deps, inbound.account.id);
  let isChannelGone = false;
  const send = async (since: Temporal.Instant | undefined): Promise<SendResult> => {
    if (isChannelGone) return await deps.directMessages.send(inbound.account.id, reply, key, since);
    const shown = await tryPost(since);
    if (shown.kind === "shown") return { kind: "sent" };
    deps.log.error("slack-answer-failed", told(shown, place));
    if (shown.kind === "auth-revoked") await deps.tokens.check(bot.home);
    isChannelGone = shown.kind === "channel-gone";
    return isChannelGone ? { kind: "later" } : resultOf(shown);
  };
  const tryPost = async (since: Temporal.Instant | undefined): Promise<Shown> => {
    try {
      const arrived = since ? await findSentParts(deps, bot, channel, { key, since, thread }) : new Set<number>();
      return arrived === "beyond" ? { kind: "ambiguous" } : await postAll(context, { bot, channel, key, arrived, thread }, reply);
    } catch (error) {
      return classify(error);
    }
  };
  await answerDirectly(answer, (since) => send(since ?? answer.since), deps);
}

/** Answers by direct message, whatever happened at the original place. */
async function answerByDirectMessage(answer: Direct, deps: AnswerDeps): Promise<void> {
  const { reply, inbound } = answer;
  await answerDirectly(
    answer,
    (since) => deps.directMessages.send(inbound.account.id, reply, answerKey(inbound.source), since ?? answer.since),
    deps,
  );
}

async function answerDirectly({ inbound, reply }: Direct, send: Parameters<typeof sayDirectly>[2], deps: AnswerDeps): Promise<void> {
  const result = await sayDirectly(inbound, reply, send, { ...deps, defer: deps.coach.defer });
  if (result.kind === "refused" || result.kind === "closed") deps.log.warn("slack-answer-refused", { ...result });
}

/** Posts the public part of a reply as separate messages. The private answer stays, even if this fails. */
async function sayPublicly({ bot, reply, inbound }: Answer, place: Whispered, deps: AnswerDeps): Promise<void> {
  if (!reply.announcement || inbound.surface?.reach !== "shared") return;
  const messages = renderReply(deps.rewriteCommands({ blocks: reply.announcement }), new Map());
  try {
    for (const message of messages) await sayToAll(message, place, bot, deps);
  } catch (error) {
    deps.log.warn("slack-public-reply-failed", describeError(error));
  }
}

async function sayToAll({ text, blocks }: Message, place: Whispered, { token }: Bot, { client, log }: AnswerDeps): Promise<void> {
  const message = { text, blocks: [...blocks], unfurl_links: false, unfurl_media: false };
  if (place.kind === "address") await respond(place.url, { ...message, response_type: "in_channel", replace_original: false }, log);
  else await client.chat.postMessage({ token, channel: place.channel, ...message });
}

type Whom = { readonly bot: Bot; readonly user: string };
type Whispered = Extract<ResponseTarget, { readonly kind: "address" | "whisper" }>;

async function sayAt(place: Whispered, message: Message, { bot: { token }, user }: Whom, { client, log }: AnswerDeps): Promise<void> {
  const parts = partsOf(message);
  if (place.kind === "whisper") {
    const threaded = place.thread === undefined ? {} : { thread_ts: place.thread };
    return void (await client.chat.postEphemeral({ token, channel: place.channel, user, ...parts, ...threaded }));
  }
  const kind = place.isDirect ? "in_channel" : "ephemeral";
  await respond(place.url, { ...parts, unfurl_links: false, unfurl_media: false, response_type: kind, replace_original: false }, log);
}
