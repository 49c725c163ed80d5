/** The shell around the core: reads the clock, loads data, commits changes and returns the reply. */

import { hasMoved, moveTo } from "#core/accounts/time-zone-change.ts";
import type { Suggestion } from "#core/autocomplete.ts";
import { footnotes } from "#core/commands/footnotes.ts";
import { showImporting } from "#core/commands/import.ts";
import { hasWarning, suggestFor, understand } from "#core/commands/index.ts";
import { consequencesOf, movedPrompts, movesPrompts, type Schedule } from "#core/consequences.ts";
import { defaultRetentionDays } from "#core/data/retention.ts";
import { type PlatformName, userIdOf } from "#core/lib/ids.ts";
import { createQueue } from "#core/lib/serial.ts";
import { isIllFormed, maxTextLength } from "#core/lib/text.ts";
import { dayAt, type TimeZone } from "#core/lib/time.ts";
import { guardOf, stepOf } from "#core/model/changes/guard.ts";
import type { Change } from "#core/model/changes/index.ts";
import { withGuards } from "#core/model/changes/preconditions.ts";
import { type Step, type RequestContext, say } from "#core/model/context.ts";
import { isForImport } from "#core/model/import.ts";
import { isRefusal } from "#core/model/refusal.ts";
import type { Reply } from "#core/model/reply.ts";
import { createUser } from "#core/model/user.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { sayTroubleOf } from "#core/voice/trouble.ts";
import { createDefer } from "#src/app/outbox/hand-to-outbox.ts";
import { type UnansweredReplies, createUnansweredReplies } from "#src/app/outbox/unanswered-replies.ts";
import type { CoachApi, Inbound, AutocompleteRequest } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import { reportGuesses } from "./code-guesses.ts";
import { applyTimeZoneRules, evaluateDuePrompts, type PromptDeps } from "./due-prompts.ts";
import { decide, load, type LoadDeps } from "./load-data.ts";

/** Dependencies of the coach. */
export type CoachDeps = PromptDeps &
  LoadDeps & {
    /** Returns a unique id each time; later ids sort after earlier ones. */
    readonly freshId: () => string;
    /** The default time zone of users who have not set one. */
    readonly timeZone: TimeZone;
    /** Retention in days for expired rows. The default applies if undefined. */
    readonly retentionDays?: number;
    /** Platforms that refused the bot since the start: nothing is sent there until the next start. */
    readonly gone?: ReadonlySet<PlatformName>;
    /** Called when an outbox message waits or a live message may be stale, so that sending does not wait for the next minute. */
    readonly onPending?: () => void;
  };

type CoachParts = CoachDeps & { readonly book: UnansweredReplies };

/** The coach's API. */
export type Coach = Pick<CoachApi, "handle" | "suggest" | "updateTimeZone" | "defer"> &
  Pick<UnansweredReplies, "shown" | "recover" | "flush"> & {
    /** Evaluates every due prompt until `stopping` is aborted. */
    evaluateDuePrompts(stopping?: AbortSignal): Promise<void>;
    /** Recomputes future due times after a change of the time zone rules; `rules` is their version. */
    applyTimeZoneRules(rules: string, stopping?: AbortSignal): Promise<void>;
  };

/** Creates the coach. Messages of one account are handled in order, so that each reply counts the one before. */
export function createCoach(options: CoachDeps): Coach {
  const defer = createDefer(options);
  const book = createUnansweredReplies({ ...options, defer });
  const deps: CoachParts = { ...options, book };
  const inOrder = createQueue();
  return {
    handle: ({ account, ...inbound }) =>
      inOrder(`${account.platform} ${account.id}`, async () => {
        return await handleMessage(deps, { account, ...inbound }).catch((error: unknown) => failureReply(deps, error));
      }),
    suggest: (typing) => suggest(deps, typing),
    updateTimeZone: (account) => inOrder(`${account.platform} ${account.id}`, async () => void (await meetSender(deps, { account }))),
    defer,
    shown: book.shown,
    recover: book.recover,
    flush: book.flush,
    evaluateDuePrompts: (stopping) => evaluateDuePrompts(deps, stopping),
    applyTimeZoneRules: (rules, stopping) => applyTimeZoneRules(deps, rules, stopping),
  };
}

/** Attempts to decide again after another writer's commit. Each stale commit means that another writer made progress. */
const maxTries = 20;

/** A repeated decision: the attempts left, and the step of a file if there is one. */
type Again = { readonly tries: number; readonly file: Step | undefined; readonly arrived: Pick<Inbound, "source" | "also"> };

async function handleMessage(deps: CoachParts, inbound: Inbound, again?: Again): Promise<Reply | undefined> {
  const context = await meetSender(deps, inbound);
  const file = again ? again.file : await readFile(deps, inbound, context);
  if (file === "known") return undefined;
  const { decision: step, read } = await decide(deps, file ?? understand(inbound.text, context), { ...inbound, context });
  const result = isRefusal(step) ? say(sayRefusal(step)) : step;
  const { reply, isAlone } = result;
  const following = consequencesOf(result, context, await loadSchedule(deps, result.changes, context));
  const all = following.changes;
  if (all.length === 0) return file || (await isFirst(deps, inbound, context)) ? reply : undefined;
  const whole = isAlone ? reply : { ...reply, blocks: [...reply.blocks, ...footnotes(following, context)] };
  // The reply to a deletion is not stored: nothing of a deleted user is kept.
  const isKept = !file && all.every(({ kind }) => kind !== "user-forgotten");
  const kept = isKept ? deps.book.entry(inbound, whole, context.user) : undefined;
  const arrived = file ? stepOf(inbound, "answer") : { ...inbound, ...(kept ? { answer: kept } : {}) };
  const committed = await deps.store.commit(withGuards(all, arrived, context, read));
  if (committed === "stale") return await handleAgain(deps, inbound, { tries: (again?.tries ?? maxTries) - 1, file, arrived });
  deps.book.opened(kept);
  await reportGuesses(deps, all);
  if (all.some(({ kind }) => needsDelivery.includes(kind))) deps.onPending?.();
  return whole;
}

