/** Answers interactions and messages: acknowledges first, asks the coach, and shows what it says where only the asker reads it. */

import {
  type APIInteraction,
  type GatewayMessageCreateDispatchData,
  InteractionResponseType,
  MessageFlags,
  type REST,
  Routes,
} from "discord.js";
import { placeOf } from "#core/place.ts";
import type { Choice, Reply } from "#core/reply.ts";
import { sayInPrivate } from "#core/voice/help.ts";
import type { Suggestion } from "#core/suggestion.ts";
import type { Ear, Inbound, Log } from "#src/ports.ts";
import { classify } from "./failure.ts";
import { readInteraction, readMessage } from "./inbound.ts";
import { type Desk, type Letter, postAll, writeLetters } from "./letter.ts";
import type { Mail } from "./mail.ts";
import { renderForm } from "./render.ts";

/** What answers are given with. */
export type AnswerDeps = Desk & { readonly ear: Ear; readonly rest: REST; readonly mail: Mail };

/** Answers an interaction. Never throws. */
export async function answerInteraction(payload: APIInteraction, deps: AnswerDeps): Promise<void> {
  try {
    const asked = readInteraction(payload);
    if (asked.kind === "typing") await offer(payload, await deps.ear.suggest(asked.typing), deps);
    if (asked.kind === "form") await openForm(payload, asked.inbound, deps);
    if (asked.kind === "say") await answer(payload, asked.inbound, deps);
  } catch (error) {
    reportFailure(error, deps.log);
  }
}

/** That an interaction is over is nobody's fault: it came twice, or its answer too late. */
function reportFailure(error: unknown, log: Log): void {
  if (classify(error).kind === "over") log.info("discord-interaction-over", placeOf(error));
  else log.error("discord-answer-failed", placeOf(error));
}

async function offer(payload: APIInteraction, suggestions: readonly Suggestion[], { rest }: AnswerDeps): Promise<void> {
  const choices = suggestions.map(({ label, words }) => ({ name: label, value: words }));
  await callBack(rest, payload, { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices } });
}

/** A form must be the first answer, so what it holds is asked for at once: the choice stands in what is said to its words alone. */
async function openForm(payload: APIInteraction, inbound: Inbound, deps: AnswerDeps): Promise<void> {
  const reply = await deps.ear.handle(inbound);
  const choice = reply && fieldChoices(reply).find(({ says }) => says === inbound.text);
  if (choice) await callBack(deps.rest, payload, { type: InteractionResponseType.Modal, data: renderForm(choice) });
  else if (reply) await show(payload, inbound, reply, { ...deps, isFirst: true });
}

function fieldChoices({ blocks }: Reply): readonly Choice[] {
  return blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])).filter(({ field }) => field !== undefined);
}

/** Nothing is done for somebody who does not see that it is: where the acknowledgement is refused, the coach is not asked. */
async function answer(payload: APIInteraction, inbound: Inbound, deps: AnswerDeps): Promise<void> {
  await acknowledge(payload, inbound, deps.rest);
  const reply = await deps.ear.handle(inbound);
  if (reply) await show(payload, inbound, reply, { ...deps, isFirst: false });
  // It was answered before, on another connection.
  else await deps.rest.delete(Routes.webhookMessage(payload.application_id, payload.token, "@original"), { auth: false });
}

/** Asked twice it would be refused as done, as if by another program. What may have been heard is gone on with: the answer tells. */
async function acknowledge(payload: APIInteraction, inbound: Inbound, rest: REST): Promise<void> {
  try {
    await callBack(rest, payload, { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags: flagsOf(inbound) } });
  } catch (error) {
    if (classify(error).kind !== "unheard") throw error;
  }
}

/** Alone with the bot it stays, as everything there is private; elsewhere only the asker sees it. */
function flagsOf({ surface }: Inbound): number {
  return surface.reach === "direct" ? 0 : MessageFlags.Ephemeral;
}

