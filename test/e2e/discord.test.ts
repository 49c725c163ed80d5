/** The whole program as a process, on a Discord of this machine: what people type, press and receive. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Answer, type Discord, openDiscord, type Seen } from "../support/fake-discord/server.ts";
import { type Program, startProgram, temporaryFolder } from "../support/program.ts";
import { root } from "../support/project.ts";

const wednesday = Temporal.PlainDate.from("2026-11-25");
const turnedClock = pathToFileURL(join(root, "test/support/turned-clock.ts")).href;

type World = { readonly discord: Discord; readonly folder: string };

async function open(): Promise<World> {
  const discord = await openDiscord();
  onTestFinished(() => discord.close());
  return { discord, folder: temporaryFolder() };
}

function variablesOf({ token, apiUrl }: Discord): Readonly<Record<string, string>> {
  return { TIME_ZONE: "Europe/Berlin", DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl, LOG_LEVEL: "info" };
}

/** The program on that Discord; it is `at` by its clock, Wednesday noon in Berlin unless said. */
async function start({ discord, folder }: World, at = "2026-11-25T12:00:00+01:00"): Promise<Program> {
  const clock = { CLOCK_AT: Temporal.Instant.from(at).toString(), NODE_OPTIONS: `--import=${turnedClock}` };
  const program = startProgram({ folder, variables: { ...variablesOf(discord), ...clock } });
  await program.said('"event":"discord-commands-registered"', '"event":"discord-commands-unchanged"');
  return program;
}

function message(answer: Answer): Seen {
  if (answer.kind !== "message") throw new Error(`Read the answer: it must be a message, and is ${JSON.stringify(answer)}`);
  return answer.message;
}

