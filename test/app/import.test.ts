/** Files of sessions, from being sent to being taken back, as somebody would live through it. */

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { MessageId } from "#core/lib/ids.ts";
import { createImporter } from "#src/app/import-file.ts";
import { yieldToEventLoop } from "#src/runtime/event-loop.ts";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { aContext } from "../support/builders.ts";
import { createMemoryStore } from "../support/model-store/store.ts";
import { aReader as aCoach, account } from "../support/reader.ts";
import { temporaryFolder } from "../support/program.ts";

const table = "date,minutes,activity\n2026-11-24,20,strength\n2026-11-25,30,walk\n";

describe("a CSV", () => {
  test("is shown before anything is recorded, taken in when that is confirmed, and taken back and done again as one", async () => {
    const { send, say, press } = aCoach();
    expect(await send(table)).toContain("2 new sessions. They are from Tue 24 Nov to Wed 25 Nov. Nothing is recorded yet.");
    expect(await say("/week")).toContain("This week 0 min");
    await say("/import");
    expect(await press("Import")).toContain("Imported. 2 sessions are in.");
    expect(await say("/week")).toContain("This week 20 of 40–60 min");
    expect(await say("/undo")).toContain("Taken back. 2 sessions are out.");
    expect(await say("/week")).toContain("This week 0 min");
    expect(await say("/undo")).toContain("Done again. 2 sessions are in.");
    expect(await say("/week")).toContain("This week 20 of 40–60 min");
  });

  test("adds what is new to it alone", async () => {
    const { send, say, press } = aCoach();
    await say("20 strength yesterday");
    expect(await send(table)).toContain("1 new session. They are of Wed 25 Nov. 1 known already stay as they are.");
    await press("Import");
    expect(await send(table)).toContain("Nothing new in that file. 2 sessions, and all of them are here already.");
    expect(await say("/week")).toContain("This week 20 of 40–60 min");
  });

  test("is not taken in when it is dropped, and its button does nothing then", async () => {
    const { send, say, press } = aCoach();
    await send(table);
    expect(await press("Drop it")).toContain("Dropped. Nothing is recorded.");
    expect(await say("/import")).toContain("Send me a file.");
    expect(await say("/history")).toContain("No sessions yet.");
  });

  test("is taken in once, however often its button is pressed", async () => {
    const { send, say, press } = aCoach();
    await send(table);
    const first = await press("Import");
    expect(first).toContain("Imported.");
    await say("/import");
    expect(await send(table)).toContain("Nothing new");
    expect(await say("/week")).toContain("This week 20 of 40–60 min");
  });

  test("of one person is nobody else's to take in", async () => {
    const { send, say } = aCoach();
    await send(table);
    for (const id of ["id-00002", "id-00003", "id-00004", "id-00005"])
      expect(await say(`/import ${id}`, { name: "ben" })).toContain("Nothing waits to be imported.");
    expect(await say("/history", { name: "ben" })).toContain("No sessions yet.");
  });

  test("that comes with a warning sign is not read: the sign is answered, and nothing else", async () => {
    const { say, store } = aCoach();
    const answer = await say("here are my runs, I had chest pain during the last one", { file: table });
    expect(answer).not.toContain("new sessions");
    expect(answer).toMatch(/112|911|emergency/u);
    expect(await store.findUser(account("ann"))).toBeUndefined();
    expect(await say("/import")).toContain("Send me a file.");
  });

  test("that comes again, as platforms do, is answered once", async () => {
    const { send } = aCoach();
    expect(await send(table, "once")).toContain("2 new sessions");
    expect(await send(table, "once")).toBe("");
  });

  test.each([
    ["date,minutes\n2026-11-24,20\n", "I found no column for activity among: date, minutes."],
    ["date,minutes,activity\n2026-11-24,20,strength\n2026-11-25,x,walk\n", 'Row 3: "x" is no time of 1 to 600 minutes.'],
    ["date,minutes,activity\n05/06/2026,20,strength\n", 'Row 2: "05/06/2026" can be read in two ways; 2026-11-25 can not.'],
    ['date,minutes,activity\n2026-11-24,20,"strength\n', "is no CSV"],
    ["date,minutes,activity\n", "There are no sessions in that file."],
    [
      "date,minutes,activity\n2026-11-24,600,walk\n2026-11-24,600,run\n2026-11-24,600,swim\n",
      "It would make more than 24 hours on Tue 24 Nov.",
    ],
    ['{"format":"sweetspot-export","version":2}', "of a newer version"],
    ['{"hello":1}', "no export of mine"],
    ["\u0000\u0001", "no text that I can read"],
  ])("%j is refused as a whole, and says why", async (file, why) => {
    const { send, say, logged } = aCoach();
    const answer = await send(file);
    expect(answer).toContain(why);
    expect(answer).toContain("Nothing is recorded; a file is taken as a whole or not at all.");
    expect(await say("/history")).toContain("No sessions yet.");
    expect(await say("/forget")).toContain("I keep nothing about you.");
    expect(logged).toEqual([]);
  });

  test("with many bad rows tells three, and how many there are", async () => {
    const rows = Array.from({ length: 10 }, (_, index) => `2026-11-24,${index},blorf`);
    const answer = await aCoach().send(`date,minutes,activity\n${rows.join("\n")}\n`);
    expect(answer.match(/Row \d+/gu)).toEqual(["Row 2", "Row 3", "Row 4"]);
    expect(answer).toContain("7 more rows I could not read.");
  });

  test("that comes while the last one is read is not begun, and other people's wait for their turn", async () => {
    const { say } = aCoach();
    const { promise, resolve } = Promise.withResolvers<void>();
    expect(await say("/help", { file: table, until: promise })).toContain("Reading your file.");
    expect(await say("/help", { file: table })).toContain("I'm still reading your last file. Send this one when that's done.");
    const others = Array.from({ length: 25 }, (_, index) => say("/help", { file: table, name: `other-${index}` }));
    const answers = await Promise.all(others);
    expect(answers.filter((one) => one.includes("Reading your file."))).toHaveLength(19);
    expect(answers.filter((one) => one.includes("I'm reading other people's files right now."))).toHaveLength(6);
    resolve();
    let answer = await say("/import");
    for (; answer.includes("Reading your file."); await yieldToEventLoop()) answer = await say("/import");
    expect(answer).toContain("2 new sessions.");
    let other = await say("/import", { name: "other-0" });
    for (; other.includes("Reading your file."); await yieldToEventLoop()) other = await say("/import", { name: "other-0" });
    expect(other).toContain("2 new sessions.");
  });

  test("whose person is forgotten meanwhile leaves nothing", async () => {
    const { send, say, press, store } = aCoach();
    await say("20 strength");
    await send(table);
    await say("/forget");
    await press("Delete everything");
    expect(await say("/history")).toContain("No sessions yet.");
    const found = await store.findUser(account("ann"));
    expect(found).toBeUndefined();
  });
});

