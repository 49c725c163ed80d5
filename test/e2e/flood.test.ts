/** The whole program while one person sends far more than anybody could type. */

import { describe, expect, test } from "vitest";
import { expectStop, logged, openPlatforms, startConnected, wordsOf, type Platforms } from "../support/fake-slack/groups.ts";

/** What is said once when somebody's share is used up. */
const told = "That's more than I can take in at once.";
/** How many messages a flood has here. */
const many = 400;
/** How many of them may be answered: the burst, and what flows in while the flood lasts. */
const most = 120;

/** What one person does and sees: a platform and a way of saying something on it. */
type Flooder = {
  /** Says it so that the bot hears it; resolves at the latest when it is answered or dropped. */
  say(text: string): Promise<unknown>;
  /** What the bot answered so far. */
  answers(): readonly string[];
};

function onDiscord({ discord }: Platforms): Flooder {
  const eve = discord.person("eve");
  return { say: (text) => eve.say(`/${text}`), answers: () => wordsIn(eve.screen(eve.dm)) };
}

function onDiscordBySlash({ discord }: Platforms): Flooder {
  const eve = discord.person("eve");
  return {
    say: async (text) => {
      const [command = "", ...words] = text.split(" ");
      return await eve.slash(command, words.length > 0 ? { sessions: words.join(" ") } : {});
    },
    answers: () => wordsIn(eve.screen(discord.server.channel)),
  };
}

function onSlack({ slack }: Platforms): Flooder {
  const eve = slack.person("eve");
  return { say: (text) => eve.say(`/coach ${text}`), answers: () => wordsIn(eve.screen(eve.dm)) };
}

function onSlackBySlash({ slack }: Platforms): Flooder {
  const eve = slack.person("eve");
  return { say: (text) => eve.slash("/coach", text), answers: () => wordsIn(eve.screen(slack.channel)) };
}

function wordsIn(screen: readonly { readonly isFromBot: boolean; readonly text: string }[]): readonly string[] {
  return screen.flatMap(({ isFromBot, text }) => (isFromBot ? [text] : []));
}

/** The answers of the coach: not the line, and not what merely acknowledges. */
function given({ answers }: Flooder): readonly string[] {
  return answers().filter((text) => text.length > 3 && !text.includes(told));
}

function lines({ answers }: Flooder): number {
  return answers().filter((text) => text.includes(told)).length;
}

async function sees({ answers }: Flooder, words: string): Promise<void> {
  await expect.poll(answers, { timeout: 30_000, interval: 20 }).toContainEqual(expect.stringContaining(words));
}

describe("a flood by one person", () => {
  test.each([
    ["messages on Discord", onDiscord],
    ["commands on Discord", onDiscordBySlash],
    ["messages on Slack", onSlack],
    ["commands on Slack", onSlackBySlash],
  ])("of %s gets a fair share of answers and one line, while others are served", { timeout: 120_000 }, async (_, on) => {
    const setup = await openPlatforms(8000);
    const program = await startConnected(setup);
    const eve = on(setup);
    const [bo, cy] = [setup.discord.person("bo"), setup.slack.person("cy")];
    const flood = Array.from({ length: many }, () => eve.say("week"));
    const answer = bo.slash("log", { sessions: "20 strength" });
    const shown = cy.next(setup.slack.channel);
    await cy.slash("/log", "20 strength");
    expect(wordsOf(await answer)).toContain(logged);
    expect((await shown).text).toContain(logged);
    await sees(eve, told);
    // What cannot wait is heard, though nothing else of theirs is.
    void eve.say("log my chest hurts");
    await sees(eve, "emergency number");
    void eve.say("stop");
    await sees(eve, "resume");
    await Promise.all(flood);
    expect(given(eve).length).toBeLessThan(most);
    expect(lines(eve)).toBe(1);
    // Soon they are served like anybody else, whether or not they go on trying.
    const askAgain = async (): Promise<readonly string[]> => {
      await eve.say("log 20 strength");
      return given(eve);
    };
    await expect.poll(askAgain, { timeout: 30_000, interval: 500 }).toContainEqual(expect.stringContaining(logged));
    await expectStop(program);
  });
});
