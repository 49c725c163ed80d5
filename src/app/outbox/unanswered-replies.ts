/** Tracks replies from commit to shown: after a crash the next process shows what is still owed. */

import type { PlatformName, MessageId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Reply } from "#core/model/reply.ts";
import { storableReply, type UnansweredReply, unansweredRules } from "#core/model/unanswered-reply.ts";
import type { User } from "#core/model/user.ts";
import type { Adapter, Defer, CoachApi, Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** Dependencies of the tracking. */
export type UnansweredDeps = { readonly store: Store; readonly clock: Clock; readonly log: Log; readonly defer: Defer };

/** The replies that one process has committed and not yet shown. */
export type UnansweredReplies = {
  /** What to commit with `inbound` so that `reply` survives a crash; undefined if it cannot be shown again. */
  entry(inbound: Inbound, reply: Reply, user: User): UnansweredReply | undefined;
  /** Called after the commit: this process is now showing the reply. */
  opened(entry: UnansweredReply | undefined): void;
  readonly shown: NonNullable<CoachApi["shown"]>;
  /** The reply to a redelivered message, unless a process has shown it or is showing it. */
  again(source: MessageId): Promise<Reply | undefined>;
  /** Shows the replies that earlier processes owe on the platforms of `adapters`. Never throws. */
  recover(adapters: ReadonlyMap<PlatformName, Adapter>, stopping?: AbortSignal): Promise<void>;
  /** Records shown replies at once. */
  flush(): Promise<void>;
};

/** Milliseconds over which shown replies are collected for one commit. */
const batchInterval = 1000;
/** Milliseconds between two recovery attempts after a start. */
const retryInterval = 2000;
/** Recovery attempts at most: together they last longer than another process may hold a claim. */
const maxRecoveries = 60;
/** Replies for each read and each commit. */
const batchSize = 100;
/** An older reply goes through the outbox, which says that it is late. */
const freshFor = Temporal.Duration.from({ minutes: 15 });

/** Creates the tracking over a store. */
export function createUnansweredReplies(deps: UnansweredDeps): UnansweredReplies {
  const { store, clock, log } = deps;
  const open = new Set<MessageId>();
  const notes = createShownWriter(deps, open);
  const claim = async (source: MessageId): Promise<boolean> => {
    const at = clock.now();
    return (await store.commit([{ kind: "answer-claimed", source, at, until: at.add(unansweredRules.lease) }])) === "done";
  };
  /** True if replies remain that another process has claimed or that are not due yet. */
  const recoverBatch = async (adapters: ReadonlyMap<PlatformName, Adapter>, stopping: AbortSignal | undefined): Promise<boolean> => {
    let [isMore, given] = [false, 0];
    const owed = await store.unanswered(batchSize);
    for (const one of owed) {
      const adapter = adapters.get(one.account.platform);
      if (stopping?.aborted) return false;
      if (!adapter || open.has(one.source)) continue;
      const isOurs = await claim(one.source);
      isMore ||= !isOurs;
      if (!isOurs || !(await give(one, adapter, deps))) continue;
      given += 1;
      notes.add(one.source);
    }
    if (given === 0 || owed.length < batchSize) return isMore;
    // More may follow after this batch.
    await notes.flush();
    return await recoverBatch(adapters, stopping);
  };
  const failed = (error: unknown): void => log.error("answers-not-recovered", describeError(error));
  return {
    entry: (inbound, reply, user) => entryOf(inbound, reply, user, clock.now()),
    opened: (entry) => void (entry && open.add(entry.source)),
    shown: (source) => void (open.has(source) && notes.add(source)),
    async again(source) {
      const found = open.has(source) ? undefined : await store.findUnanswered(source);
      if (!found || !(await claim(source))) return undefined;
      open.add(source);
      return found.reply;
    },
    async recover(adapters, stopping) {
      const again = async (left: number): Promise<void> => {
        const isMore = await recoverBatch(adapters, stopping).catch(failed);
        // Replies that the previous process committed just before its end are not due yet.
        if (isMore !== false && left > 0) setTimeout(() => void again(left - 1), retryInterval).unref();
      };
      await again(maxRecoveries);
    },
    flush: notes.flush,
  };
}

/** Whether the reply was shown or queued. */
async function give(one: UnansweredReply, adapter: Adapter, { clock, defer, log }: UnansweredDeps): Promise<boolean> {
  const { account, source, reply, at } = one;
  const isFresh = Temporal.Duration.compare(at.until(clock.now()), freshFor) < 0;
  const isGiven = isFresh && adapter.answer ? await adapter.answer(one) : await defer({ account: { ...account, name: "" }, source, reply });
  if (isGiven) log.info("answered-after-restart", { platform: account.platform });
  return isGiven;
}

/** Collects shown replies and records them in one commit. They leave `open` only afterwards, so that no redelivery slips in between. */
function createShownWriter({ store, log }: UnansweredDeps, open: Set<MessageId>) {
  const shown: MessageId[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    while (shown.length > 0) {
      const some = shown.splice(0, batchSize);
      const changes: readonly Change[] = some.map((source) => ({ kind: "answer-shown", source }));
      await store.commit(changes).catch((error: unknown) => log.error("answers-not-noted", describeError(error)));
      for (const source of some) open.delete(source);
    }
  };
  const add = (source: MessageId): void => {
    shown.push(source);
    timer ??= setTimeout(() => void flush(), batchInterval).unref();
  };
  return { add, flush };
}

function entryOf({ source, account, answerTo }: Inbound, reply: Reply, { id }: User, at: Temporal.Instant): UnansweredReply | undefined {
  const kept = answerTo === undefined ? undefined : storableReply(reply);
  if (answerTo === undefined || kept === undefined) return undefined;
  const { platform, id: accountId } = account;
  const dueAt = at.add(unansweredRules.grace);
  return { source, userId: id, account: { platform, id: accountId }, at, dueAt, answerTo, reply: kept };
}
