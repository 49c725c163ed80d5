/** The shell around the core: it alone reads the clock, looks things up, commits changes and hands back the reply. */

import type { UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import { suggestFor, understand } from "#core/commands/index.ts";
import { look } from "#core/look.ts";
import { hasMoved, moveTo } from "#core/move.ts";
import { daysForNudge } from "#core/nudge.ts";
import type { Prompt } from "#core/prompt.ts";
import { placeOf } from "#core/place.ts";
import { isRefusal, type Refusal } from "#core/refusal.ts";
import type { Reply } from "#core/reply.ts";
import { type Decision, type Known, type Needs, type Outcome, say, type Situation } from "#core/situation.ts";
import type { Suggestion } from "#core/suggestion.ts";
import { isIllFormed, longestText } from "#core/text.ts";
import { dayAt, type TimeZone } from "#core/time.ts";
import { type Account, createUser, type User } from "#core/user.ts";
import { sayAwake, sayClosed, sayWelcome } from "#core/voice/help.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { sayTrouble } from "#core/voice/trouble.ts";
import { isTimely, reschedule, userAfter, wake } from "#core/wake.ts";
import { breathe } from "#src/breathe.ts";
import type { Clock, Handle, Inbound, Log, PlaceAccount, Store, Suggest, Typing } from "#src/ports.ts";

/** What the coach works with. */
export type Deps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Never gives the same twice; later ones sort after earlier ones. */
  readonly freshId: () => string;
  /** Of people who have not set theirs. */
  readonly timeZone: TimeZone;
  /** Minutes, 0 to 60, over which those are spread who asked for the same wall time. */
  readonly spread: number;
};

/** What the coach does. */
export type Coach = {
  readonly handle: Handle;
  readonly suggest: Suggest;
  readonly place: PlaceAccount;
  /** Looks at every prompt that is due. */
  tick(): Promise<void>;
  /** Moves what is still to come where clocks of the world go by other rules than before; `rules` is their version. */
  followRules(rules: string): Promise<void>;
};

/** The coach. What one account says is answered in the order in which it came, so that each answer counts the one before. */
export function createCoach(deps: Deps): Coach {
  const inOrder = createQueue();
  return {
    handle: ({ account, ...inbound }) =>
      inOrder(`${account.platform} ${account.id}`, async () => {
        try {
          return await answer(deps, { account, ...inbound });
        } catch (error) {
          return trouble(deps, error);
        }
      }),
    suggest: (typing) => suggest(deps, typing),
    place: (account) => inOrder(`${account.platform} ${account.id}`, async () => void (await place(deps, account))),
    tick: () => tick(deps),
    followRules: (rules) => followRules(deps, rules),
  };
}

/** Runs the tasks of one key one after the other. */
function createQueue(): <Value>(key: string, task: () => Promise<Value>) => Promise<Value> {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, task) => {
    const run = (tails.get(key) ?? Promise.resolve()).then(task, task);
    tails.set(key, run);
    try {
      return await run;
    } finally {
      if (tails.get(key) === run) tails.delete(key);
    }
  };
}

async function answer(deps: Deps, inbound: Inbound): Promise<Reply | undefined> {
  const known = await place(deps, inbound.account);
  const decision = await decide(deps.store, understand(inbound.text, known), known);
  const { reply, changes, isAlone = false } = isRefusal(decision) ? say(sayRefusal(decision)) : decision;
  const begun = isAlone ? [] : wake(changes, known, deps.spread);
  const after = userAfter(changes, known);
  const moved = isTimely(changes, known) ? reschedule(after, await deps.store.prompts(known.user.id), atTime(deps)) : [];
  const all = [
    ...changes,
    ...begun.map((prompt) => ({ kind: "prompt-set", prompt }) as const),
    ...moved,
    ...(isAlone ? [] : revived(inbound.account, known)),
  ];
  if (all.length === 0) return reply;
  const committed = await deps.store.commit(withGuard(all, inbound, known));
  const beside = isAlone ? [] : besides(after, known, begun);
  return committed === "stale" ? undefined : { blocks: [...reply.blocks, ...beside] };
}

function atTime({ clock, spread }: Deps): { readonly now: Temporal.Instant; readonly spread: number } {
  return { now: clock.now(), spread };
}

/** Whoever says something is tried again, whatever became of the last message to them. */
function revived(account: Account, { reach }: Known): readonly Change[] {
  return reach.isOpen ? [] : [{ kind: "account-reached", account, reach: { isOpen: true, isTold: true } }];
}

/** What is said below an answer: who I am, when I write, and that my last message did not arrive. Each once. */
function besides(user: User, { isNew, reach, today }: Known, begun: readonly Prompt[]): Reply["blocks"] {
  const weekly = begun.find(({ kind }) => kind === "weekly");
  const first = weekly && user.feedback ? sayAwake(user, weekly.dueAt, today) : [];
  return [...(isNew ? [sayWelcome(user)] : []), ...first, ...(reach.isOpen || reach.isTold ? [] : [sayClosed()])];
}

/** Reads and never commits: who only types is not met for good, and need not be answered in order. */
async function suggest(deps: Deps, { account, command, arg, words, others }: Typing): Promise<readonly Suggestion[]> {
  const isReadable = [words, ...Object.values(others)].every((typed) => typed.length <= longestText && !isIllFormed(typed));
  const suggester = isReadable ? suggestFor(command, arg) : undefined;
  if (!suggester) return [];
  try {
    const known = await meet(deps, { account });
    const suggesting = suggester(words, others, known);
    return suggesting.list(await load(deps.store, suggesting.needs, known));
  } catch (error) {
    deps.log.error("suggesting-failed", placeOf(error));
    return [];
  }
}

