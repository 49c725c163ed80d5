/** Live messages in channels: edited when their content changes, removed if they cannot be edited, and retried while they exist. */

import { delayAfter, longDelayAfter } from "#core/lib/retry-delay.ts";
import { type ChannelContext, composeChannelMessage, contentHashOf, isFinal } from "#core/messages/compose-channel.ts";
import type { DeliveryUpdated } from "#core/model/changes/outbox.ts";
import { type ChannelMessage, type LiveMessage, liveUntil } from "#core/model/outbox-message.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Adapter, Surface, Unchanged } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import { withTimeout } from "#src/runtime/event-loop.ts";
import { loadChannelContext } from "./channel.ts";
import { defaultSendTimeout, type OutboxDeps } from "./outcome.ts";

/** From this failed attempt in a row on, an edit without an answer is followed by a removal. */
const removeFromAttempt = 3;

/** A live message, the group's current state, and the adapter that edits it. */
type LiveMessageContext = {
  readonly message: ChannelMessage;
  readonly liveMessage: LiveMessage;
  readonly context: ChannelContext;
  readonly adapter: Adapter;
};

/**
 * Composes the message again and edits it if its content differs. If it can be neither edited nor removed, it is kept and
 * retried: it may name a member who has withdrawn.
 */
export async function refreshLiveMessage(
  deps: OutboxDeps,
  message: ChannelMessage,
  liveMessage: LiveMessage,
  adapter: Adapter,
): Promise<void> {
  const context = await loadChannelContext(deps, message);
  const current = { message, liveMessage, context, adapter };
  const reply = composeChannelMessage(message, context);
  const shown = contentHashOf(reply);
  const outcome: RefreshOutcome = shown === liveMessage.contentHash ? { kind: "same" } : await editOrRemove(deps, current, reply);
  logOutcome(deps, message, outcome);
  const committed = await deps.store.commit([changeAfterRefresh(deps, current, outcome, shown)]);
  // Another process edited it meanwhile, and it is unknown which edit came last.
  if (committed === "done" || outcome.kind === "same") return;
  await deps.store.commit([
    { kind: "board-invalidated", groupId: message.groupId, from: message.localDate, at: deps.clock.now(), isUnknown: true },
  ]);
}

/** The message is up to date, gone, or unchanged. */
type RefreshOutcome =
  | { readonly kind: "same" }
  | { readonly kind: "edited" }
  | { readonly kind: "removed"; readonly code: string }
  | { readonly kind: "gone"; readonly code: string }
  | { readonly kind: "kept"; readonly code: string; readonly isRefused: boolean; readonly after: Temporal.Duration | undefined };

/** Edits, retries once if there was no answer, then removes. */
async function editOrRemove(deps: OutboxDeps, current: LiveMessageContext, reply: Reply): Promise<RefreshOutcome> {
  const { message, liveMessage, adapter } = current;
  const surface: Surface = { ...message.place, reach: "shared" };
  const edit = async () => await tryEdit(deps, message, adapter.edit(surface, liveMessage.messageId, reply));
  const first = await edit();
  const edited = first.kind === "later" && !first.after ? await edit() : first;
  if (edited.kind === "edited" || edited.kind === "gone") return edited;
  const isRefused = edited.kind === "refused";
  if (edited.kind === "later" && (edited.after || message.attempts + 1 < removeFromAttempt))
    return { kind: "kept", code: "later", isRefused, after: edited.after };
  const code = isRefused ? edited.code : "later";
  const removed = await tryEdit(deps, message, adapter.remove(surface, liveMessage.messageId));
  if (removed.kind === "removed") return { kind: "removed", code };
  if (removed.kind === "gone") return removed;
  return {
    kind: "kept",
    code: removed.kind === "refused" ? removed.code : code,
    isRefused,
    after: removed.kind === "later" ? removed.after : undefined,
  };
}

/** The result of `work`; "later" if there is no answer. */
async function tryEdit<Done extends { readonly kind: string }>(
  { log, sendTimeout = defaultSendTimeout }: OutboxDeps,
  message: ChannelMessage,
  work: Promise<Done | Unchanged>,
): Promise<Done | Unchanged> {
  return await withTimeout<Done | Unchanged>(sendTimeout, work, { kind: "later" }).catch((error: unknown) => {
    log.error("edit-failed", { kind: message.kind, platform: message.place.platform, ...describeError(error) });
    return { kind: "later" } as const;
  });
}

function logOutcome({ log }: OutboxDeps, { kind, place: { platform }, groupId, attempts }: ChannelMessage, outcome: RefreshOutcome): void {
  if (outcome.kind === "same" || outcome.kind === "edited") return;
  const fields: LogFields = { kind, platform, group: groupId, code: outcome.code };
  if (outcome.kind === "kept") log.warn("live-message-stale", { ...fields, attempts: attempts + 1 });
  else log.info(outcome.kind === "removed" ? "live-message-removed" : "live-message-gone", fields);
}

function changeAfterRefresh(
  { clock, random }: OutboxDeps,
  { message, liveMessage, context }: LiveMessageContext,
  outcome: RefreshOutcome,
  shown: string,
): DeliveryUpdated {
  const change = { kind: "delivery-updated", key: message.key, fence: message.fence } as const;
  if (outcome.kind === "kept") {
    const attempts = message.attempts + 1;
    const delay = outcome.after ?? (outcome.isRefused ? longDelayAfter : delayAfter)(attempts, random());
    return { ...change, liveMessage, attempts, nextAt: clock.now().add(delay) };
  }
  const isOver = outcome.kind === "removed" || outcome.kind === "gone" || isFinal(message, context);
  if (isOver) return { ...change, liveMessage: undefined, attempts: 0, nextAt: undefined };
  return { ...change, liveMessage: { ...liveMessage, contentHash: shown }, attempts: 0, nextAt: liveUntil(message) };
}
