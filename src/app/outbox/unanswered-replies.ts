/** Answers from commit to shown: what a killed process owes is given by the next one. */

import type { PlatformName, MessageId } from "#core/lib/ids.ts";
import type { Change } from "#core/model/changes/index.ts";
import type { Reply } from "#core/model/reply.ts";
import { storableReply, type UnansweredReply, unansweredRules } from "#core/model/unanswered-reply.ts";
import type { User } from "#core/model/user.ts";
import type { Adapter, Defer, CoachApi, Inbound } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Clock, Log } from "#src/ports/runtime.ts";
import type { Store } from "#src/ports/store.ts";

/** What it works with. */
export type UnansweredDeps = { readonly store: Store; readonly clock: Clock; readonly log: Log; readonly defer: Defer };

/** Keeps the book of answers of one process. */
export type UnansweredReplies = {
  /** What is committed with `inbound`, so that `reply` is not lost; undefined where it cannot be given again. */
  entry(inbound: Inbound, reply: Reply, user: User): UnansweredReply | undefined;
  /** From its commit on this process shows it. */
  opened(entry: UnansweredReply | undefined): void;
  readonly shown: NonNullable<CoachApi["shown"]>;
  /** The answer to what is delivered again: only where no process has shown it, or is about to. */
  again(source: MessageId): Promise<Reply | undefined>;
  /** Gives what processes before this one owe, on the platforms of `adapters`. Never throws. */
  recover(adapters: ReadonlyMap<PlatformName, Adapter>, stopping?: AbortSignal): Promise<void>;
  /** Notes at once what was shown. */
  flush(): Promise<void>;
};

/** Milliseconds in which what was shown is gathered, so that it costs one commit for all of it. */
const batchInterval = 1000;
/** Milliseconds between two looks at what is owed after a start, and how many there are at most: longer than another process may hold one. */
const retryInterval = 2000;
const maxRecoveries = 60;
/** So many at once. */
const batchSize = 100;
/** After that, an answer says that it is late, which the outbox does. */
const freshFor = Temporal.Duration.from({ minutes: 15 });

/** The book over a store. */
export function createUnansweredReplies(deps: UnansweredDeps): UnansweredReplies {
  const { store, clock, log } = deps;
  const open = new Set<MessageId>();
  const notes = createShownWriter(deps, open);
  const claim = async (source: MessageId): Promise<boolean> => {
    const at = clock.now();
    return (await store.commit([{ kind: "answer-claimed", source, at, until: at.add(unansweredRules.lease) }])) === "done";
  };
  /** Whether some that can be given here are still owed by somebody else, or are not due yet. */
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
    // Behind these there may be others.
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
        // What the process before this one committed in its last moments is not due before its time.
        if (isMore !== false && left > 0) setTimeout(() => void again(left - 1), retryInterval).unref();
      };
      await again(maxRecoveries);
    },
    flush: notes.flush,
  };
}

/** Whether it was given, or the outbox has it. */
async function give(one: UnansweredReply, adapter: Adapter, { clock, defer, log }: UnansweredDeps): Promise<boolean> {
  const { account, source, reply, at } = one;
  const isFresh = Temporal.Duration.compare(at.until(clock.now()), freshFor) < 0;
  const isGiven = isFresh && adapter.answer ? await adapter.answer(one) : await defer({ account: { ...account, name: "" }, source, reply });
  if (isGiven) log.info("answered-after-restart", { platform: account.platform });
  return isGiven;
}

/** Gathers what was shown, and notes it in one commit. Only then is it out of `open`, so that nothing that is delivered again comes between. */
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
