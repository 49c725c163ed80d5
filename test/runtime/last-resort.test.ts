/** What nobody caught: told by where it broke, and the end of the process only where its state cannot be trusted. */

import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeError } from "#src/ports/describe-error.ts";
import type { LogFields } from "#src/ports/runtime.ts";
import { createLastResort, exitCodes } from "#src/runtime/last-resort.ts";
import { temporaryFolder } from "../support/program.ts";
import Database from "better-sqlite3";

/** A last resort whose clock is turned by hand; errors are thrown at it as the process would. */
function aLastResort() {
  const logged: { readonly event: string; readonly fields: LogFields }[] = [];
  const [told, exits]: [string[], number[]] = [[], []];
  let now = 0;
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const before = new Set(process.listeners("uncaughtException"));
  const log = createLastResort({
    log: { info: note, warn: note, error: note },
    tell: (line) => void told.push(line),
    exit: (code) => void exits.push(code),
    monotonic: () => now,
  });
  const hear = process.listeners("uncaughtException").find((listener) => !before.has(listener));
  if (!hear) throw new Error("Throw at the last resort: it must listen");
  process.removeListener("uncaughtException", hear);
  return {
    log,
    logged,
    told,
    exits,
    turn: (milliseconds: number) => (now += milliseconds),
    hear: (error: Error) => hear(error, "uncaughtException"),
  };
}

test("an error that nobody caught is told by its class and its place, and ends nothing", () => {
  const { hear, logged, told, exits } = aLastResort();
  hear(new TypeError("canary"));
  expect(logged).toEqual([
    {
      event: "uncaught",
      fields: { origin: "uncaughtException", error: "TypeError", code: "", where: expect.stringContaining("last-resort.test.ts") },
    },
  ]);
  expect([told, exits]).toEqual([[], []]);
  expect(JSON.stringify(logged)).not.toContain("canary");
});

test("twenty in a minute end nothing, and one more does; those of earlier minutes do not count", () => {
  const { hear, turn, exits, told } = aLastResort();
  for (let count = 0; count < 20; count += 1) hear(new Error("one"));
  turn(60_000);
  for (let count = 0; count < 20; count += 1) hear(new Error("other"));
  expect(exits).toEqual([]);
  turn(59_999);
  hear(new Error("last"));
  expect(exits).toEqual([exitCodes.untrusted]);
  expect(told).toEqual([expect.stringMatching(/cannot be trusted .*Exit code 70\.$/u)]);
});

test("a damaged database file ends the process, also where a part dealt with the error", () => {
  const path = join(temporaryFolder(), "coach.db");
  const database = new Database(path);
  onTestFinished(() => void database.close());
  database.exec("create table t (a text); pragma page_size");
  for (let row = 0; row < 500; row += 1) database.prepare("insert into t values (?)").run("x".repeat(100));
  database.close();
  const file = openSync(path, "r+");
  for (let page = 1; page < 12; page += 1) writeSync(file, Buffer.alloc(4096, 255), 0, 4096, page * 4096);
  closeSync(file);
  const damaged = new Database(path);
  onTestFinished(() => void damaged.close());
  let thrown: unknown;
  try {
    damaged.prepare("select count(*) from t where a like 'y%'").get();
  } catch (error) {
    thrown = error;
  }
  const { log, exits, told } = aLastResort();
  log.error("inbound-failed", { ...describeError(new Error("something else")) });
  expect(exits).toEqual([]);
  log.error("inbound-failed", { ...describeError(thrown) });
  expect(exits).toEqual([exitCodes.untrusted]);
  expect(told[0]).toContain("the database file is damaged");
});
