/** Which interactions are taken in; the others get the least that Discord takes, as it shows as failed what nobody acknowledges. */

import { type APIInteraction, InteractionResponseType, InteractionType, MessageFlags, type REST, Routes } from "discord.js";
import type { CoachApi } from "#src/ports/adapter.ts";
import { admittedCoach } from "../shared/gate.ts";
import { createInFlight } from "../shared/in-flight.ts";
import type { Asked } from "./inbound.ts";
import { wordless } from "./render/index.ts";

/** The coach that answers what is asked; undefined where it is dropped. Decided before anything else is done, so that this costs next to nothing. */
export function coachFor(asked: Asked, coach: CoachApi): CoachApi | undefined {
  if (asked.kind === "foreign") return coach;
  if (asked.kind !== "typing") return admittedCoach(coach, asked.inbound);
  return (coach.gate?.glance(asked.typing.account) ?? true) ? coach : undefined;
}

/** How many dropped ones are acknowledged at once. No more than these are kept in memory, and no stop waits for them. */
const maxAtOnce = 20;

/** Acknowledges what was dropped; not even that where it is too much. Never throws. */
export type Dismiss = (payload: APIInteraction) => void;

/** Dismisses over `rest`. */
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
