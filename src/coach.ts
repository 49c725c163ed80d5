/** The shell around the core: it alone reads the clock, looks things up, commits changes and hands back the reply. */

import type { UserId } from "#core/brand.ts";
import type { Change } from "#core/change.ts";
import { understand } from "#core/commands/index.ts";
import { isRefusal, type Refusal } from "#core/refusal.ts";
import type { Reply } from "#core/reply.ts";
import type { Decision, Known, Needs, Outcome, Situation } from "#core/situation.ts";
import { dayAt, type TimeZone } from "#core/time.ts";
import { createUser } from "#core/user.ts";
import { sayWelcome } from "#core/voice/help.ts";
import { sayRefusal } from "#core/voice/refusal.ts";
import { sayTrouble } from "#core/voice/trouble.ts";
import type { Clock, Handle, Inbound, Log, Store } from "#src/ports.ts";

/** What the coach works with. */
export type Deps = {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Never gives the same twice; later ones sort after earlier ones. */
  readonly freshId: () => string;
  /** Of people who have not set theirs. */
  readonly timeZone: TimeZone;
};

/** The coach. What one account says is answered in the order in which it came, so that each answer counts the one before. */
export function createCoach(deps: Deps): { readonly handle: Handle } {
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
  const known = await meet(deps, inbound);
  const decision = await decide(deps.store, understand(inbound.text, known), known);
  if (isRefusal(decision)) return { blocks: [sayRefusal(decision)] };
  if (decision.changes.length === 0) return decision.reply;
  const committed = await deps.store.commit(withGuard(decision.changes, inbound, known));
  if (committed === "stale") return undefined;
  return known.isNew ? { blocks: [...decision.reply.blocks, sayWelcome(known.user)] } : decision.reply;
}

async function meet({ store, clock, freshId, timeZone }: Deps, { account }: Inbound): Promise<Known> {
  const found = await store.findUser(account);
  const now = clock.now();
  const id = freshId();
  const user = found ?? createUser(id as UserId, timeZone, now);
  return { user, isNew: found === undefined, now, today: dayAt(now, user.timeZone), id };
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
  const known = error instanceof Error ? error : new Error("not an error");
  const stack = (known.stack ?? "").replace(known.message, "").split("\n");
  const where = stack.map((line) => line.trim()).filter((line) => line.startsWith("at "));
  const code = "code" in known ? String(known.code) : "";
  log.error("inbound-failed", { reference, error: known.name, code, where: where.slice(0, 5).join(" ") });
  return { blocks: [sayTrouble(reference)] };
}