describe("on Discord", () => {
  test("a session is logged by a slash command, a mention and a direct message, and only the asker sees it", async () => {
    const setup = await open();
    const { discord } = setup;
    const program = await start(setup);
    const [ann, bo] = [discord.person("ann"), discord.person("bo")];
    const first = message(await ann.slash("log", { sessions: "20 strength" }));
    expect(first.text).toContain("20 min strength logged for today; this week 20 of 40–60 min.");
    expect(first.isPrivate).toBe(true);
    expect(first.buttons.slice(0, 2)).toEqual(["Undo", "This week"]);
    await ann.say("20 strength", discord.server.channel);
    const second = await ann.next(ann.dm);
    expect(second.text).toContain("In the sweet spot.");
    await ann.say("30 walk");
    const third = await ann.next(ann.dm);
    expect(third.text).toContain("30 min walk");
    expect(bo.screen(discord.server.channel).filter(({ isFromBot }) => isFromBot)).toEqual([]);
    expect(discord.problems).toEqual([]);
    const { code, stderr } = await program.kill("SIGTERM");
    expect(stderr).toContain(
      `https://discord.com/oauth2/authorize?client_id=${discord.applicationId}&permissions=51200&scope=bot+applications.commands`,
    );
    expect(stderr).not.toContain(discord.token);
    expect(code).toBe(0);
  });

  test("a button, a menu, a form and what is offered while typing work", async () => {
    const setup = await open();
    const { discord } = setup;
    await start(setup);
    const ann = discord.person("ann");
    const offers = await ann.type("log", "sessions", "45m run yest");
    expect(offers.map(({ value }) => value)).toContain("45m run yest");
    const logged = message(await ann.slash("log", { sessions: "20 strength" }));
    expect((await ann.type("log", "sessions", ""))[0]?.value).toBe("20 strength");
    const undone = message(await ann.press(logged, "Undo"));
    expect(undone.text).toMatch(/took back|taken back|undone/iu);
    const week = message(await ann.press(logged, "This week"));
    expect(week.isRich).toBe(true);
    expect(week.pictures[0]?.bytes.subarray(1, 4)).toEqual(new TextEncoder().encode("PNG"));
    const settings = message(await ann.slash("settings"));
    const zone = settings.menu.find(({ label }) => label.startsWith("Time zone"));
    const form = await ann.pick(settings, zone?.label ?? "");
    if (form.kind !== "modal") throw new Error(`Pick the time zone: it must open a form, and gave ${JSON.stringify(form)}`);
    expect(form.modal.fields[0]?.value).toBe("Europe/Berlin");
    const changed = message(await ann.submit(form.modal, { [form.modal.fields[0]?.label ?? ""]: "Auckland" }));
    expect(changed.text).toContain("Pacific/Auckland");
    expect(discord.problems).toEqual([]);
  });

  test("the weekly message arrives in the direct messages with its picture, at its own local time, once", async () => {
    const setup = await open();
    const { discord } = setup;
    const ann = discord.person("ann");
    const before = await start(setup);
    const logged = message(await ann.slash("log", { sessions: "20 strength" }));
    const clock = /first on Mon 30 Nov (?<time>\d\d:\d\d)/u.exec(logged.text)?.groups?.["time"] ?? "";
    expect(clock).toMatch(/^08:[0-5]\d$/u);
    message(await ann.slash("settings", { setting: "nudges", value: "off" }));
    await before.kill("SIGTERM");
    const due = wednesday.add({ days: 5 }).toZonedDateTime({ timeZone: "Europe/Berlin", plainTime: clock });
    const early = await start(setup, due.subtract({ seconds: 10 }).toInstant().toString());
    message(await ann.slash("week"));
    expect(ann.screen(ann.dm)).toEqual([]);
    await early.kill("SIGTERM");
    const right = await start(setup, due.add({ seconds: 59 }).toInstant().toString());
    const weekly = await ann.next(ann.dm);
    expect(weekly.text).toContain("Last week 20 of 40–60 min.");
    expect(weekly.pictures).toHaveLength(1);
    expect(weekly.pictures[0]?.name).toMatch(/^week-2026-11-23\.png$/u);
    expect(weekly.pictures[0]?.description).toContain("20 of 40–60 min");
    expect(weekly.nonce).toMatch(/^\w{1,25}$/u);
    expect(weekly.buttons).toEqual(["Plan next week", "Why?", "Mute"]);
    await right.kill("SIGTERM");
    await start(setup, due.add({ minutes: 5 }).toInstant().toString());
    message(await ann.slash("week"));
    expect(ann.screen(ann.dm)).toHaveLength(1);
    expect(discord.problems).toEqual([]);
  });

  test.each<readonly [string, (discord: Discord) => void]>([
    ["is closed to messages", (discord) => discord.person("ann").setMessages("closed")],
    ["cannot be written to", (discord) => discord.fail({ path: /^\/users\/@me\/channels$/u }, { kind: "error", status: 403, code: 50278 })],
  ])("whoever mentions the bot and %s reads where to get the answer, and nobody reads the answer", async (_, trouble) => {
    const setup = await open();
    const { discord } = setup;
    await start(setup);
    const ann = discord.person("ann");
    trouble(discord);
    await ann.say("20 strength", discord.server.channel);
    const told = await ann.next(discord.server.channel);
    expect(told.text).toBe(
      "My answer is for you alone, and I could not write to you directly. Type `/week`: only you will see what comes.",
    );
    expect(ann.screen(ann.dm)).toEqual([]);
    expect(message(await ann.slash("week")).text).toContain("20 of 40–60 min");
    expect(discord.problems).toEqual([]);
  });

  test.each([502, 503])("an answer that Discord does not take for a while (%i) comes once, and the session stands once", async (status) => {
    const setup = await open();
    const { discord } = setup;
    await start(setup);
    const ann = discord.person("ann");
    discord.fail({ method: "POST", path: /^\/channels\/\d+\/messages$/u }, { kind: "error", status }, 4);
    await ann.say("20 strength");
    expect((await ann.next(ann.dm)).text).toContain("20 min strength logged");
    await ann.say("/week");
    expect((await ann.next(ann.dm)).text).toContain("20 of 40–60 min");
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(2);
    expect(discord.problems).toEqual([]);
  });

  test("an answer that waits when the program is stopped is given by the next one, and once", async () => {
    const setup = await open();
    const { discord } = setup;
    const before = await start(setup);
    const ann = discord.person("ann");
    discord.fail({ method: "POST", path: /^\/channels\/\d+\/messages$/u }, { kind: "error", status: 503 }, Infinity);
    await ann.say("20 strength");
    await before.said('"event":"discord-answer-failed"');
    const { code, stderr } = await before.kill("SIGTERM");
    expect([code, stderr]).toEqual([0, expect.stringContaining('"event":"answer-deferred"')]);
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toEqual([]);
    discord.heal();
    // By its clock, which each program begins anew, it is a minute later, and Discord still knows the message again.
    const next = await start(setup, "2026-11-25T12:01:00+01:00");
    expect((await ann.next(ann.dm)).text).toContain("20 min strength logged");
    await next.kill("SIGTERM");
    await start(setup, "2026-11-25T12:02:00+01:00");
    message(await ann.slash("week"));
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(1);
    expect(discord.problems).toEqual([]);
  });

  test("a group does not begin in a channel where the bot may not post, and begins where it may", async () => {
    const setup = await open();
    const { discord } = setup;
    await start(setup);
    const ann = discord.person("ann");
    ann.setManager(true);
    const quiet = discord.openServer("quiet", { isReadOnly: true });
    const create = { what: "create", words: "Morning crew" };
    expect(message(await ann.slash("group", create, quiet.channel)).text).toContain("I can't post in this channel yet.");
    expect(ann.screen(quiet.channel).filter(({ isPrivate }) => !isPrivate)).toEqual([]);
    expect(message(await ann.slash("group", create)).text).toContain("Morning crew is here now.");
    expect(discord.problems).toEqual([]);
  });

  test("two programs on one database answer and record once", async () => {
    const setup = await open();
    const { discord } = setup;
    await start(setup);
    await start(setup);
    const ann = discord.person("ann");
    discord.deliverTwice(3);
    message(await ann.slash("log", { sessions: "20 strength" }));
    await ann.say("20 strength");
    await ann.next(ann.dm);
    await ann.say("/week");
    const week = await ann.next(ann.dm);
    expect(week.text).toContain("40 of 40–60 min");
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(2);
    expect(discord.problems).toEqual([]);
  });

  test("a Discord that is out at the start is waited for", async () => {
    const setup = await open();
    const { discord } = setup;
    discord.gateway.refuse(503);
    const program = startProgram({ folder: setup.folder, variables: variablesOf(discord) });
    await program.said('"event":"discord-waiting"');
    discord.gateway.accept();
    await program.said('"event":"discord-commands-registered"');
    const ann = discord.person("ann");
    message(await ann.slash("log", { sessions: "20 strength" }));
    const { code } = await program.kill("SIGTERM");
    expect(code).toBe(0);
  });

  test("a token that Discord does not take ends the program and says where to get another", async () => {
    const setup = await open();
    const { discord, folder } = setup;
    const program = startProgram({
      folder,
      variables: { DISCORD_TOKEN: `${discord.token.slice(0, -4)}AAAA`, DISCORD_API_URL: discord.apiUrl },
    });
    const { code, stderr } = await program.ended;
    expect(stderr).toContain("Discord does not take DISCORD_TOKEN. A new one is made in the developer portal");
    expect(code).toBe(1);
    expect(discord.gateway.identifies).toBe(0);
  });
});