test("reading is the first half of the progress, at fifty bytes a row", async () => {
  const [read, end] = [Promise.withResolvers<void>(), Promise.withResolvers<"too-heavy">()];
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const importer = createImporter({
    store: createMemoryStore(),
    log,
    freshId: () => "id-1",
    async readFile(_, onRows) {
      onRows(10);
      read.resolve();
      return await end.promise;
    },
  });
  const file = { name: "sessions.csv", size: 1000, read: async () => ({ kind: "bytes", bytes: new Uint8Array(1000) }) as const };
  const context = aContext();
  const begun = importer.begin(file, context, "message-1" as MessageId);
  await read.promise;
  expect(importer.stateOf(context.account)).toEqual({ kind: "reading", done: 10, of: 40 });
  end.resolve("too-heavy");
  expect(await begun).toMatchObject({ kind: "refused", refusals: [{ kind: "too-heavy" }] });
});

test("a hundred thousand rows come in, with progress, while others are answered", { timeout: 120_000 }, async () => {
  const { store } = openSqlite({ path: join(temporaryFolder(), "coach.db"), synchronous: "NORMAL" });
  const { send, say, press } = aCoach(store);
  const start = Temporal.PlainDate.from("1996-01-01");
  const rows = Array.from(
    { length: 100_000 },
    (_, index) => `${start.add({ days: Math.floor(index / 9) }).toString()},${(index % 60) + 1},strength`,
  );
  let progress = await send(`date,minutes,activity\n${rows.join("\n")}\n`);
  const waits: number[] = [];
  const parts = new Set<string>();
  while (progress.includes("Reading your file.")) {
    parts.add(/(\d+) %/u.exec(progress)?.[1] ?? "");
    const asked = performance.now();
    await yieldToEventLoop();
    expect(await say("/week", { name: "ben" })).toContain("This week");
    waits.push(performance.now() - asked);
    // What arrives over a line comes a turn later, too.
    await yieldToEventLoop();
    progress = await say("/import");
  }
  expect(progress).toContain("100,000 new sessions.");
  expect(parts.size).toBeGreaterThan(1);
  // An answer is to be there within a second and a half; a slice takes some milliseconds, on a machine that others use as well.
  expect(Math.max(...waits)).toBeLessThan(1000);
  const begun = performance.now();
  expect(await press("Import")).toContain("Imported. 100,000 sessions are in.");
  expect(performance.now() - begun).toBeLessThan(5000);
  expect(await say("/undo")).toContain("100,000 sessions are out.");
  await store.close();
});
