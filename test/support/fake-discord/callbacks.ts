/** The bot's first response to an interaction. */

import {
  ApplicationCommandAutocompleteCallbackRequestSchema,
  CreateMessageInteractionCallbackRequestSchema,
  ModalInteractionCallbackRequestSchema,
  PongInteractionCallbackRequestSchema,
  UpdateMessageInteractionCallbackRequestSchema,
} from "discord-api-spec/zod";
import { InteractionResponseType, InteractionType } from "discord.js";
import type { ZodMiniType } from "zod/mini";
import type { Upload } from "./body.ts";
import { type Call, done, ok, type Reply, type Route } from "./call.ts";
import { type Choice, choiceProblems } from "./command-rules.ts";
import { modalProblems } from "./component-rules.ts";
import { draftOf, type Responses } from "./responses.ts";
import type { Interaction } from "./interactions.ts";
import type { MessageBody } from "./message-content.ts";
import { modalOf, type ModalBody } from "./modals.ts";
import { refuseProblems, refusals } from "./refusal.ts";
import { shapeProblems } from "./schema.ts";
import type { Offer } from "./types.ts";

type Callback = { readonly type: InteractionResponseType; readonly data?: unknown };

const shapes: Partial<Record<InteractionResponseType, ZodMiniType>> = {
  [InteractionResponseType.Pong]: PongInteractionCallbackRequestSchema,
  [InteractionResponseType.ChannelMessageWithSource]: CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredChannelMessageWithSource]: CreateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.DeferredMessageUpdate]: UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.UpdateMessage]: UpdateMessageInteractionCallbackRequestSchema,
  [InteractionResponseType.ApplicationCommandAutocompleteResult]: ApplicationCommandAutocompleteCallbackRequestSchema,
  [InteractionResponseType.Modal]: ModalInteractionCallbackRequestSchema,
};

/** Milliseconds for which "is thinking…" may be shown. */
const thinking = 15_000;

/** The route of first responses. */
export function callbackRoutes(responses: Responses): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/interactions/{id}/{token}/callback",
      isOpen: true,
      answer: ({ params, query, body }: Call): Reply => {
        const interaction = responses.interactions.byToken(params["token"] ?? "");
        if (!interaction || interaction.id !== params["id"] || interaction.state === "lost") throw refusals.unknownInteraction();
        if (interaction.state === "answered") throw refusals.alreadyAnswered();
        const callback = checked(body.json, interaction);
        take(responses, interaction, { callback, uploads: body.uploads });
        interaction.state = "answered";
        return query.get("with_response") === "true" ? ok(resource(responses, interaction, callback)) : done;
      },
    },
  ];
}

function checked(json: unknown, { deed }: Interaction): Callback {
  const callback = (json ?? {}) as Callback;
  const shape = shapes[callback.type];
  if (!shape) refuseProblems([`type: ${String(callback.type)} is no answer that is known`]);
  else refuseProblems(shapeProblems(shape, json));
  const isTyping = deed.type === InteractionType.ApplicationCommandAutocomplete;
  const isOffer = callback.type === InteractionResponseType.ApplicationCommandAutocompleteResult;
  const isUpdate =
    callback.type === InteractionResponseType.UpdateMessage || callback.type === InteractionResponseType.DeferredMessageUpdate;
  const isModal = callback.type === InteractionResponseType.Modal;
  if (isTyping !== isOffer) refuseProblems(["type: offers answer typing, and nothing else does"]);
  if (isUpdate && !deed.source) refuseProblems(["type: there is no message to update"]);
  if (isModal && deed.type === InteractionType.ModalSubmit) refuseProblems(["type: a form does not answer a form"]);
  return callback;
}

type Taken = { readonly callback: Callback; readonly uploads: readonly Upload[] };

function take(responses: Responses, interaction: Interaction, { callback, uploads }: Taken): void {
  const body = (callback.data ?? {}) as MessageBody;
  if (callback.type === InteractionResponseType.ChannelMessageWithSource) {
    responses.settle(interaction, draftOf(interaction, body, uploads));
  } else if (callback.type === InteractionResponseType.DeferredChannelMessageWithSource) {
    responses.promise(interaction, body);
    responses.timers.after(thinking, () => responses.giveUp(interaction));
  } else if (callback.type === InteractionResponseType.DeferredMessageUpdate) {
    responses.keepSource(interaction);
    Object.assign(interaction, { isDeferred: true });
    responses.timers.after(responses.patience, () => interaction.finish({ kind: "nothing" }));
  } else if (callback.type === InteractionResponseType.UpdateMessage) {
    responses.keepSource(interaction);
    responses.update(interaction, body, uploads);
  } else if (callback.type === InteractionResponseType.Modal) {
    openModal(interaction, callback.data as ModalBody);
  } else if (callback.type === InteractionResponseType.ApplicationCommandAutocompleteResult) {
    offer(interaction, (callback.data as { readonly choices?: readonly Choice[] }).choices ?? []);
  }
}

function openModal(interaction: Interaction, body: ModalBody): void {
  refuseProblems(modalProblems(body));
  interaction.finish({ kind: "modal", modal: modalOf(body, interaction.id) });
}

function offer({ deed, finish }: Interaction, choices: readonly Choice[]): void {
  refuseProblems(choiceProblems(choices).map((words) => `choices: ${words}`));
  const { locale } = deed.member;
  const offers = choices.map(({ name, name_localizations: names, value }): Offer => ({
    name: names?.[locale] ?? name,
    value: String(value),
  }));
  finish({ kind: "offers", offers });
}

function resource(responses: Responses, { id, deed, original }: Interaction, { type }: Callback): unknown {
  const message = responses.messages.find(original ?? "");
  const about = message ? { response_message_id: message.id, response_message_ephemeral: message.onlyFor !== undefined } : {};
  const loading = { response_message_loading: type === InteractionResponseType.DeferredChannelMessageWithSource };
  const interaction = { id, type: deed.type, ...about, ...loading };
  return message ? { interaction, resource: { type, message: message.raw } } : { interaction };
}
