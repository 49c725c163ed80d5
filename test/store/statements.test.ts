/** What a `/log` costs the database, counted: a count has no noise. */

import { join } from "node:path";
import type { ActionId, SessionId, MessageId } from "#core/lib/ids.ts";
import { weekOf } from "#core/lib/time.ts";
import type { Store } from "#src/ports/store.ts";
import { connectSqlite, createSqliteStore } from "#src/store/sqlite/open.ts";
import { expect, test } from "vitest";
import { z } from "zod";
import { aDelivery, here, there } from "../contracts/store/fixtures.ts";
import { anAccount, aSession, aUser } from "../support/builders.ts";
import { createTestCoach } from "../support/coach.ts";
import { aChannel, aGroup } from "../support/groups.ts";
import { useFolders } from "./folder.ts";

const folder = useFolders();

const planRow = z.object({ detail: z.string() });

/** A store with one person, and what it has run and prepared since. */
async function countedStore() {
  const ran: string[] = [];
  const prepared: string[] = [];
  const { client } = connectSqlite({ path: join(folder(), "sweetspot.db"), trace: (sql) => ran.push(sql) });
  const prepare = client.prepare.bind(client);
  client.prepare = (sql: string) => {
    prepared.push(sql);
    return prepare(sql);
  };
  const store = createSqliteStore(client);
  const planOf = (sql: string): readonly string[] => {
    const rows = prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from(sql.matchAll(/\?/g), () => 0));
    return z
      .array(planRow)
      .parse(rows)
      .map(({ detail }) => detail);
  };
  await store.commit([
    { kind: "user-saved", user: aUser() },
    { kind: "account-linked", account: anAccount(), userId: aUser().id },
  ]);
  return { store, ran, prepared, planOf };
}

/** What the shell asks of the store for a `/log`. */
async function log(store: Store, index: number): Promise<void> {
  const found = await store.findUser(anAccount());
  const session = aSession({ id: `session-${index}` as SessionId });
  await store.sessions(aUser().id, weekOf(session.day, found?.user.firstDay ?? 1));
  await store.commit([
    { kind: "inbound-seen", source: `source-${index}` as MessageId, at: session.loggedAt },
    { kind: "session-logged", session },
    {
      kind: "last-action-set",
      lastAction: { id: `act-${index}` as ActionId, userId: session.userId, undone: false, sessions: [{ after: session }] },
    },
  ]);
}

test("a log runs five statements in one transaction", async () => {
  const { store, ran } = await countedStore();
  ran.length = 0;
  await log(store, 1);
  const kinds = ran.map((sql) => /^(begin immediate|\w+)/i.exec(sql)?.[0].toLowerCase());
  expect(kinds).toStrictEqual(["select", "select", "begin immediate", "insert", "insert", "insert", "commit"]);
});

test("a log of somebody who is in no group asks for none, of a member runs one statement more, and of who bound a channel two", async () => {
  const { store, ran } = await countedStore();
  const member = { groupId: aGroup().id, userId: aUser().id, name: "Alex", share: "status", joinedAt: aGroup().createdAt } as const;
  const coach = createTestCoach({ store });
  const count = async (): Promise<number> => {
    ran.length = 0;
    await coach.hear("20 strength", { name: anAccount().id });
    return ran.length;
  };
  await count();
  const alone = await count();
  await store.commit([
    { kind: "group-saved", group: aGroup() },
    { kind: "member-joined", member: { ...member, restsOn: undefined } },
  ]);
  expect(await count()).toBe(alone + 1);
  await store.commit([{ kind: "channel-bound", channel: aChannel({ boundBy: aUser().id }) }]);
  expect(await count()).toBe(alone + 2);
});

test("a second log prepares nothing again", async () => {
  const { store, prepared } = await countedStore();
  await log(store, 1);
  prepared.length = 0;
  await log(store, 2);
  expect(prepared).toStrictEqual([]);
});

test.each(["claim", "claimOverdue"] as const)(
  "a %s of nothing writes nothing, and of something is one statement more",
  async (claiming) => {
    const { store, ran } = await countedStore();
    const account = anAccount({ platform: there });
    await store.commit([{ kind: "account-linked", account, userId: aUser().id }]);
    const [now, until] = [aDelivery().dueAt.add({ hours: 1 }), aDelivery().expiresAt];
    const platform = claiming === "claim" ? here : there;
    const claim = async (): Promise<readonly unknown[]> => {
      ran.length = 0;
      await store[claiming](now, until, 10, platform);
      return ran.map((sql) => /^\w+/.exec(sql)?.[0]);
    };
    expect(await claim()).toStrictEqual(["select"]);
    await store.commit([{ kind: "delivery-queued", delivery: aDelivery() }]);
    expect(await claim()).toStrictEqual(["select", "update"]);
  },
);

