/** What `/export` sends: all that is kept, in the form that is written down, and safe to open. */

import { join } from "node:path";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { exportAsJson, columns, sessionsAsCsv } from "#core/data/export.ts";
import { exportSchema, sessionSchema } from "#core/data/export-schema.ts";
import type { UserId } from "#core/lib/ids.ts";
import { endUnsent } from "#core/model/outbox-message.ts";
import type { Block } from "#core/model/reply.ts";
import { connectSqlite, createSqliteStore } from "#src/store/sqlite/open.ts";
import { aDelivery, alexAccount, aPrompt, changedThroughout } from "../contracts/store/fixtures.ts";
import { aSession, aUser } from "../support/builders.ts";
import { createTestCoach } from "../support/coach.ts";
import { temporaryFolder } from "../support/program.ts";
import { textOf } from "../support/project.ts";

const now = Temporal.Instant.from("2026-11-25T11:00:00Z");

function filesIn(blocks: readonly Block[] = []) {
  return blocks.flatMap((block) => (block.kind === "file" ? [block] : []));
}

describe("/export", () => {
  test("is answered where it is asked, and the files come by direct message", async () => {
    const coach = createTestCoach();
    await coach.hear('20 strength "felt easy"');
    await coach.hear("/stop");
    expect(await coach.hear("/export")).toContain("On its way.");
    await coach.run();
    expect(coach.sent).toHaveLength(1);
    const [csv, json] = filesIn(coach.sent[0]?.reply.blocks);
    expect(csv?.name).toBe("sweetspot-2026-11-25.csv");
    expect(csv?.content).toMatch(/^\uFEFFdate,activity,minutes,intensity,note,[^\r]*\r\n2026-11-25,strength,20,moderate,felt easy,1,0,,/u);
    const read = exportSchema.parse(JSON.parse(json?.content ?? ""));
    expect(read.sessions).toHaveLength(1);
    expect(read.person.isStopped).toBe(true);
    expect(read.messages.map(({ kind }) => kind)).toEqual(["export"]);
  });

  test("asked twice within a minute it is sent once, and it does not count as the message of its day", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.travelTo("2026-11-26T08:29:00+01:00");
    for (const _ of [1, 2]) await coach.hear("/export");
    await coach.travelTo("2026-11-26T09:00:00+01:00");
    expect(coach.sent.map(({ key }) => key.split(" ")[0])).toEqual(["export", "rest"]);
    expect(await coach.hear("/schedule")).toContain("your data: sent");
  });

  test("gives nothing to somebody of whom nothing is kept", async () => {
    const coach = createTestCoach();
    expect(await coach.hear("/export")).toContain("I keep nothing about you.");
    await coach.run();
    expect(coach.sent).toEqual([]);
  });

  test("is not sent after everything was deleted", async () => {
    const coach = createTestCoach();
    await coach.hear("20 strength");
    await coach.hear("/export");
    await coach.hear("/forget");
    await coach.press("Delete everything");
    await coach.run();
    expect(coach.sent).toEqual([]);
  });
});

const columnSchema = z.array(z.object({ name: z.string(), type: z.string().toLowerCase() }));

test("every column of every table about a person is in the JSON", async () => {
  const { client } = connectSqlite({ path: join(temporaryFolder(), "coach.db") });
  const store = createSqliteStore(client);
  // Of these only that they are there is told: a code is nobody's to know, a person's settings are told one by one, and in which platform's
  // lane a message waits follows from the accounts. A version only counts changes.
  const untold = ["hash", "preferences", "account_id", "platform", "user_id", "owner_id", "bound_by", "lane", "fallback_lane", "version"];
  const valid: Readonly<Record<string, string>> = {
    time_zone: "Europe/Berlin",
    local_date: "2026-11-24",
    week_start: "2026-11-24",
    day: "2026-11-23",
    sent_on: "2026-11-22",
    messages_since: "2026-11-19",
    state: "sent",
    reason: "late",
    stated_numbers: '{"strength":4711,"aerobic":4712}',
    intensity: "vigorous",
    sessions: "[]",
    reply: '{"account":{"platform":"p","id":"i"},"answerTo":"token-mark","reply":{"blocks":[{"kind":"text","text":["owed-mark"]}]}}',
    other: '{"final":{"what":"cheered","instead":"instead-mark"}}',
    user: JSON.stringify({ before: rowOf("before-mark"), after: rowOf("after-mark") }),
    blocks: '[{"kind":"text","text":["says-mark"]}]',
    content: '{"text":"asked-mark","saidOn":"2026-11-21","answered":[],"answers":[]}',
    preferences: "{}",
    user_id: "u",
    bound_by: "u",
    group_id: "g",
    share: "minutes",
    rest_week: "2026-11-20",
    status: "suspended",
  };
  // Of what goes to a channel: it is nobody's.
  const ofPosts = ["group_id", "platform", "address", "platform_message_id", "content_hash"];
  client.exec(`INSERT INTO "group" VALUES ('g', 'group.name', 0, 'UTC', 1, '{"roundUp":{"weekday":1,"time":"09:00"},"checkIn":null}', 0)`);
  const marks: string[] = [];
  let number = 1_790_000_000_000;
  const tables = z.array(z.string()).parse(client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all());
  const isTheirs = (table: string): boolean => columnsOf(table).some(({ name }) => ["user_id", "bound_by"].includes(name));
  const columnsOf = (table: string) => columnSchema.parse(client.pragma(`table_info("${table}")`));
  for (const table of ["user", ...tables.filter(isTheirs)]) {
    const cells = columnsOf(table).map(({ name, type }) => {
      number += 1000;
      const kind = ["prompt", "delivery"].includes(table) && name === "kind" ? "rest" : undefined;
      if (table === "user" && name === "id") return "u";
      if (table === "user" && ["owner_id", "pending"].includes(name)) return null;
      if (table === "delivery" && ofPosts.includes(name)) return null;
      if (name === "first_day") return 6;
      if (/^(?:dm_reachable|dm_notice_shown|owner_notified|undone)$/u.test(name)) return 1;
      const text = valid[name] ?? kind ?? `${table}.${name}`;
      if (type === "integer") marks.push(...(untold.includes(name) ? [] : [said(name, number)]));
      else if (
        type === "text" &&
        !untold.includes(name) &&
        !["user", "stated_numbers", "content", "blocks", "sessions", "other", "reply"].includes(name)
      )
        marks.push(text);
      return type === "integer" ? amountOf(name, number) : type === "real" ? 0.25 : text;
    });
    client.prepare(`INSERT INTO "${table}" VALUES (${cells.map(() => "?").join()})`).run(...cells);
  }
  const userData = await store.userData("u" as UserId);
  const json = userData ? exportAsJson(userData, now) : "";
  expect(marks.filter((mark) => !json.replaceAll('": ', '":').includes(mark))).toEqual([]);
  for (const mark of ["4711", "before-mark", "after-mark", "asked-mark", "says-mark", "instead-mark", "owed-mark", "0.25", "group.name"])
    expect(json).toContain(mark);
  expect(json).not.toContain("token-mark");
  client.close();
});

