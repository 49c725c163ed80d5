/** Random histories of groups: the SQLite store answers as the memory store does, also after it was closed and opened again. */

import { join } from "node:path";
import { expect, test } from "vitest";
import type { Change } from "#core/model/changes/index.ts";
import type { OutboxMessage } from "#core/model/outbox-message.ts";
import type { GroupPrompt } from "#core/model/prompt.ts";
import type { Store } from "#src/ports/store.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { scaled } from "../support/counts.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { codes, groupChange, groupIds, channelRefs } from "./arbitrary-groups.ts";
import { accounts, change, instant, record, user, userIds } from "./arbitrary.ts";
import { useFolders } from "./folder.ts";
import fc from "fast-check";

const folder = useFolders();
const always = { from: Temporal.PlainDate.from("2000-01-01"), until: Temporal.PlainDate.from("2100-01-01") };
const later = Temporal.Instant.from("2100-01-01T00:00:00Z");

type Step =
  | { readonly kind: "commit"; readonly changes: readonly Change[] }
  /** All that is due is claimed, and goes out, or is shown anew, or is put off. */
  | { readonly kind: "send"; readonly end: "sent" | "closed" | "later"; readonly at: Temporal.Instant }
  | { readonly kind: "reopen" };

const session = change.filter(({ kind }) => kind === "session-logged" || kind === "session-removed" || kind === "user-saved");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    arbitrary: record({
      kind: fc.constant("commit" as const),
      changes: fc.array(fc.oneof({ arbitrary: groupChange, weight: 4 }, { arbitrary: session, weight: 1 }), { maxLength: 4 }),
    }),
    weight: 12,
  },
  {
    arbitrary: record({ kind: fc.constant("send" as const), end: fc.constantFrom("sent", "sent", "closed", "later"), at: instant }),
    weight: 4,
  },
  { arbitrary: record({ kind: fc.constant("reopen" as const) }), weight: 1 },
);

const history = fc.tuple(user, fc.array(step, { minLength: 5, maxLength: 50, size: "max" })).map(([one, steps]): readonly Step[] => {
  const people = userIds.map((id): Change => ({ kind: "user-saved", user: { ...one, id } }));
  const linked = accounts.map((account, index): Change => ({ kind: "account-linked", account, userId: userIds[index % 2] ?? one.id }));
  return [{ kind: "commit", changes: [...people, ...linked] }, ...steps];
});

/** What comes of one claimed message. */
function ends(message: OutboxMessage, { end, at }: Extract<Step, { readonly kind: "send" }>): readonly Change[] {
  const { key, fence } = message;
  const standing = { messageId: `of ${key}`, contentHash: `${fence}` };
  if (message.state === "sent")
    return [
      { kind: "delivery-updated", key, fence, liveMessage: end === "closed" ? undefined : standing, attempts: fence, nextAt: undefined },
    ];
  const going = { userId: undefined, sentOn: message.localDate, triedAt: at, statedNumbers: undefined };
  const sending: Change = { kind: "delivery-sending", key, fence, ...going };
  if (end === "later") return [sending, { kind: "delivery-postponed", key, fence, nextAt: at, attempts: 1, mayHaveArrived: false }];
  if (end === "closed") return [sending, { kind: "delivery-ended", key, fence, finalState: "suppressed", reason: "closed", at }];
  return [
    sending,
    { kind: "delivery-ended", key, fence, finalState: "sent", reason: undefined, at, liveMessage: { ...standing, until: at } },
  ];
}

async function take(store: Store, one: Step): Promise<unknown> {
  if (one.kind === "commit") return await store.commit(one.changes).catch(() => "threw");
  if (one.kind === "reopen") return undefined;
  const all: OutboxMessage[] = [];
  for (const platform of new Set(accounts.map((account) => account.platform)))
    all.push(...(await store.claim(later, one.at, 100, platform)));
  const claimed = all.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const results: unknown[] = [claimed];
  for (const message of claimed) results.push(await store.commit(ends(message, one)));
  return results;
}

async function contentOf(store: Store): Promise<unknown> {
  const refs = [...groupIds.map((id) => ({ id })), ...channelRefs.map((channel) => ({ channel })), ...codeRefs()];
  const crews = groupIds.flatMap((groupId) =>
    ["2026-11-29", "2026-11-30"].map((on) => ({ groupId, days: always, cheersOn: Temporal.PlainDate.from(on) })),
  );
  const due = await store.dueGroups(later, 100);
  return {
    found: await Promise.all(refs.map((ref) => store.findGroup(ref))),
    here: await Promise.all(channelRefs.flatMap((channel) => userIds.map((id) => store.findHere(channel, id)))),
    memberships: await Promise.all(userIds.map((id) => store.memberships(id))),
    crews: await Promise.all(crews.map(async (need) => sorted(await store.groupSnapshot(need)))),
    users: await Promise.all(accounts.map((account) => store.findUser(account))),
    prompts: await Promise.all(groupIds.map(async (id) => (await store.groupPrompts(id)).toSorted(byName))),
    due: due.toSorted((a, b) => byName(a.prompt, b.prompt)),
    cutOff: await Promise.all(userIds.map((id) => store.hasUnreportedSuspension(id))),
    nextAt: await store.nextAt(),
  };
}

function codeRefs(): readonly { readonly code: string }[] {
  return codes.flatMap((code) => groupIds.map((id) => ({ code: `${code} ${id}` })));
}

/** In which order those come that are due at once is nobody's promise. */
function byName(one: GroupPrompt, other: GroupPrompt): number {
  return `${one.groupId} ${one.kind}` < `${other.groupId} ${other.kind}` ? -1 : 1;
}

/** In which order bouts come is nobody's promise. */
function sorted({ loggedMinutes, ...rest }: Awaited<ReturnType<Store["groupSnapshot"]>>): unknown {
  return { ...rest, bouts: loggedMinutes.map((bout) => JSON.stringify(bout)).toSorted() };
}

test("any history of groups reads in the SQLite store as it reads in memory", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(history, async (steps) => {
      const path = join(folder(), "sweetspot.db");
      const open = () => openSqlite({ path, synchronous: "NORMAL" }).store;
      const memory = createMemoryStore();
      let sqlite = open();
      for (const one of steps) {
        if (one.kind === "reopen") {
          await sqlite.close();
          sqlite = open();
        }
        expect(await take(sqlite, one)).toStrictEqual(await take(memory, one));
      }
      expect(await contentOf(sqlite)).toStrictEqual(await contentOf(memory));
      await sqlite.close();
    }),
    { numRuns: scaled(150) },
  );
});
