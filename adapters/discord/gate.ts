/** The gate for interactions. Dropped ones still get the smallest valid response: Discord shows unacknowledged interactions as failed. */

import { type APIInteraction, InteractionResponseType, InteractionType, MessageFlags, type REST, Routes } from "discord.js";
import type { CoachApi } from "#src/ports/adapter.ts";
import { admittedCoach } from "../shared/gate.ts";
import { createInFlight } from "../shared/in-flight.ts";
import { wordless } from "../shared/render.ts";
import type { Asked } from "./inbound.ts";

/** The coach that answers `asked`; undefined if it is dropped. This is decided before any other work, so that dropping is cheap. */
export function coachFor(asked: Asked, coach: CoachApi): CoachApi | undefined {
  if (asked.kind === "foreign") return coach;
  if (asked.kind !== "typing") return admittedCoach(coach, asked.inbound);
  return (coach.gate?.glance(asked.typing.account) ?? true) ? coach : undefined;
}

/** How many dropped interactions are acknowledged at once. This bounds memory; a stop does not wait for them. */
const maxAtOnce = 20;

/** Acknowledges a dropped interaction, or ignores it above `maxAtOnce`. Never throws. */
export type Dismiss = (payload: APIInteraction) => void;

/** Creates a `Dismiss` that sends over `rest`. */
export function createDismiss(rest: REST): Dismiss {
  const underWay = createInFlight({ most: maxAtOnce });
  return (payload) => {
    const { id, token } = payload;
    underWay.add(async () => {
      await rest.post(Routes.interactionCallback(id, token), { body: leastFor(payload), auth: false }).catch(() => undefined);
    });
  };
}

function leastFor({ type }: APIInteraction): object {
  if (type === InteractionType.ApplicationCommandAutocomplete)
    return { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: [] } };
  if (type === InteractionType.MessageComponent) return { type: InteractionResponseType.DeferredMessageUpdate };
  const data = { content: wordless, flags: MessageFlags.Ephemeral, allowed_mentions: { parse: [] } };
  return { type: InteractionResponseType.ChannelMessageWithSource, data };
}
