/** The whole program as a process, on a Slack of this machine: what people type, press and receive. */

import { describe, expect, onTestFinished, test } from "vitest";
import { openDiscord } from "../support/fake-discord/server.ts";
import { type Program, startProgram } from "../support/program.ts";
import { after, form, type Mode, openProgramOnSlack, startOn, variablesOf } from "../support/fake-slack/program.ts";

describe.each<Mode>(["in Socket Mode", "over HTTP"])("on Slack %s", (mode) => {
  test("a session is logged by a slash command, a mention and a direct message, and only the asker sees it", async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    const program = await startOn(setup);
    const [ann, bo] = [slack.person("ann"), slack.person("bo")];
    const first = await after(ann, slack.channel, () => ann.slash("/log", "20 strength"));
    expect(first.text).toContain("20 min strength logged for today; this week 20 of 40–60 min.");
    expect(first.topText).toContain("20 min strength logged for today");
    // Her profile says where she is, and commands are spelled as they are typed here.
    expect(first.text).toContain(
      "I count your days in Europe/Berlin; /coach settings time zone Auckland would change it. /coach undo takes",
    );
    expect(first.isPrivate).toBe(true);
    expect(first.buttons.slice(0, 2)).toEqual(["Undo", "This week"]);
    const second = await after(ann, slack.channel, () => ann.say(`<@${slack.botId}> 20 strength`, slack.channel));
    expect(second.text).toContain("In the sweet spot.");
    expect(second.isPrivate).toBe(true);
    const third = await after(ann, ann.dm, () => ann.say("30 walk"));
    expect(third.text).toContain("30 min walk");
    expect(bo.screen(slack.channel).filter(({ isFromBot }) => isFromBot)).toEqual([]);
    expect(slack.problems).toEqual([]);
    const { code, stderr } = await program.kill("SIGTERM");
    expect(stderr).not.toMatch(/xoxb-|xapp-/u);
    expect(code).toBe(0);
  });

  test("an answer that Slack rejects for a while arrives once; a group starts only where the bot may post", async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    await startOn(setup);
    const ann = slack.person("ann");
    slack.fail("chat.postMessage", { kind: "status", status: 503 }, 3);
    const answer = await after(ann, ann.dm, () => ann.say("20 strength"));
    expect(answer.text).toContain("20 min strength logged");
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(1);
    slack.promote(ann);
    slack.uninvite();
    const refused = await after(ann, slack.channel, () => ann.slash("/coach", "group create Morning crew"));
    expect(refused.text).toContain("I'm not in this channel yet. Invite me first.");
    slack.invite();
    const begun = await after(ann, slack.channel, () => ann.slash("/coach", "group create Morning crew"));
    expect(begun.text).toContain("Morning crew is here now.");
    expect(slack.problems).toEqual([]);
  });

  test("an answer that waits when the program is stopped is given by the next one, and once", async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    const before = await startOn(setup);
    const ann = slack.person("ann");
    slack.fail("chat.postMessage", { kind: "status", status: 503 }, Infinity);
    await ann.say("20 strength");
    await before.said('"event":"slack-answer-failed"');
    const { code, stderr } = await before.kill("SIGTERM");
    expect([code, stderr]).toEqual([0, expect.stringContaining('"event":"answer-deferred"')]);
    slack.heal();
    // By its clock, which each program begins anew, it is a minute later.
    await startOn(setup, "2026-11-25T12:01:00+01:00");
    await expect.poll(() => ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot).length, { timeout: 20_000 }).toBe(1);
    expect(ann.screen(ann.dm).at(-1)?.text).toContain("20 min strength logged");
    expect(slack.problems).toEqual([]);
  });

  test("the coach command reaches all others, and says what there is where nothing stands behind it", async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    await startOn(setup, undefined, { SLACK_COMMAND_PREFIX: "fit-" });
    const ann = slack.person("ann");
    const help = await after(ann, slack.channel, () => ann.slash("/fit-coach", ""));
    expect(help.text).toContain("/fit-log 20 strength:");
    expect(help.text).toContain("/fit-coach undo:");
    const logged = await after(ann, slack.channel, () => ann.slash("/fit-coach", "45m run yesterday"));
    expect(logged.text).toContain("45 min run");
    const history = await after(ann, slack.channel, () => ann.slash("/fit-coach", "history"));
    expect(history.buttons.join(" ")).toContain("45 min");
    const wrong = await after(ann, slack.channel, () => ann.slash("/fit-log", "lots of strength <!channel>"));
    expect(wrong.text).toContain("/fit-log 20 strength");
    expect(slack.problems).toEqual([]);
  });

  test("a button, a form, the shortcut and the App Home work", async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    await startOn(setup);
    const ann = slack.person("ann");
    await ann.openHome();
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("0 of 40–60 min");
    expect(ann.home()?.buttons).toEqual(expect.arrayContaining(["Log a session", "Settings", "Export all of it", "Delete all of it"]));
    const logged = await after(ann, slack.channel, () => ann.slash("/log", "20 strength"));
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("20 of 40–60 min");
    expect(ann.home()?.pictures[0]?.bytes.subarray(1, 4)).toEqual(Buffer.from("PNG"));
    const undone = await after(ann, slack.channel, () => ann.press(logged, "Undo"));
    expect(undone.text).toMatch(/took back|taken back|undone/iu);
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("0 of 40–60 min");
    const home = ann.home();
    if (!home) throw new Error("Look at the App Home: it must be there");
    await ann.press(home, "Log a session");
    const asked = await form(ann);
    expect(asked.title).toBe("Log a session");
    await ann.submit(asked, "25 strength");
    await expect.poll(() => ann.home()?.text, { timeout: 8000 }).toContain("25 min strength logged for today");
    await ann.shortcut("log-a-session");
    await expect.poll(() => ann.modal()?.title, { timeout: 8000 }).toBe("Log a session");
    const byShortcut = await after(ann, ann.dm, async () => ann.submit(await form(ann), "30 walk"));
    expect(byShortcut.text).toContain("30 min walk");
    const week = await after(ann, slack.channel, () => ann.slash("/week", ""));
    expect(week.pictures[0]?.alt).toContain("25 of 40–60 min");
    expect(slack.problems).toEqual([]);
  });

  test("the weekly message arrives in the direct messages with its picture, at its own local time, once", async () => {
    const setup = await openProgramOnSlack(mode);
    const { slack } = setup;
    const ann = slack.person("ann");
    const before = await startOn(setup);
    const logged = await after(ann, slack.channel, () => ann.slash("/log", "20 strength"));
    const clock = /first on Mon 30 Nov (?<time>\d\d:\d\d)/u.exec(logged.text)?.groups?.["time"] ?? "";
    expect(clock).toMatch(/^08:[0-5]\d$/u);
    await after(ann, slack.channel, () => ann.slash("/coach", "settings nudges off"));
    await before.kill("SIGTERM");
    const due = Temporal.PlainDate.from("2026-11-30").toZonedDateTime({ timeZone: "Europe/Berlin", plainTime: clock });
    const early = await startOn(setup, due.subtract({ seconds: 10 }).toInstant().toString());
    await after(ann, slack.channel, () => ann.slash("/week", ""));
    expect(ann.screen(ann.dm)).toEqual([]);
    await early.kill("SIGTERM");
    let right: Program | undefined;
    const weekly = await after(ann, ann.dm, async () => {
      right = await startOn(setup, due.add({ seconds: 59 }).toInstant().toString());
    });
    expect(weekly.text).toContain("Last week 20 of 40–60 min.");
    expect(weekly.topText).toContain("20 of 40–60 min");
    expect(weekly.pictures[0]?.bytes.subarray(1, 4)).toEqual(Buffer.from("PNG"));
    expect(weekly.pictures[0]?.alt).toContain("20 of 40–60 min");
    expect(weekly.buttons).toEqual(["Plan next week", "Why?", "Mute"]);
    await right?.kill("SIGTERM");
    await startOn(setup, due.add({ minutes: 5 }).toInstant().toString());
    await after(ann, slack.channel, () => ann.slash("/week", ""));
    expect(ann.screen(ann.dm)).toHaveLength(1);
    expect(slack.problems).toEqual([]);
  });
});

