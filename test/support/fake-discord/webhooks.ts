/** Routes of webhooks: later responses to an interaction. */

import { IncomingWebhookInteractionRequestSchema, IncomingWebhookUpdateRequestPartialSchema } from "discord-api-spec/zod";
import { type Call, done, ok, type Route } from "./call.ts";
import { type Responses, draftOf } from "./responses.ts";
import type { Interaction } from "./interactions.ts";
import type { MessageBody } from "./message-content.ts";
import type { Message } from "./messages.ts";
import { refuseProblems, refusals } from "./refusal.ts";
import { shapeProblems } from "./schema.ts";

/** The validity of an interaction token. */
const tokenAge = Temporal.Duration.from({ minutes: 15 });

/** The routes of later responses. */
export function webhookRoutes(responses: Responses): readonly Route[] {
  const path = "/webhooks/{application}/{token}";
  const message = `${path}/messages/{message}`;
  const route = (method: string, at: string, answer: Route["answer"]): Route => ({ method, path: at, answer, isOpen: true });
  return [
    route("POST", path, (call) => {
      const interaction = answered(responses, call);
      refuseProblems(shapeProblems(IncomingWebhookInteractionRequestSchema, call.body.json));
      return ok(responses.followUp(interaction, draftOf(interaction, call.body.json as MessageBody, call.body.uploads)).raw);
    }),
    route("GET", message, (call) => ok(found(responses, call).message.raw)),
    route("PATCH", message, (call) => {
      const { interaction, message } = found(responses, call);
      refuseProblems(shapeProblems(IncomingWebhookUpdateRequestPartialSchema, call.body.json));
      const body = call.body.json as MessageBody;
      const isOriginal = message.id === interaction.original;
      const edited = isOriginal
        ? responses.update(interaction, body, call.body.uploads)
        : responses.change(message.id, body, call.body.uploads);
      return ok(edited.raw);
    }),
    route("DELETE", message, (call) => {
      const { interaction, message } = found(responses, call);
      responses.messages.remove(message.id);
      interaction.finish({ kind: "nothing" });
      return done;
    }),
  ];
}

function answered({ workspace, interactions }: Responses, { params }: Call): Interaction {
  const interaction = interactions.byToken(params["token"] ?? "");
  if (!interaction) throw refusals.badWebhookToken();
  if (interaction.state !== "answered" || params["application"] !== workspace.bot.id) throw refusals.unknownWebhook();
  if (Temporal.Duration.compare(workspace.now().since(interaction.openedAt), tokenAge) > 0) throw refusals.badWebhookToken();
  return interaction;
}

function found(responses: Responses, call: Call): { readonly interaction: Interaction; readonly message: Message } {
  const interaction = answered(responses, call);
  const id = call.params["message"] === "@original" ? interaction.original : call.params["message"];
  const message = responses.messages.find(id ?? "");
  if (!message?.isFromBot) throw refusals.unknownMessage();
  return { interaction, message };
}
