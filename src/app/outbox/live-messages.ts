/** What stands in channels: edited where it reads otherwise by now, removed where it cannot be edited, and tried for as long as it is there. */

import { delayAfter, longDelayAfter } from "#core/lib/retry-delay.ts";
import { composePost, digestOf, isToBeLeft, type PostMoment } from "#core/messages/compose-channel.ts";
import type { DeliveryShown } from "#core/model/changes/index.ts";
import { type Post, type Standing, standsUntil } from "#core/model/outbox-message.ts";
import type { Reply } from "#core/model/reply.ts";
import type { Adapter, Surface, Unchanged } from "#src/ports/adapter.ts";
import { placeOf } from "#src/ports/describe-error.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import { within } from "#src/runtime/event-loop.ts";
import type { OutboxDeps } from "./outcome.ts";

/** As long as a send that is not answered. */
const patience = 60_000;
/** From this try on in a row, what does not answer to an edit is asked to be removed as well. */
const removedFrom = 3;

/** A message that stands, what it is to say now, and how that is said. */
export type Standpoint = {
  readonly post: Post;
  readonly standing: Standing;
  readonly moment: PostMoment;
  readonly adapter: Adapter;
};

/**
 * Composes it as of `moment`, and edits it where it reads otherwise. What can be neither edited nor removed stays known, and is tried again: it
 * may name somebody who took that back.
 */
export async function lookAgain(deps: OutboxDeps, standpoint: Standpoint): Promise<void> {
  const { post, standing, moment } = standpoint;
  const reply = composePost(post, moment);
  const shown = digestOf(reply);
  const outcome: Outcome = shown === standing.shown ? { kind: "same" } : await amend(deps, standpoint, reply);
  tell(deps, post, outcome);
  const committed = await deps.store.commit([shownAfter(deps, standpoint, outcome, shown)]);
  // Somebody else looked meanwhile, and which of the two was heard last is not known.
  if (committed === "done" || outcome.kind === "same") return;
  await deps.store.commit([{ kind: "board-outdated", groupId: post.groupId, from: post.on, at: deps.clock.now(), isUnknown: true }]);
}

/** It shows what it is to; it is there no more; or it stands as it did. */
type Outcome =
  | { readonly kind: "same" }
  | { readonly kind: "edited" }
  | { readonly kind: "removed"; readonly code: string }
  | { readonly kind: "gone"; readonly code: string }
  | { readonly kind: "kept"; readonly code: string; readonly isRefused: boolean; readonly after: Temporal.Duration | undefined };

/** Edits, then once more where that was not heard, then removes. */
async function amend(deps: OutboxDeps, standpoint: Standpoint, reply: Reply): Promise<Outcome> {
  const { post, standing, adapter } = standpoint;
  const surface: Surface = { ...post.place, reach: "shared" };
  const edit = async () => await heard(deps, post, adapter.edit(surface, standing.message, reply));
  const first = await edit();
  const edited = first.kind === "later" && !first.after ? await edit() : first;
  if (edited.kind === "edited" || edited.kind === "gone") return edited;
  const isRefused = edited.kind === "refused";
  if (edited.kind === "later" && (edited.after || post.attempts + 1 < removedFrom))
    return { kind: "kept", code: "later", isRefused, after: edited.after };
  const code = isRefused ? edited.code : "later";
  const removed = await heard(deps, post, adapter.remove(surface, standing.message));
  if (removed.kind === "removed") return { kind: "removed", code };
  if (removed.kind === "gone") return removed;
  return {
    kind: "kept",
    code: removed.kind === "refused" ? removed.code : code,
    isRefused,
    after: removed.kind === "later" ? removed.after : undefined,
  };
}

/** What `work` comes to; later where nobody answers. */
async function heard<Done extends { readonly kind: string }>(
  { log, patience: most = patience }: OutboxDeps,
  post: Post,
  work: Promise<Done | Unchanged>,
): Promise<Done | Unchanged> {
  return await within<Done | Unchanged>(most, work, { kind: "later" }).catch((error: unknown) => {
    log.error("edit-failed", { kind: post.kind, platform: post.place.platform, ...placeOf(error) });
    return { kind: "later" } as const;
  });
}

function tell({ log }: OutboxDeps, { kind, place: { platform }, groupId, attempts }: Post, outcome: Outcome): void {
  if (outcome.kind === "same" || outcome.kind === "edited") return;
  const fields: LogFields = { kind, platform, group: groupId, code: outcome.code };
  if (outcome.kind === "kept") log.warn("live-message-stale", { ...fields, attempts: attempts + 1 });
  else log.info(outcome.kind === "removed" ? "live-message-removed" : "live-message-gone", fields);
}

function shownAfter({ clock, chance }: OutboxDeps, { post, standing, moment }: Standpoint, outcome: Outcome, shown: string): DeliveryShown {
  const change = { kind: "delivery-shown", key: post.key, fence: post.fence } as const;
  if (outcome.kind === "kept") {
    const attempts = post.attempts + 1;
    const delay = outcome.after ?? (outcome.isRefused ? longDelayAfter : delayAfter)(attempts, chance());
    return { ...change, standing, attempts, nextAt: clock.now().add(delay) };
  }
  const isOver = outcome.kind === "removed" || outcome.kind === "gone" || isToBeLeft(post, moment);
  if (isOver) return { ...change, standing: undefined, attempts: 0, nextAt: undefined };
  return { ...change, standing: { ...standing, shown }, attempts: 0, nextAt: standsUntil(post) };
}
