/** The whole program, as it is stopped at any moment: while it sends, waits, connects or is being stopped already. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import Database from "better-sqlite3";
import { openSqlite } from "#src/store/sqlite/open.ts";
import { countDeliveries, queueNotices } from "../support/backlog.ts";
import { startProgram } from "../support/program.ts";
import { root } from "../support/project.ts";
import {
  anything,
  expectStop,
  failSlack,
  forever,
  openPlatforms,
  startConnected,
  startOn,
  type Platforms,
} from "../support/fake-slack/groups.ts";

const posting = "chat.postMessage";
const backlog = 240;
/** More than an outbox has on its way at a time. */
const lanes = 8;

/** A Slack with a message in the outbox for so many of its people, and the file that they are in. */
async function openBacklog(): Promise<{ readonly setup: Platforms; readonly path: string; readonly dms: () => number[] }> {
  const setup = await openPlatforms();
  const { slack, folder } = setup;
  const people = Array.from({ length: backlog }, (_, place) => slack.person(`person ${place}`));
  const path = join(folder, "coach.db");
  await queueNotices(
    path,
    "slack",
    people.map(({ id }) => `${slack.teamId} ${id}`),
  );
  return { setup, path, dms: () => people.map((person) => person.screen(person.dm).length) };
}

/** The program two minutes later, when every lease has ended, until all of it is sent. */
async function sendTheRest(setup: Platforms, path: string): Promise<void> {
  const later = Temporal.Now.instant().add({ minutes: 2 }).toString();
  const turned = `--import=${pathToFileURL(join(root, "test/support/turned-clock.ts")).href}`;
  const program = startOn(setup, { CLOCK_AT: later, NODE_OPTIONS: turned });
  await expect.poll(() => countDeliveries(path), { timeout: 60_000, interval: 100 }).toEqual({ sent: backlog });
  await expectStop(program);
}

test("a stop waits for what is under way, and no longer, though Discord answers none of it", { timeout: 25_000 }, async () => {
  const setup = await openPlatforms(3000);
  const { discord } = setup;
  const program = await startConnected(setup);
  discord.fail(anything, { kind: "hang" }, forever);
  const people = Array.from({ length: 40 }, (_, place) => discord.person(`person ${place}`));
  await Promise.all(people.map((person) => person.slash("log", { sessions: "20 strength" })));
  await expectStop(program);
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)(
  "%s is heard while the backlog of the start goes out slowly, and the next start sends the rest, each once",
  { timeout: 120_000 },
  async (signal) => {
    const { setup, path, dms } = await openBacklog();
    const { slack } = setup;
    slack.fail(posting, { kind: "slow", after: 400 }, forever);
    const program = startOn(setup);
    await expect.poll(() => slack.calls(posting).length, { timeout: 30_000, interval: 10 }).toBeGreaterThan(0);
    const { code } = await program.kill(signal);
    expect(code).toBe(0);
    const { sent = 0, free = 0, ...others } = countDeliveries(path);
    expect(sent).toBeGreaterThan(0);
    expect(free).toBeGreaterThan(0);
    // What was under way was waited for, and whoever starts next need not wait for a lease.
    expect({ total: sent + free, others }).toEqual({ total: backlog, others: {} });
    slack.heal();
    await sendTheRest(setup, path);
    expect(new Set(dms())).toEqual(new Set([1]));
  },
);

test("a stop while nothing of the backlog is answered leaves to the next start what it claimed", { timeout: 120_000 }, async () => {
  const { setup, path, dms } = await openBacklog();
  const { slack } = setup;
  slack.fail(posting, { kind: "hang" }, forever);
  const program = startOn(setup);
  await expect.poll(() => slack.calls(posting).length, { timeout: 30_000, interval: 10 }).toBe(lanes);
  const stderr = await expectStop(program);
  expect(stderr).toContain('"event":"stop-cut-short"');
  expect(countDeliveries(path)).toEqual({ free: backlog - lanes, sending: lanes });
  slack.heal();
  await sendTheRest(setup, path);
  expect(new Set(dms())).toEqual(new Set([1]));
});

test("a stop is heard while no platform answers anything from the start", async () => {
  const setup = await openPlatforms();
  setup.discord.fail(anything, { kind: "hang" }, forever);
  failSlack(setup, { kind: "hang" });
  const program = startOn(setup);
  await expect.poll(() => setup.slack.calls("apps.connections.open").length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
  await expect.poll(() => setup.discord.requests.length, { timeout: 20_000, interval: 10 }).toBeGreaterThan(0);
  await expectStop(program);
});

/** A program that was told to stop, and waits for a Slack that answers nothing. */
async function stopping(variables: Readonly<Record<string, string>>) {
  const { setup } = await openBacklog();
  setup.slack.fail(posting, { kind: "hang" }, forever);
  const program = startOn(setup, variables);
  await expect.poll(() => setup.slack.calls(posting).length, { timeout: 30_000, interval: 10 }).toBe(lanes);
  const ended = program.kill("SIGTERM");
  await program.said('"event":"stopping"');
  return { program, ended };
}

test("a second signal ends at once a stop that waits", { timeout: 60_000 }, async () => {
  const { program } = await stopping({});
  const { code, stderr } = await program.kill("SIGINT");
  expect({ code, isCut: stderr.includes("stop-cut-short"), isTold: stderr.includes('"stopped"') }).toEqual({
    code: null,
    isCut: false,
    isTold: false,
  });
});

test("a signal that npm passes on after the whole group got it is no second one", { timeout: 60_000 }, async () => {
  const { program, ended } = await stopping({ npm_lifecycle_event: "start" });
  void program.kill("SIGTERM");
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toContain('"event":"stopped"');
});

test("a signal ends a start that waits for another process to unlock the file", async () => {
  const setup = await openPlatforms();
  const path = join(setup.folder, "coach.db");
  await openSqlite({ path }).store.close();
  const holder = new Database(path);
  holder.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  const program = startProgram({ folder: setup.folder });
  // Nothing that it says marks the moment: whenever the signal comes, it ends by it, and not by its own patience of half a minute.
  const { code, stderr } = await program.kill("SIGTERM");
  expect({ code, stderr }).toEqual({ code: null, stderr: "" });
  holder.close();
});