/**
 * Shows a reply as the answer to an interaction. Where that fails, or it has become too old, the person gets it directly, and what was to be
 * said aloud is not.
 */
async function show(
  payload: APIInteraction,
  inbound: Inbound,
  reply: Reply,
  { isFirst, ...deps }: AnswerDeps & { readonly isFirst: boolean },
): Promise<void> {
  const [first, ...others] = await writeLetters(reply, deps);
  if (!first) return;
  try {
    if (isFirst)
      await callBack(
        deps.rest,
        payload,
        { type: InteractionResponseType.ChannelMessageWithSource, data: flagged(first, inbound) },
        first.files,
      );
    else {
      const original = Routes.webhookMessage(payload.application_id, payload.token, "@original");
      await persist(() => deps.rest.patch(original, { ...first, auth: false }));
    }
    for (const letter of others)
      await deps.rest.post(Routes.webhook(payload.application_id, payload.token), {
        body: flagged(letter, inbound),
        files: letter.files,
        auth: false,
      });
    if (reply.aloud && inbound.surface.reach === "shared") await sayAloud(payload, reply.aloud, deps);
  } catch (error) {
    reportFailure(error, deps.log);
    await deps.mail.send(inbound.account.id, reply, inbound.source);
  }
}

/** A message of its own, for everybody there. What was shown to the asker stands, whatever comes of this. */
async function sayAloud(payload: APIInteraction, blocks: Reply["blocks"], deps: AnswerDeps): Promise<void> {
  try {
    for (const { body, files } of await writeLetters({ blocks }, deps))
      await deps.rest.post(Routes.webhook(payload.application_id, payload.token), { body, files, auth: false });
  } catch (error) {
    deps.log.warn("discord-not-aloud", placeOf(error));
  }
}

function flagged({ body }: Letter, inbound: Inbound): Letter["body"] {
  return { ...body, flags: (body.flags ?? 0) | flagsOf(inbound) };
}

/** Asks once more where no answer was heard. Only for what does no harm twice. */
async function persist(ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask();
  } catch (error) {
    if (!["unheard", "unsent"].includes(classify(error).kind)) throw error;
    await ask();
  }
}

async function callBack(rest: REST, { id, token }: APIInteraction, body: object, files: Letter["files"] = []): Promise<void> {
  await rest.post(Routes.interactionCallback(id, token), { body, files, auth: false });
}

/** Answers a message, if it is meant for the bot. Never throws. */
export async function answerMessage(payload: GatewayMessageCreateDispatchData, botId: string, deps: AnswerDeps): Promise<void> {
  try {
    const inbound = readMessage(payload, botId);
    const reply = inbound && (await deps.ear.handle(inbound));
    if (!reply) return;
    if (inbound.surface.reach === "direct") {
      const letters = await writeLetters(reply, deps);
      await persist(() => postAll(deps.rest, payload.channel_id, letters, { key: inbound.source }));
    } else await answerMention(payload, inbound, reply, deps);
  } catch (error) {
    reportFailure(error, deps.log);
  }
}

/** What a mention asks stands where everybody reads it; the answer goes to the asker alone, or is not told at all. */
async function answerMention(
  payload: GatewayMessageCreateDispatchData,
  { account, source }: Inbound,
  reply: Reply,
  { mail, rest, ...desk }: AnswerDeps,
): Promise<void> {
  const { kind } = await mail.send(account.id, { blocks: reply.blocks }, source);
  if (kind !== "sent" && kind !== "unknown") {
    const letters = await writeLetters({ blocks: [sayInPrivate()] }, desk);
    await persist(() => postAll(rest, payload.channel_id, letters, { key: `${source} untold`, answers: payload.id }));
  }
  if (!reply.aloud) return;
  const aloud = await writeLetters({ blocks: reply.aloud }, desk);
  await persist(() => postAll(rest, payload.channel_id, aloud, { key: `${source} aloud` }));
}
