/** Sends channel messages and keeps live ones up to date. */

import { daysForBoard } from "#core/groups/board.ts";
import { contentHashOf, decideChannelSend, type ChannelContext, weekOfMessage } from "#core/messages/compose-channel.ts";
import type { SendDecision } from "#core/messages/send-decision.ts";
import type { ChannelMessage } from "#core/model/outbox-message.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import type { Adapter, SendResult, Surface } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import { refreshLiveMessage } from "./live-messages.ts";
import {
  changeAfterFailure,
  deliver,
  isRecognised,
  mayHaveArrived,
  type OutboxDeps,
  postponeChange,
  endChange,
  retryChange,
} from "./outcome.ts";

/** Sends a claimed message, or re-checks a live one. */
export async function sendChannelMessage(deps: OutboxDeps, message: ChannelMessage): Promise<void> {
  const adapter = deps.adapters.get(message.place.platform);
  // Another process runs this platform: the message is claimed again after the lease.
  if (!adapter) return;
  const { liveMessage } = message;
  if (liveMessage) await refreshLiveMessage(deps, { message, liveMessage, adapter, context: await loadChannelContext(deps, message) });
  else if (message.state === "queued" || message.state === "sending") await sendNew(deps, message, adapter);
}

async function sendNew(deps: OutboxDeps, message: ChannelMessage, adapter: Adapter): Promise<void> {
  const ready = await tryPrepare(deps, message);
  if (!ready) return;
  const { context, decision } = ready;
  const isLost = mayHaveArrived(message) && (decision.kind !== "say" || !isRecognised(deps, message, adapter));
  if (isLost) return void (await deps.store.commit([endChange(deps, message, "in-doubt")]));
  if (decision.kind === "end") return void (await deps.store.commit([endChange(deps, message, decision.reason)]));
  if (decision.kind === "wait") return void (await deps.store.commit([postponeChange(message, decision.until)]));
  const sentOn = context.found ? groupsDay(context.found.group, context.now) : message.localDate;
  const surface: Surface = { ...message.place, reach: "shared" };
  const request = { adapter, surface, reply: decision.reply, attempt: { userId: undefined, sentOn, statedNumbers: undefined } };
  const delivered = await deliver(deps, message, request);
  if (delivered) await recordOutcome(deps, delivered.tried, request, delivered.result);
}

/** Prepares a message. A failed decision is retried like any other failure. A message that may have arrived keeps its lease. */
async function tryPrepare(
  deps: OutboxDeps,
  message: ChannelMessage,
): Promise<{ readonly context: ChannelContext; readonly decision: SendDecision } | undefined> {
  try {
    const context = await loadChannelContext(deps, message);
    return { context, decision: decideChannelSend(message, context) };
  } catch (error) {
    deps.log.error("decision-failed", { kind: message.kind, ...describeError(error) });
    if (!mayHaveArrived(message)) await deps.store.commit([retryChange(deps, message)]);
    return undefined;
  }
}

/** Re-checks a live message right after sending: the board may have changed while it was in flight. */
async function recordOutcome(
  deps: OutboxDeps,
  message: ChannelMessage,
  request: Parameters<typeof deliver>[2],
  result: SendResult,
): Promise<void> {
  if (result.kind !== "sent") {
    const end = changeAfterFailure(result, message, request, deps);
    const shut = result.kind === "closed" ? [{ kind: "channel-suspended", channel: message.place } as const] : [];
    return void (await deps.store.commit([end, ...shut]));
  }
  const sent = endChange(deps, message);
  const liveMessage =
    result.message === undefined ? undefined : { messageId: result.message, contentHash: contentHashOf(request.reply), until: sent.at };
  await deps.store.commit([liveMessage ? { ...sent, liveMessage } : sent]);
}

async function loadChannelContext({ store, clock }: OutboxDeps, message: ChannelMessage): Promise<ChannelContext> {
  const found = await store.findGroup({ id: message.groupId });
  const need = { groupId: message.groupId, days: daysForBoard(weekOfMessage(message)), cheersOn: message.localDate };
  return { found, snapshot: found && (await store.groupSnapshot(need)), now: clock.now() };
}