describe("on Slack", () => {
  test("a Slack that is out at the start, and later, holds up neither Discord nor itself", async () => {
    const setup = await openProgramOnSlack();
    const { slack, folder } = setup;
    const discord = await openDiscord();
    onTestFinished(() => discord.close());
    slack.fail("apps.connections.open", { kind: "status", status: 500 }, 2);
    const variables = { ...variablesOf(setup), DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const program = startProgram({ folder, variables });
    await program.said('"event":"discord-commands-registered"', '"event":"discord-commands-unchanged"');
    const there = await discord.person("ann").slash("log", { sessions: "20 strength" });
    expect(there.kind).toBe("message");
    await program.said('"event":"slack-connected"');
    const ann = slack.person("ann");
    expect((await after(ann, slack.channel, () => ann.slash("/log", "20 strength"))).text).toContain("20 of 40–60 min");
    slack.socket.break();
    await slack.socket.ready();
    expect((await after(ann, slack.channel, () => ann.slash("/week", ""))).text).toContain("20 of 40–60 min");
    expect((await program.kill("SIGTERM")).code).toBe(0);
  });

  test("a token that Slack does not take ends the program and says where to get another", async () => {
    const setup = await openProgramOnSlack();
    const program = startProgram({ folder: setup.folder, variables: { ...variablesOf(setup), SLACK_APP_TOKEN: "xapp-1-A1-wrong-token" } });
    const { code, stderr } = await program.ended;
    expect(stderr).toContain("Slack does not take SLACK_APP_TOKEN (invalid_auth).");
    expect(code).toBe(1);
  });

  test("a bot token that Slack does not take ends the program alike, before anybody says anything", async () => {
    const setup = await openProgramOnSlack();
    const program = startProgram({ folder: setup.folder, variables: { ...variablesOf(setup), SLACK_BOT_TOKEN: "xoxb-wrong-token-0000" } });
    const { code, stderr } = await program.ended;
    expect(stderr).toContain("Slack does not take SLACK_BOT_TOKEN (invalid_auth).");
    expect(code).toBe(1);
  });
});
