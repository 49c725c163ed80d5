/** What the bot does with its answer to an interaction afterwards. */

import { IncomingWebhookInteractionRequestSchema, IncomingWebhookUpdateRequestPartialSchema } from "discord-api-spec/zod";
import { type Call, done, ok, type Route } from "./call.ts";
import { type Desk, draftOf } from "./responses.ts";
import type { Interaction } from "./interactions.ts";
import type { MessageBody } from "./message-content.ts";
import type { Message } from "./messages.ts";
import { refuseProblems, refusals } from "./refusal.ts";
import { shapeProblems } from "./schema.ts";

/** A token is good for so long. */
const tokenAge = Temporal.Duration.from({ minutes: 15 });

/** The routes of later answers. */
export function webhookRoutes(desk: Desk): readonly Route[] {
  const path = "/webhooks/{application}/{token}";
  const message = `${path}/messages/{message}`;
  const route = (method: string, at: string, answer: Route["answer"]): Route => ({ method, path: at, answer, isOpen: true });
  return [
    route("POST", path, (call) => {
      const interaction = answered(desk, call);
      refuseProblems(shapeProblems(IncomingWebhookInteractionRequestSchema, call.body.json));
      return ok(desk.followUp(interaction, draftOf(interaction, call.body.json as MessageBody, call.body.uploads)).raw);
    }),
    route("GET", message, (call) => ok(found(desk, call).message.raw)),
    route("PATCH", message, (call) => {
      const { interaction, message } = found(desk, call);
      refuseProblems(shapeProblems(IncomingWebhookUpdateRequestPartialSchema, call.body.json));
      const body = call.body.json as MessageBody;
      const isOriginal = message.id === interaction.original;
      const edited = isOriginal ? desk.update(interaction, body, call.body.uploads) : desk.change(message.id, body, call.body.uploads);
      return ok(edited.raw);
    }),
    route("DELETE", message, (call) => {
      const { interaction, message } = found(desk, call);
      desk.messages.remove(message.id);
      interaction.finish({ kind: "nothing" });
      return done;
    }),
  ];
}

function answered({ world, interactions }: Desk, { params }: Call): Interaction {
  const interaction = interactions.byToken(params["token"] ?? "");
  if (!interaction) throw refusals.badWebhookToken();
  if (interaction.state !== "answered" || params["application"] !== world.bot.id) throw refusals.unknownWebhook();
  if (Temporal.Duration.compare(world.now().since(interaction.openedAt), tokenAge) > 0) throw refusals.badWebhookToken();
  return interaction;
}

function found(desk: Desk, call: Call): { readonly interaction: Interaction; readonly message: Message } {
  const interaction = answered(desk, call);
  const id = call.params["message"] === "@original" ? interaction.original : call.params["message"];
  const message = desk.messages.find(id ?? "");
  if (!message?.isFromBot) throw refusals.unknownMessage();
  return { interaction, message };
}
