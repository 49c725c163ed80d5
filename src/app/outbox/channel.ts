/** Channel messages: from which state of the group they are composed, and what follows from their outcome. */

import { daysForBoard } from "#core/groups/board.ts";
import { contentHashOf, decideChannelSend, type ChannelContext, weekOfMessage } from "#core/messages/compose-channel.ts";
import type { SendDecision } from "#core/messages/send-decision.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { ChannelMessage } from "#core/model/outbox-message.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import type { SendResult } from "#src/ports/adapter.ts";
import type { OutboxDeps, Prepared } from "./outcome.ts";

/** Prepares a message that has not been sent. */
export async function prepareChannelMessage(deps: OutboxDeps, message: ChannelMessage): Promise<Prepared> {
  const context = await loadChannelContext(deps, message);
  const decision = decideChannelSend(message, context);
  return {
    decision,
    surface: { ...message.place, reach: "shared" },
    attempt: { userId: undefined, sentOn: context.found ? groupsDay(context.found.group, context.now) : message.localDate },
    changes: (change, result) => changesWith(change, result, message, decision),
  };
}

/** A channel that accepts no message is suspended. A sent message is live, and is checked at once: the board may have changed meanwhile. */
function changesWith(change: Change, result: SendResult | undefined, { place }: ChannelMessage, decision: SendDecision): readonly Change[] {
  if (result?.kind === "closed") return [change, { kind: "channel-suspended", channel: place }];
  const messageId = result?.kind === "sent" ? result.message : undefined;
  if (messageId === undefined || change.kind !== "delivery-ended" || decision.kind !== "say") return [change];
  return [{ ...change, liveMessage: { messageId, contentHash: contentHashOf(decision.reply), until: change.at } }];
}

/** The current state of the message's group. */
export async function loadChannelContext({ store, clock }: OutboxDeps, message: ChannelMessage): Promise<ChannelContext> {
  const found = await store.findGroup({ id: message.groupId });
  const need = { groupId: message.groupId, days: daysForBoard(weekOfMessage(message)), cheersOn: message.localDate };
  return { found, snapshot: found && (await store.groupSnapshot(need)), now: clock.now() };
}