async function meet({ store, clock, freshId, timeZone }: Deps, { account }: Pick<Inbound, "account">): Promise<Known> {
  const found = await store.findUser(account);
  const [now, id] = [clock.now(), freshId()];
  const user = found?.user ?? createUser(id as UserId, account.timeZone ?? timeZone, now);
  const { isAwake, reach, placedIn } = found ?? { isAwake: false, reach: { isOpen: true, isTold: false }, placedIn: account.timeZone };
  const isNew = found === undefined;
  return { user, isAwake, reach, placedIn, isNew, now, today: dayAt(now, user.timeZone), locale: account.locale, id };
}

async function place(deps: Deps, account: Account): Promise<Known> {
  const known = await meet(deps, { account });
  if (!hasMoved(account, known)) return known;
  const moved = moveTo(account, known);
  await deps.store.commit([...moved, ...reschedule(userAfter(moved, known), await deps.store.prompts(known.user.id), atTime(deps))]);
  return await meet(deps, { account });
}

async function decide(store: Store, first: Decision, known: Known): Promise<Outcome | Refusal> {
  let decision = first;
  while ("needs" in decision) decision = decision.decide(await load(store, decision.needs, known));
  return decision;
}

async function load(store: Store, needs: Needs, known: Known): Promise<Situation> {
  const { id } = known.user;
  return {
    ...known,
    sessions: needs.days ? await store.sessions(id, needs.days) : [],
    page: needs.page ? await store.page(id, needs.page) : [],
    session: needs.session ? await store.findSession(id, needs.session) : undefined,
    act: needs.act ? await store.findAct(id) : undefined,
    question: needs.question ? await store.findQuestion(id) : undefined,
    prompts: needs.prompts ? await store.prompts(id) : [],
    deliveries: needs.deliveries ? await store.deliveries(id, needs.deliveries) : [],
  };
}

/** The source goes first, so that what a platform delivers twice is done once; somebody new is kept with the first thing they do. */
function withGuard(changes: readonly Change[], { source, account }: Inbound, { user, isNew, now }: Known): readonly Change[] {
  const seen: Change = { kind: "inbound-seen", source, at: now };
  const joined: readonly Change[] = isNew
    ? [
        { kind: "user-saved", user },
        { kind: "account-linked", account, userId: user.id },
      ]
    : [];
  return [seen, ...joined, ...changes];
}

/** A log line says where it broke and never what was said: messages of errors may quote it. */
function trouble({ log, freshId }: Deps, error: unknown): Reply {
  const reference = freshId();
  log.error("inbound-failed", { reference, ...placeOf(error) });
  return { blocks: [sayTrouble(reference)] };
}

/** How many prompts are looked at in one commit: more would hold up those who talk to the coach meanwhile. */
const atOnce = 25;

const latestOnly = { skip: 0, limit: 1 };

type Due = Awaited<ReturnType<Store["due"]>>[number];

async function tick(deps: Deps): Promise<void> {
  for (;;) {
    const due = await deps.store.due(deps.clock.now(), atOnce);
    if (due.length === 0) return;
    const looks: (readonly Change[])[] = [];
    for (const one of firstOfEach(due)) looks.push(await lookAt(deps, one));
    await commitAll(deps.store, looks);
    await breathe();
  }
}

/** Of each person the longest due: what comes of it may fall due before the next, and time goes forward for everybody. */
function firstOfEach(due: readonly Due[]): readonly Due[] {
  return [...new Map(due.toReversed().map((one) => [one.user.id, one])).values()];
}

/** All in one commit, which is guarded by its first look alone: where another process was there first, each look stands for itself. */
async function commitAll(store: Store, looks: readonly (readonly Change[])[]): Promise<void> {
  if ((await store.commit(looks.flat())) === "done") return;
  for (const changes of looks) await store.commit(changes);
}

/** A prompt that cannot be looked at is put off, so that it holds up nobody else's. */
async function lookAt({ store, clock, log, spread }: Deps, { prompt, user }: Due): Promise<readonly Change[]> {
  const now = clock.now();
  try {
    const isWeekly = prompt.kind === "weekly";
    const sessions = isWeekly ? await store.page(user.id, latestOnly) : await store.sessions(user.id, daysForNudge(user, prompt.on));
    return look({ prompt, user, now, sessions, spread });
  } catch (error) {
    log.error("look-failed", { kind: prompt.kind, ...placeOf(error) });
    return [{ kind: "prompt-moved", was: prompt, to: { ...prompt, dueAt: now.add({ hours: 1 }) } }];
  }
}

/** Under which the version of the rules is noted by which the prompts were set. */
const rulesNote = "time-zone-rules";

async function followRules(deps: Deps, rules: string): Promise<void> {
  const { store, log } = deps;
  const before = await store.findNote(rulesNote);
  if (before === rules) return;
  let after: UserId | undefined;
  let count = 0;
  for (;;) {
    const people = await store.awake(after, atOnce);
    if (people.length === 0) break;
    const moved: Change[] = [];
    for (const user of people) moved.push(...reschedule(user, await store.prompts(user.id), atTime(deps)));
    await store.commit(moved);
    after = people.at(-1)?.id;
    count += people.length;
  }
  await store.commit([{ kind: "noted", name: rulesNote, value: rules }]);
  if (before !== undefined) log.info("rules-followed", { before, rules, people: count });
}
