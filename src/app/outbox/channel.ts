/** Posts to channels: sends them, and keeps true what stands there by editing it. */

import { daysForBoard } from "#core/groups/board.ts";
import { digestOf, judgePost, type PostMoment, weekOfPost } from "#core/messages/compose-channel.ts";
import type { Verdict } from "#core/messages/compose-direct.ts";
import type { Post } from "#core/model/outbox-message.ts";
import { groupsDay } from "#core/schedule/group-prompt.ts";
import type { Adapter, SendResult, Surface } from "#src/ports/adapter.ts";
import { placeOf } from "#src/ports/describe-error.ts";
import { lookAgain } from "./live-messages.ts";
import { changeAfter, handOver, isRecognised, mayHaveArrived, type OutboxDeps, postponed, settled, tryAgain } from "./outcome.ts";

/** Posts what was claimed, or looks again at what stands. */
export async function sendPost(deps: OutboxDeps, post: Post): Promise<void> {
  const adapter = deps.adapters.get(post.place.platform);
  // Without its platform it is not ours to judge: it is claimed again when the lease has ended.
  if (!adapter) return;
  const { standing } = post;
  if (standing) await lookAgain(deps, { post, standing, adapter, moment: await momentOf(deps, post) });
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
    deps.log.error("decision-failed", { kind: post.kind, ...placeOf(error) });
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