/** These changes queue something to send. */
const needsDelivery: readonly Change["kind"][] = ["board-invalidated", "boards-invalidated", "delivery-queued"];

/** A message that arrived before is answered only if a killed process still owes its reply. A decision on stale data is repeated. */
async function handleAgain(deps: CoachParts, inbound: Inbound, again: Again): Promise<Reply | undefined> {
  const { source, also = source } = again.arrived;
  if ((await deps.store.hasSeen(source)) || (await deps.store.hasSeen(also))) return await deps.book.again(source);
  if (again.tries === 0) throw new Error("Answer: others must write less often than it takes to decide");
  return await handleMessage(deps, inbound, again);
}

/** Records a message that may arrive again as another event; true on the first call. No user is created for it. */
async function isFirst({ store }: Pick<CoachDeps, "store">, inbound: Inbound, context: RequestContext): Promise<boolean> {
  return inbound.also === undefined || (await store.commit([guardOf(inbound, context)])) === "done";
}

/** The progress of an attached file; undefined if no file could hold sessions or if the text has a warning sign. */
async function readFile({ importer, store }: CoachDeps, inbound: Inbound, context: RequestContext): Promise<Step | "known" | undefined> {
  const { file, text } = inbound;
  if (!importer || !file || !isForImport(file, text === "/help") || hasWarning(text)) return undefined;
  // Recorded before the download, so that two events of one message download it once.
  if (!(await isFirst({ store }, inbound, context))) return "known";
  const importProgress = await importer.begin(file, context, stepOf(inbound, "file").source);
  return importProgress ? showImporting(importProgress, context) : "known";
}

/** What moving the user's prompts needs. Prompts that stay are not read. */
async function loadSchedule({ store, jitter }: CoachDeps, changes: readonly Change[], context: RequestContext): Promise<Schedule> {
  return { jitter, prompts: movesPrompts(changes, context) ? await store.prompts(context.user.id) : [] };
}

/** Reads and never commits: typing creates no user. Requests need no order. */
async function suggest(deps: CoachDeps, { account, command, arg, words, others }: AutocompleteRequest): Promise<readonly Suggestion[]> {
  const isReadable = [words, ...Object.values(others)].every((typed) => typed.length <= maxTextLength && !isIllFormed(typed));
  const suggester = isReadable ? suggestFor(command, arg) : undefined;
  if (!suggester) return [];
  try {
    const context = await loadContext(deps, { account });
    return await suggester(words, others, context).run(async (needs, list) => list(await load(deps, needs, { context })));
  } catch (error) {
    deps.log.error("autocomplete-failed", describeError(error));
    return [];
  }
}

/** The account that speaks, and the surface if it is known. */
type Sender = Pick<Inbound, "account"> & Partial<Pick<Inbound, "surface">>;

async function loadContext(deps: CoachDeps, { account, surface }: Sender): Promise<RequestContext> {
  const { store, clock, freshId, timeZone, retentionDays = defaultRetentionDays } = deps;
  const found = await store.findUser(account);
  const [now, id] = [clock.now(), freshId()];
  const user = found?.user ?? createUser(userIdOf(id), account.timeZone ?? timeZone, now);
  const { user: _, ...before } = found ?? { ...unknownAccount, user, platformTimeZone: account.timeZone };
  const hasUnreportedSuspension = before.hasBoundChannel && (await store.hasUnreportedSuspension(user.id));
  const channel = surface?.reach === "shared" ? { platform: surface.platform, address: surface.address } : undefined;
  const here = {
    account,
    locale: account.locale,
    channel,
    isDirect: surface?.reach === "direct",
    gone: [...(deps.gone ?? [])],
  };
  return {
    ...before,
    ...here,
    user,
    isNew: found === undefined,
    hasUnreportedSuspension,
    now,
    today: dayAt(now, user.timeZone),
    id,
    retentionDays,
  };
}

/** The record of an account that is not stored yet. */
const unknownAccount = {
  version: 0,
  isActive: false,
  reach: { isOpen: true, isTold: false },
  isMember: false,
  hasBoundChannel: false,
  originalOwnerId: undefined,
  hasSwitchedAccount: false,
  hasLostSettings: false,
} as const;

async function meetSender(deps: CoachDeps, speaking: Sender, attempts = maxTries): Promise<RequestContext> {
  const { account } = speaking;
  const context = await loadContext(deps, speaking);
  if (!hasMoved(account, context) || attempts === 0) return context;
  const changes = moveTo(account, context);
  await deps.store.commit([...changes, ...movedPrompts(changes, context, await loadSchedule(deps, changes, context))]);
  return await meetSender(deps, speaking, attempts - 1);
}

/** Logs where the error occurred and never its message, which may quote a user. */
function failureReply({ log, freshId }: CoachDeps, error: unknown): Reply {
  const reference = freshId();
  log.error("inbound-failed", { reference, ...describeError(error) });
  return { blocks: [sayTroubleOf(error, reference)] };
}