test.each<[string, RegExp, readonly string[]]>([
  [
    "who is behind an account",
    /^select .* from "account" .* left join "prompt"/,
    ["account USING PRIMARY KEY", "prompt USING PRIMARY KEY"],
  ],
  [
    "what is due",
    /^select .* from "prompt" inner join .*"due_at" <= /,
    ["prompt USING INDEX prompt_due (due_at<?)", "user USING PRIMARY KEY"],
  ],
  [
    "who is active",
    /^select .* from "prompt" inner join .*"user_id" > /,
    ["prompt USING PRIMARY KEY (user_id>?)", "user USING PRIMARY KEY"],
  ],
  [
    "whether anything is to be claimed",
    /^select "key" from "delivery" where "delivery"\."lane" = /,
    ["delivery USING INDEX delivery_next (lane=? AND next_at<?)"],
  ],
  [
    "a claim",
    /^update "delivery" .* in \(select "key" from "delivery" where "delivery"\."lane" = \? and "delivery"\."next_at" <= \? order/,
    ["delivery USING INDEX delivery_next (lane=? AND next_at<?)", "(key=?)"],
  ],
  [
    "whether anything is overdue elsewhere",
    /^select "key" from "delivery" where \("delivery"\."fallback_lane" = /,
    ["delivery USING INDEX delivery_fallback (fallback_lane=? AND next_at<?)"],
  ],
  [
    "a claim of what is",
    /^update "delivery" .* in \(select "key" from "delivery" where \("delivery"\."fallback_lane" = /,
    ["delivery USING INDEX delivery_fallback (fallback_lane=? AND next_at<?)", "(key=?)"],
  ],
  ["sending", /^update "delivery" .* not exists/, ["delivery_day (user_id=? AND sent_on=?)", "(key=?)"]],
  ["the next prompt", /^select min\("due_at"\) from "prompt"/, ["prompt USING COVERING INDEX prompt_due"]],
  ["the next lane", /^select "lane", "next_at"/, ["delivery USING COVERING INDEX delivery_next (lane>?)"]],
])("%s is found along an index, in its order", async (_, statement, ways) => {
  const { prepared, planOf } = await countedStore();
  const found = prepared.filter((sql) => statement.test(sql));
  expect(found).toHaveLength(1);
  const plan = found.flatMap(planOf);
  for (const way of ways) expect(plan).toContainEqual(expect.stringContaining(way));
  expect(plan.join("; ")).not.toMatch(/SCAN|TEMP B-TREE/);
});

test("the latest deliveries of a person are read along an index, and sorted only where they were due at once", async () => {
  const { prepared, planOf } = await countedStore();
  const sql = prepared.find((sql) => /^select .* from "delivery" .* order by/.test(sql));
  expect(planOf(sql ?? "none")).toStrictEqual([
    "SEARCH delivery USING INDEX delivery_recent (user_id=?)",
    "USE TEMP B-TREE FOR LAST TERM OF ORDER BY",
  ]);
});

test("where somebody is reached is read along an index, and their few accounts are sorted by where they spoke last", async () => {
  const { prepared, planOf } = await countedStore();
  const sql = prepared.find((one) => /^select .* from "account" inner join "user" .* where "account"."user_id"/.test(one));
  const plan = planOf(sql ?? "none").join("; ");
  expect(plan).toContain("account USING INDEX account_user (user_id=?)");
  expect(plan).not.toContain("SCAN");
});

test("no statement goes through all prompts, deliveries or accounts", async () => {
  const { prepared, planOf } = await countedStore();
  const theirs = prepared.filter((sql) =>
    /"(?:prompt|delivery|account|app_state|group|channel|member|join_code|cheer|group_prompt|group_week)"/.test(sql),
  );
  expect(theirs.length).toBeGreaterThan(45);
  expect(theirs.filter((sql) => planOf(sql).some((step) => step.includes("SCAN") && step !== "SCAN CONSTANT ROW"))).toStrictEqual([]);
});

test("a history of one activity is read along the person's own rows, newest first", async () => {
  const { prepared, planOf } = await countedStore();
  const reads = prepared.filter((sql) => sql.startsWith("select") && sql.includes('from "session"') && !sql.includes("group by"));
  expect(reads.length).toBeGreaterThan(3);
  for (const sql of reads) {
    expect(planOf(sql)).toStrictEqual([expect.stringMatching(/^SEARCH session USING PRIMARY KEY \(user_id=\?/)]);
  }
});
