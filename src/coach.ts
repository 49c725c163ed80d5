/** The shell around the core: it alone reads the clock, looks things up, commits changes and hands back the reply. */

import type { UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import { suggestFor, understand } from "#core/commands/index.ts";
import { hasMoved, moveTo } from "#core/move.ts";
import type { Prompt } from "#core/prompt.ts";
import { outdatedBy } from "#core/outdate.ts";
import { placeOf } from "#core/place.ts";
import { isRefusal, type Refusal } from "#core/refusal.ts";
import type { Reply } from "#core/reply.ts";
import { type Decision, type Known, type Outcome, say } from "#core/situation.ts";
import type { Suggestion } from "#core/suggestion.ts";
import { isIllFormed, longestText } from "#core/text.ts";
import { dayAt, type TimeZone } from "#core/time.ts";
import { type Account, createUser, type User } from "#core/user.ts";
import { sayCutOff } from "#core/voice/group.ts";
import { sayAwake, sayClosed, sayWelcome } from "#core/voice/help.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { sayTrouble } from "#core/voice/trouble.ts";
import { isTimely, reschedule, userAfter, wake } from "#core/wake.ts";
import { load } from "#src/load.ts";
import { lookAtAll } from "#src/looks.ts";
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
  /** Told when something that stands in a channel may have become untrue, so that it is not left so until the next minute. */
  readonly hurry?: () => void;
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
    place: (account) => inOrder(`${account.platform} ${account.id}`, async () => void (await place(deps, { account }))),
    tick: () => lookAtAll(deps),
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
  const known = await place(deps, inbound);
  const decision = await decide(deps.store, understand(inbound.text, known), { ...inbound, known });
  const { reply, changes, isAlone = false } = isRefusal(decision) ? say(sayRefusal(decision)) : decision;
  const begun = isAlone ? [] : wake(changes, known, deps.spread);
  const after = userAfter(changes, known);
  const moved = isTimely(changes, known) ? reschedule(after, await deps.store.prompts(known.user.id), atTime(deps)) : [];
  const all = [
    ...changes,
    ...begun.map((prompt) => ({ kind: "prompt-set", prompt }) as const),
    ...moved,
    ...(isAlone ? [] : revived(inbound.account, known)),
    ...outdatedBy(changes, known),
  ];
  if (all.length === 0) return reply;
  const committed = await deps.store.commit(withGuard(all, inbound, known));
  if (committed === "stale") return undefined;
  if (all.some(({ kind }) => kind === "board-outdated" || kind === "boards-outdated")) deps.hurry?.();
  return isAlone ? reply : { ...reply, blocks: [...reply.blocks, ...besides(after, known, begun)] };
}

function atTime({ clock, spread }: Deps): { readonly now: Temporal.Instant; readonly spread: number } {
  return { now: clock.now(), spread };
}

/** Whoever says something is tried again, whatever became of the last message to them; of a channel of theirs that is closed they hear once. */
function revived(account: Account, { reach, isCutOff, user }: Known): readonly Change[] {
  return [
    ...(reach.isOpen ? [] : [{ kind: "account-reached", account, reach: { isOpen: true, isTold: true } } as const]),
    ...(isCutOff ? [{ kind: "channels-told", userId: user.id } as const] : []),
  ];
}

/** What is said below an answer: who I am, when I write, and that my last message, or one to a group, did not arrive. Each once. */
function besides(user: User, { isNew, reach, today, isCutOff }: Known, begun: readonly Prompt[]): Reply["blocks"] {
  const weekly = begun.find(({ kind }) => kind === "weekly");
  const first = weekly && user.feedback ? sayAwake(user, weekly.dueAt, today) : [];
  const closed = reach.isOpen || reach.isTold ? [] : [sayClosed()];
  return [...(isNew ? [sayWelcome(user)] : []), ...first, ...closed, ...(isCutOff ? [sayCutOff()] : [])];
}

/** Reads and never commits: who only types is not met for good, and need not be answered in order. */
async function suggest(deps: Deps, { account, command, arg, words, others }: Typing): Promise<readonly Suggestion[]> {
  const isReadable = [words, ...Object.values(others)].every((typed) => typed.length <= longestText && !isIllFormed(typed));
  const suggester = isReadable ? suggestFor(command, arg) : undefined;
  if (!suggester) return [];
  try {
    const known = await meet(deps, { account });
    const suggesting = suggester(words, others, known);
    return suggesting.list(await load(deps.store, suggesting.needs, { known }));
  } catch (error) {
    deps.log.error("suggesting-failed", placeOf(error));
    return [];
  }
}

/** Somebody who speaks, and where, as far as that is known. */
type Speaking = Pick<Inbound, "account"> & Partial<Pick<Inbound, "surface">>;

async function meet({ store, clock, freshId, timeZone }: Deps, { account, surface }: Speaking): Promise<Known> {
  const found = await store.findUser(account);
  const [now, id] = [clock.now(), freshId()];
  const user = found?.user ?? createUser(id as UserId, account.timeZone ?? timeZone, now);
  const { isAwake, reach, placedIn, isMember } = found ?? { ...stranger, placedIn: account.timeZone };
  const isCutOff = isMember && (await store.isCutOff(user.id));
  const before = { user, isAwake, reach, placedIn, isMember, isCutOff, isNew: found === undefined };
  const place = surface?.reach === "shared" ? { platform: surface.platform, address: surface.address } : undefined;
  return { ...before, now, today: dayAt(now, user.timeZone), locale: account.locale, id, name: account.name, place };
}

const stranger = { isAwake: false, reach: { isOpen: true, isTold: false }, isMember: false } as const;

async function place(deps: Deps, speaking: Speaking): Promise<Known> {
  const { account } = speaking;
  const known = await meet(deps, speaking);
  if (!hasMoved(account, known)) return known;
  const moved = moveTo(account, known);
  await deps.store.commit([...moved, ...reschedule(userAfter(moved, known), await deps.store.prompts(known.user.id), atTime(deps))]);
  return await meet(deps, speaking);
}

async function decide(store: Store, first: Decision, asking: Parameters<typeof load>[2]): Promise<Outcome | Refusal> {
  let decision = first;
  while ("needs" in decision) decision = decision.decide(await load(store, decision.needs, asking));
  return decision;
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

/** Under which the version of the rules is noted by which the prompts were set. */
const rulesNote = "time-zone-rules";

/** How many people are moved in one commit. */
const atATime = 25;

async function followRules(deps: Deps, rules: string): Promise<void> {
  const { store, log } = deps;
  const before = await store.findNote(rulesNote);
  if (before === rules) return;
  let after: UserId | undefined;
  let count = 0;
  for (;;) {
    const people = await store.awake(after, atATime);
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
