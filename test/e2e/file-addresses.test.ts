/** The whole program, and files that lie where no platform keeps any: nobody is asked for them, and no secret leaves for another host. */

import { expect, onTestFinished, test, describe } from "vitest";
import { openDiscord } from "../support/fake-discord/server.ts";
import { foreignAddresses, openForeignHost } from "../support/foreign-host.ts";
import { startProgram, temporaryFolder } from "../support/program.ts";
import { after, type Mode, openProgramOnSlack, startOn } from "../support/fake-slack/program.ts";
import type { Loose } from "../support/fake-slack/types.ts";

const table = "date,minutes,activity\n2026-01-02,20,strength\n";
const elsewhere =
  "I only open files that are uploaded right here. Upload the CSV or JSON itself to this chat, and I'll read it. Nothing's recorded.";

describe.each<Mode>(["in Socket Mode", "over HTTP"])("on Slack %s", (mode) => {
  const open = async () => {
    const setup = await openProgramOnSlack(mode);
    const foreign = await openForeignHost();
    const own = new URL(setup.slack.apiUrl).origin;
    const program = await startOn(setup, Temporal.Now.instant().toString(), foreign.variables(new URL(own).port));
    let people = 0;
    /** Each comes from somebody else, so that nobody says too much. */
    const send = async (about: Loose, where: "message" | "mention" = "message"): Promise<string> => {
      const person = setup.slack.person(`person ${(people += 1)}`);
      const [place, words] = where === "message" ? [person.dm, ""] : [setup.slack.channel, `<@${setup.slack.botId}>`];
      const sent = { name: "runs.csv", content: table, about };
      return (await after(person, place, () => person.say(words, where === "message" ? undefined : place, sent))).text;
    };
    return { ...setup, foreign, own, program, send };
  };

  test("no file is fetched from a host that is not Slack's, and the person reads what works", { timeout: 120_000 }, async () => {
    const { slack, foreign, own, program, send } = await open();
    const addresses = foreignAddresses("files.slack.com", own, foreign.port);
    expect(addresses.length).toBeGreaterThan(40);
    const answers: (readonly [url: string, answer: string])[] = [];
    for (const [place, url] of addresses.entries())
      answers.push([url, await send({ url_private: url }, place % 2 === 0 ? "message" : "mention")]);
    expect([foreign.connections(), foreign.heard()]).toEqual([0, ""]);
    expect(slack.calls("file")).toEqual([]);
    expect(answers.filter(([, answer]) => !answer.includes(elsewhere))).toEqual([]);
    expect(await send({})).toContain("1 new session.");
    expect(slack.problems).toEqual([]);
    expect((await program.kill("SIGTERM")).stderr).not.toMatch(/xox[bp]-|evil/u);
  });

  test("a file that Slack only points to is left alone, whatever it is called and wherever it lies", { timeout: 60_000 }, async () => {
    const { slack, foreign, own, send } = await open();
    const [there, here] = [`http://127.0.0.1:${foreign.port}/runs.csv`, `${own}/files-pri/T1-F1/runs.csv`];
    for (const about of [
      { is_external: true, url_private: there },
      { is_external: true, url_private: here },
      { is_external: true, url_private: "https://files.slack.com/files-pri/T1-F1/runs.csv" },
      { external_type: "gdrive", url_private: here },
      { mode: "external", url_private: here },
      { mode: "external", url_private: undefined },
      { is_external: true, external_type: "gdrive", mode: "external", name: "Training log", url_private: there },
      { is_external: true, name: null, title: "Training log", url_private: there },
    ])
      for (const where of ["message", "mention"] as const) expect(await send(about, where)).toContain(elsewhere);
    expect([foreign.connections(), slack.calls("file")]).toEqual([0, []]);
  });

  test("no redirect is followed to a host that is not Slack's", { timeout: 120_000 }, async () => {
    const { slack, foreign, own, program, send } = await open();
    const foreigners = foreignAddresses("files.slack.com", own, foreign.port).filter((url) => /^[a-z]+:[!-~]+$|^\/\//iu.test(url));
    expect(foreigners.length).toBeGreaterThan(40);
    for (const [place, location] of foreigners.entries()) {
      const status = [301, 302, 303, 307, 308][place % 5] ?? 302;
      const url = slack.lend({ status, headers: { location }, body: "" });
      expect([location, await send({ url_private: url })]).toEqual([location, expect.stringContaining('I couldn\'t get "runs.csv".')]);
    }
    expect([foreign.connections(), foreign.heard()]).toEqual([0, ""]);
    const there = slack.lend({ status: 200, headers: {}, body: table });
    expect(await send({ url_private: slack.lend({ status: 302, headers: { location: new URL(there).pathname }, body: "" }) })).toContain(
      "1 new session.",
    );
    expect((await program.kill("SIGTERM")).stderr).not.toMatch(/xox[bp]-|evil/u);
  });
});

test("on Discord no file is fetched from a host that is not Discord's, and none with a secret", { timeout: 120_000 }, async () => {
  const discord = await openDiscord();
  onTestFinished(() => discord.close());
  const foreign = await openForeignHost();
  const own = new URL(discord.apiUrl).origin;
  const variables = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: "info" };
  const program = startProgram({ folder: temporaryFolder(), variables: { ...variables, ...foreign.variables(new URL(own).port) } });
  await program.said('"event":"discord-commands-registered"', '"event":"discord-commands-unchanged"');
  const send = async (name: string, url?: string): Promise<string> => {
    const person = discord.person(name);
    await person.say("", undefined, { file: { name: "runs.csv", content: table, ...(url === undefined ? {} : { url }) } });
    return (await person.next(person.dm)).text.replaceAll("**", "");
  };
  const addresses = ["cdn.discordapp.com", "media.discordapp.net"].flatMap((host) => foreignAddresses(host, own, foreign.port));
  for (const [place, url] of addresses.entries())
    expect([url, await send(`person ${place}`, url)]).toEqual([url, expect.stringContaining(elsewhere)]);
  expect([foreign.connections(), foreign.heard()]).toEqual([0, ""]);
  expect(await send("ann")).toContain("1 new session.");
  expect(discord.problems).toEqual([]);
  expect((await program.kill("SIGTERM")).stderr).not.toMatch(/evil/u);
});
