/** What people type or forge who mean no good, and what others and the operator see of it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";

describe("what a made-up client sends", () => {
  test("cannot touch what is somebody else's", async () => {
    const setup = await openCoachOnDiscord();
    const [ann, bo] = [setup.discord.person("ann"), setup.discord.person("bo")];
    const hers = message(await ann.slash("log", { sessions: "20 strength" }));
    const his = message(await bo.slash("log", { sessions: "45 run" }));
    const ids = JSON.stringify(hers.raw).match(/"custom_id":"(?<id>[^"]+)"/gu) ?? [];
    expect(ids.length).toBeGreaterThan(1);
    for (const id of ids) await bo.forge(his, id.slice('"custom_id":"'.length, -1));
    expect(await setup.minutesOf(ann)).toBe(20);
  });

  test("is answered as typed words are, whatever it is", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    const first = message(await ann.slash("log", { sessions: "20 strength" }));
    const customId = fc.oneof(
      fc.string({ unit: "binary", minLength: 1, maxLength: 100 }),
      fc.constantFrom("/undo other", "/delete id-0001", "ask /correct id-9999", "ask ", "/answer x 1", "/nothing", "@everyone"),
    );
    await fc.assert(
      fc.asyncProperty(customId, async (id) => {
        const outcome = await ann.forge(first, id);
        expect(["message", "modal"]).toContain(outcome.kind);
      }),
      { numRuns: 60 },
    );
    expect(setup.logged.map(({ event }) => event)).not.toContain("discord-answer-failed");
  });
});

test("words that mention, link or mark up are shown as they are, in every kind of message", async () => {
  const setup = await openCoachOnDiscord();
  const { discord } = setup;
  const ann = discord.person("ann");
  const words = "@everyone <@123> **x** [bank](http://evil.example) `tick` <#1> ||spoiler||";
  const shown = message(await ann.slash("log", { sessions: words }));
  await ann.say(words);
  const direct = await ann.next(ann.dm);
  await ann.say(words, discord.server.channel);
  const mentioned = await ann.next(ann.dm);
  for (const { text, raw } of [shown, direct, mentioned]) {
    expect(text).not.toMatch(/\[bank\]\(http/u);
    expect(text).not.toMatch(/(?<!\\)\*\*x/u);
    expect(raw).toMatchObject({ mention_everyone: false, mentions: [] });
  }
  const bodies = discord.requests.map(({ body }) => JSON.stringify(body) ?? "").filter((body) => body.includes("content"));
  expect(bodies.length).toBeGreaterThan(2);
  for (const body of bodies) expect(body).toContain('"allowed_mentions":{"parse":[]}');
});
