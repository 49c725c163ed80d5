/** Answers what people ask: shows what the coach says where only the asker reads it, and directly where that fails. */

import { setTimeout } from "node:timers/promises";
import type { KnownBlock } from "@slack/web-api";
import { placeOf } from "#core/place.ts";
import type { Choice, Reply } from "#core/reply.ts";
import type { Ear, Inbound } from "#src/ports.ts";
import type { MayManage } from "./channels.ts";
import { respond } from "./client.ts";
import { classify } from "./failure.ts";
import type { Homes } from "./home.ts";
import type { Asked, Place, Pressed } from "./inbound.ts";
import { spellPlace } from "./inbound.ts";
import { type Desk, uploadAll, withPictures } from "./letter.ts";
import type { Mail } from "./mail.ts";
import { accountOf, type People } from "./people.ts";
import { download } from "../download.ts";
import type { Bot } from "./place.ts";
import { type Message, renderForm, renderReply } from "./render.ts";

/** What answers are given with. */
export type AnswerDeps = Desk & {
  readonly ear: Ear;
  readonly mail: Mail;
  readonly people: People;
  readonly homes: Homes;
  readonly mayManage: MayManage;
};

/** Answers what was asked. Never throws. */
export async function answer(asked: Asked, bot: Bot, deps: AnswerDeps): Promise<void> {
  try {
    const inbound = await meet(asked, bot, deps);
    const reply = await deps.ear.handle(inbound);
    // It was answered before, on another connection.
    if (!reply) return;
    await show(asked, { bot, reply, inbound }, deps);
    if (asked.place.kind !== "home") await deps.homes.refresh(bot, asked.someone, deps.ear);
  } catch (error) {
    deps.log.error("slack-answer-failed", placeOf(error));
  }
}

/** Answers a press, or opens the form that it asks for, with what stands there now. Never throws. */
export async function answerPress({ asked, form }: Pressed, bot: Bot, deps: AnswerDeps): Promise<void> {
  if (!form) return await answer(asked, bot, deps);
  try {
    const inbound = await meet(asked, bot, deps);
    const reply = await deps.ear.handle(inbound);
    const usual: Choice = { label: form.label, says: asked.text, field: { label: form.label, value: "" } };
    const choice = (reply && fieldChoices(reply).find(({ says }) => says === asked.text)) ?? usual;
    await deps.client.views.open({ token: bot.token, trigger_id: form.trigger, view: renderForm(choice, spellPlace(asked.place)) });
  } catch (error) {
    deps.log.error("slack-form-failed", placeOf(error));
  }
}

function fieldChoices({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])).filter(({ field }) => field !== undefined);
}

/** Who asks, as far as Slack tells in time: nobody waits for an answer because their profile does not come. */
async function meet({ source, someone, surface, text, file }: Asked, bot: Bot, { people, log, mayManage }: AnswerDeps): Promise<Inbound> {
  const profile = await people.find(bot, someone).catch((error: unknown) => log.warn("slack-profile-failed", placeOf(error)));
  const account = accountOf(someone, profile ?? undefined);
  const read = (most: number): Promise<Uint8Array> => download(file?.url ?? "", most, { authorization: `Bearer ${bot.token}` });
  const sent = file ? { file: { name: file.name, size: file.size, read } } : {};
  return { source, surface, text, account, mayManage: async () => await mayManage(bot, someone, surface.address), ...sent };
}

type Answer = { readonly bot: Bot; readonly reply: Reply; readonly inbound: Inbound };

async function show({ place, someone }: Asked, { bot, reply, inbound }: Answer, deps: AnswerDeps): Promise<void> {
  try {
    if (place.kind === "home") return await deps.homes.show(bot, someone, deps.ear, reply);
    // Only in a conversation of two can a file be shown to one person alone.
    if (place.kind !== "mail" && !reply.blocks.some(({ kind }) => kind === "file")) {
      await sayAll(reply, place, { bot, user: someone.user }, deps);
      return await sayAloud({ bot, reply, inbound }, place, deps);
    }
  } catch (error) {
    const over = classify(error).kind === "over";
    if (over) deps.log.info("slack-answer-over", placeOf(error));
    else deps.log.error("slack-answer-failed", placeOf(error));
  }
  await deps.mail.send(inbound.account.id, reply, inbound.source);
}

/** Messages of their own, for everybody there. What was shown to the asker stands, whatever comes of this. */
async function sayAloud({ bot, reply, inbound }: Answer, place: Spoken, deps: AnswerDeps): Promise<void> {
  if (!reply.aloud || inbound.surface.reach === "direct") return;
  const messages = renderReply(deps.spell({ blocks: reply.aloud }), new Map());
  try {
    for (const message of messages) await sayToAll(message, place, bot, deps);
  } catch (error) {
    deps.log.warn("slack-not-aloud", placeOf(error));
  }
}

async function sayToAll({ text, blocks }: Message, place: Spoken, { token }: Bot, { client }: AnswerDeps): Promise<void> {
  const message = { text, blocks: [...blocks], unfurl_links: false, unfurl_media: false };
  if (place.kind === "address") await respond(place.url, { ...message, response_type: "in_channel", replace_original: false });
  else await client.chat.postMessage({ token, channel: place.channel, ...message });
}

type Whom = { readonly bot: Bot; readonly user: string };
type Spoken = Extract<Place, { readonly kind: "address" | "conversation" | "whisper" }>;

async function sayAll(reply: Reply, place: Spoken, whom: Whom, deps: AnswerDeps): Promise<void> {
  const spelled = deps.spell(reply);
  for (const message of renderReply(spelled, await uploadAll(spelled, whom.bot, deps))) await say(message, place, whom, deps);
}

/** For so long somebody waits for an answer where Slack wants to be left alone. */
const longestWait = Temporal.Duration.from({ seconds: 10 });

/** What was not heard, or was not taken just now, is said once more: an answer that is there twice does no harm, and one that is missing does. */
async function say(message: Message, place: Spoken, whom: Whom, deps: AnswerDeps): Promise<void> {
  try {
    await sayOnce(message, place, whom, deps);
  } catch (error) {
    const failure = classify(error);
    const isFull = failure.kind === "wait" && Temporal.Duration.compare(failure.after, longestWait) <= 0;
    if (!isFull && !["unheard", "unsent"].includes(failure.kind)) throw error;
    if (isFull) await setTimeout(failure.after.total("milliseconds"));
    await sayOnce(message, place, whom, deps);
  }
}

async function sayOnce({ text, blocks }: Message, place: Spoken, whom: Whom, deps: AnswerDeps): Promise<void> {
  await withPictures(blocks, (shown) => sayAt(place, { text, blocks: shown }, whom, deps), deps);
}

async function sayAt(
  place: Spoken,
  { text, blocks }: { readonly text: string; readonly blocks: KnownBlock[] },
  { bot: { token }, user }: Whom,
  { client }: AnswerDeps,
): Promise<void> {
  const message = { text, blocks, unfurl_links: false, unfurl_media: false };
  switch (place.kind) {
    case "address":
      return await respond(place.url, { ...message, response_type: place.isDirect ? "in_channel" : "ephemeral", replace_original: false });
    case "conversation":
      return void (await client.chat.postMessage({ token, channel: place.channel, ...message, ...threaded(place) }));
    case "whisper":
      return void (await client.chat.postEphemeral({ token, channel: place.channel, user, text, blocks, ...threaded(place) }));
  }
}

function threaded({ thread }: { readonly thread: string | undefined }) {
  return thread === undefined ? {} : { thread_ts: thread };
}
