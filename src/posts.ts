/** Posts to channels: sends them, and keeps true what stands there by editing it. */

import { daysForBoard } from "#core/board.ts";
import { type Post, type Standing, standsUntil } from "#core/delivery.ts";
import { groupsDay } from "#core/group-prompt.ts";
import { placeOf } from "#core/place.ts";
import { composePost, digestOf, isToBeLeft, judgePost, type PostMoment, weekOfPost } from "#core/send-post.ts";
import type { Verdict } from "#core/send.ts";
import { within } from "#src/breathe.ts";
import type { Adapter, EditResult, SendResult, Surface } from "#src/ports.ts";
import { changeAfter, handOver, isRecognised, mayHaveArrived, type OutboxDeps, postponed, settled, tryAgain } from "#src/settle.ts";

/** After so long what could not be edited is tried again, where the platform does not say. */
const editAgain = Temporal.Duration.from({ minutes: 5 });
/** As long as a send that is not answered. */
const patience = 60_000;
const unheard: EditResult = { kind: "later" };

/** Posts what was claimed, or looks again at what stands. */
export async function sendPost(deps: OutboxDeps, post: Post): Promise<void> {
  const adapter = deps.adapters.get(post.place.platform);
  // Without its platform it is not ours to judge: it is claimed again when the lease has ended.
  if (!adapter) return;
  if (post.standing) await lookAgain(deps, post, post.standing, adapter);
  else if (post.state === "queued" || post.state === "sending") await postAnew(deps, post, adapter);
}

async function postAnew(deps: OutboxDeps, post: Post, adapter: Adapter): Promise<void> {
  const ready = await judged(deps, post);
  if (!ready) return;
  const { moment, verdict } = ready;
  const isLost = mayHaveArrived(post) && (verdict.kind !== "say" || !isRecognised(deps, post, adapter));
  if (isLost) return void (await deps.store.commit([settled(deps, post, "unknown", "in-doubt")]));
  if (verdict.kind === "end") return void (await deps.store.commit([settled(deps, post, verdict.end, verdict.why)]));
  if (verdict.kind === "wait") return void (await deps.store.commit([postponed(post, verdict.until)]));
  const sentOn = moment.found ? groupsDay(moment.found.group, moment.now) : post.on;
  const surface: Surface = { ...post.place, reach: "shared" };
  const handover = { adapter, surface, reply: verdict.reply, mark: { userId: undefined, sentOn, told: undefined } };
  const handed = await handOver(deps, post, handover);
  if (handed) await settle(deps, handed.tried, handover, handed.result);
}

/** What cannot even be judged is put off like any other failure; what may have arrived is left as it is until its lease ends. */
async function judged(deps: OutboxDeps, post: Post): Promise<{ readonly moment: PostMoment; readonly verdict: Verdict } | undefined> {
  try {
    const moment = await momentOf(deps, post);
    return { moment, verdict: judgePost(post, moment) };
  } catch (error) {
    deps.log.error("judging-failed", { kind: post.kind, ...placeOf(error) });
    if (!mayHaveArrived(post)) await deps.store.commit([tryAgain(deps, post)]);
    return undefined;
  }
}

/** What stands is looked at once more at once: it may have become untrue while it was on its way. */
async function settle(deps: OutboxDeps, post: Post, handover: Parameters<typeof handOver>[2], result: SendResult): Promise<void> {
  if (result.kind !== "sent") {
    const end = changeAfter(result, post, handover, deps);
    const shut = result.kind === "closed" ? [{ kind: "channel-suspended", place: post.place } as const] : [];
    return void (await deps.store.commit([end, ...shut]));
  }
  const sent = { kind: "delivery-settled", key: post.key, fence: post.fence, end: "sent", why: undefined, at: deps.clock.now() } as const;
  const stands = result.message === undefined ? undefined : { message: result.message, shown: digestOf(handover.reply), until: sent.at };
  await deps.store.commit([stands ? { ...sent, stands } : sent]);
}

async function momentOf({ store, clock }: OutboxDeps, post: Post): Promise<PostMoment> {
  const found = await store.findGroup({ id: post.groupId });
  const need = { groupId: post.groupId, days: daysForBoard(weekOfPost(post)), cheersOn: post.on };
  return { found, crew: found && (await store.crew(need)), now: clock.now() };
}

/** Composes it anew, and edits it where it reads otherwise. Where it is to be left as it is, this was the last time. */
async function lookAgain(deps: OutboxDeps, post: Post, standing: Standing, adapter: Adapter): Promise<void> {
  const moment = await momentOf(deps, post);
  const reply = composePost(post, moment);
  const shown = digestOf(reply);
  const result = shown === standing.shown ? undefined : await edit(deps, adapter, { post, standing, reply });
  const isLeft = isToBeLeft(post, moment) || result?.kind === "gone";
  if (result?.kind === "gone") deps.log.info("standing-gone", { kind: post.kind, platform: post.place.platform, code: result.code });
  const change = { kind: "delivery-shown", key: post.key, fence: post.fence } as const;
  if (result?.kind === "later") {
    const nextAt = moment.now.add(result.after ?? editAgain);
    return void (await deps.store.commit([{ ...change, standing, nextAt }]));
  }
  const kept = isLeft ? { standing: undefined, nextAt: undefined } : { standing: { ...standing, shown }, nextAt: standsUntil(post) };
  const committed = await deps.store.commit([{ ...change, ...kept }]);
  // Somebody else looked meanwhile, and which of the two was heard last is not known.
  const again = { kind: "board-outdated", groupId: post.groupId, from: post.on, at: deps.clock.now() } as const;
  if (committed === "stale" && result?.kind === "edited") await deps.store.commit([again]);
}

type Edit = { readonly post: Post; readonly standing: Standing; readonly reply: Parameters<Adapter["edit"]>[2] };

async function edit(deps: OutboxDeps, adapter: Adapter, { post, standing, reply }: Edit): Promise<EditResult> {
  const surface: Surface = { ...post.place, reach: "shared" };
  const editing = adapter.edit(surface, standing.message, reply);
  return await within(deps.patience ?? patience, editing, unheard).catch((error: unknown): EditResult => {
    deps.log.error("editing-failed", { kind: post.kind, platform: surface.platform, ...placeOf(error) });
    return unheard;
  });
}