function rowOf(id: string) {
  return { id, joinedAt: 0, timeZone: "UTC", firstDay: 1, preferences: "{}" };
}

const small = ["minutes", "fence", "attempts", "import_count"];

function amountOf(name: string, number: number): number {
  return small.includes(name) ? (number / 1000) % 577 : number;
}

/** An instant is told as ISO text, an amount as it is. */
function said(name: string, number: number): string {
  return small.includes(name) ? `:${amountOf(name, number)}` : Temporal.Instant.fromEpochMilliseconds(number).toString();
}

const odd = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.constantFrom("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", '"', ",", "\n", "'=1", "＝1"),
);
const session = fc.record({ note: odd, word: odd }).map(({ note, word }) => aSession({ note, word }));

describe("the CSV", () => {
  test("holds what was said, whatever it was, and no cell that a spreadsheet takes for a formula", () => {
    fc.assert(
      fc.property(fc.array(session, { maxLength: 5 }), (sessions) => {
        const rows = parse(sessionsAsCsv(sessions), { bom: true });
        expect(rows[0]).toEqual(columns);
        expect(rows).toHaveLength(sessions.length + 1);
        for (const [index, row] of rows.slice(1).entries()) {
          for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/u);
          const note = sessions[index]?.note ?? "";
          expect([note, `'${note}`]).toContain(row[4]);
        }
      }),
    );
  });
});

const nothing = {
  accounts: [],
  act: undefined,
  question: undefined,
  prompts: [],
  deliveries: [],
  code: undefined,
  unanswered: [],
  detached: [],
  memberships: [],
  cheers: [],
  channels: [],
};

describe("the JSON", () => {
  test("of somebody who changed every setting keeps its form, and so do its sessions", () => {
    const user = changedThroughout(aUser());
    const sessions = [aSession(), aSession({ note: "שלום \u2028 💪" })];
    const read = exportSchema.parse(JSON.parse(exportAsJson({ user, sessions, ...nothing }, now)));
    expect(read.sessions.map((one) => sessionSchema.parse(one).minutes)).toEqual([20, 20]);
    expect(read.person.quietHours).toEqual({ from: "00:00:00", until: "23:59:59" });
    expect(exportSchema.parse(JSON.parse(exportAsJson({ user, sessions: [], ...nothing }, now))).sessions).toEqual([]);
  });

  test("of what is said unasked has the keys of its form", () => {
    const target = { platform: alexAccount.platform, id: alexAccount.id };
    const blocks: readonly Block[] = [{ kind: "text", text: ["Hello."] }];
    const statedNumbers = { strength: 45, aerobic: 150 };
    const message = endUnsent(aDelivery({ target, blocks, statedNumbers }), "late", now);
    const json = exportAsJson({ user: aUser(), sessions: [], ...nothing, prompts: [aPrompt()], deliveries: [message] }, now);
    const { comingMessages, messages } = exportSchema.parse(JSON.parse(json));
    expect(comingMessages).toEqual([{ userId: "user-1", kind: "weekly", dueAt: "2026-11-23T07:00:00Z", on: "2026-11-16" }]);
    expect(messages).toEqual([
      {
        key: "weekly alex",
        kind: "weekly",
        on: "2026-11-16",
        dueAt: "2026-11-23T07:00:00Z",
        expiresAt: "2026-11-25T07:00:00Z",
        state: "expired",
        nextAt: null,
        fence: 0,
        attempts: 0,
        triedAt: null,
        sentOn: null,
        told: statedNumbers,
        why: "late",
        endedAt: now.toString(),
        to: target,
        says: blocks,
      },
    ]);
  });

  test("is described, part by part", () => {
    const page = textOf("docs/guide/export-format.md");
    for (const part of Object.keys(exportSchema.shape)) expect(page).toContain(`\`${part}\``);
    for (const column of columns) expect(page).toContain(`\`${column}\``);
  });
});
