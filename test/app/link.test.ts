/** One person on several accounts, as they would live through it. */

import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { twoPlatforms, type Where } from "../support/two-platforms.ts";

const [discord, slack] = [{ on: "discord" }, { on: "slack" }];

describe("/link", () => {
  test("joins two histories by a code, asks first, and tells both sides", async () => {
    const { say, press, code, sent, deliver } = twoPlatforms();
    await say("20 strength", discord);
    await say("/settings first day sunday", discord);
    await say("25 strength yesterday", slack);
    const made = await code(discord);
    expect(await say(`link ${made}`, slack)).toContain("Join ann on Slack with ann on Discord?");
    expect(await say("/week", slack)).toContain("This week 25 of");
    await say(`link ${made}`, slack);
    const linked = await press("Join", slack);
    expect(linked).toContain("ann on Slack and ann on Discord are one. The settings of ann on Discord hold, as it is the older.");
    for (const where of [discord, slack]) {
      expect(await say("/week", where)).toContain("This week 45 of 40–60 min");
      expect(await say("/settings first day", where)).toContain("Sunday");
    }
    await deliver();
    expect(sent).toEqual([
      expect.stringContaining("discord ann: Your accounts are linked. ann on Discord and ann on Slack have one history"),
    ]);
  });

  test("counts what stands in both histories once, and each has its own again after", async () => {
    const { say, linkUp } = twoPlatforms();
    for (const where of [discord, slack]) await say("20 strength", where);
    await say("30 walk", slack);
    expect(await linkUp(slack, discord)).toContain("1 session stood in both and counts once.");
    expect(await say("/week", slack)).toContain("This week 20 of");
    await say("15 strength", slack);
    expect(await say("/week", discord)).toContain("This week 35 min");
    expect(await say("/unlink", discord)).toContain("Parted. ann on Slack stands for itself again");
    expect(await say("/week", discord)).toContain("This week 20 of");
    expect(await say("/week", slack)).toContain("This week 35 min");
    expect(await say("/history", slack)).toContain("30 min walking");
  });

  test("takes a code once, for ten minutes, and never in a channel", async () => {
    const { say, press, code, turn } = twoPlatforms();
    await say("20 strength", discord);
    const shown = await code(discord);
    expect(await say(`/link ${shown}`, { ...slack, isShared: true })).toContain("Not here.");
    expect(await say(`link ${shown}`, slack)).toContain("That code is not good");
    const late = await code(discord);
    turn({ minutes: 10 });
    expect(await say(`link ${late}`, slack)).toContain("That code is not good");
    const good = await code(discord);
    expect(await say(`link ${good.toLowerCase().replaceAll("-", " ")}`, slack)).toContain("Join ann on Slack");
    await press("Join", slack);
    expect(await say(`link ${good}`, { ...slack, name: "eve" })).toContain("That code is not good");
    expect(await say("/week", { ...slack, name: "eve" })).toContain("This week 0 min");
  });

  test("takes one code for one account, however fast two are", async () => {
    const { say, code } = twoPlatforms();
    await say("20 strength", discord);
    const made = await code(discord);
    const both = await Promise.all(["bo", "cy"].map((name) => say(`link ${made} join`, { ...slack, name })));
    expect(both.filter((answer) => answer.includes("are one."))).toHaveLength(1);
  });

  test("stops who guesses, after five, and tells the operator", async () => {
    const { say, code, warnings, turn } = twoPlatforms();
    await say("20 strength", discord);
    const made = await code(discord);
    const answers: string[] = [];
    for (let guess = 0; guess < 50; guess += 1) answers.push(await say(`link 0000-0000-${String(guess).padStart(4, "0")}`, slack));
    expect(answers.slice(0, 5).every((answer) => answer.includes("That code is not good"))).toBe(true);
    expect(answers.slice(5).every((answer) => answer.includes("Too many codes"))).toBe(true);
    // Not even the right one.
    expect(await say(`link ${made}`, slack)).toContain("Too many codes");
    expect(warnings).toEqual(["codes-guessed"]);
    turn({ minutes: 10 });
    expect(await say(`link ${await code(discord)}`, slack)).toContain("Join ann on Slack");
  });

  test("does not take one's own code, and keeps none that can be read", async () => {
    const { say, code, store } = twoPlatforms();
    await say("20 strength", discord);
    const made = await code(discord);
    expect(await say(`link ${made}`, discord)).toContain("That code is from this very person.");
    const found = await store.findUser({ platform: "discord" as PlatformName, id: "ann", name: "ann" });
    const all = found && (await store.userData(found.user.id));
    expect(all?.code?.isOpen).toBe(true);
    expect(JSON.stringify(all)).not.toContain(made);
  });

  test("keeps stop, wherever it was said, also after they part", async () => {
    const { say, linkUp, tick, turn, sent, deliver } = twoPlatforms();
    await say("20 strength", discord);
    await say("20 strength yesterday", slack);
    await say("stop", slack);
    expect(await linkUp(discord, slack)).toContain("Messages stay ended");
    await deliver();
    await say("/unlink", slack);
    await deliver();
    sent.length = 0;
    for (let day = 0; day < 10; day += 1) {
      turn({ hours: 24 });
      await tick();
    }
    expect(sent).toEqual([]);
  });

  test("sends messages where they last spoke, or where they said", async () => {
    const { say, linkUp, deliver, sent, turn } = twoPlatforms();
    await say("20 strength", discord);
    await say("20 strength yesterday", slack);
    await linkUp(discord, slack);
    await deliver();
    sent.length = 0;
    const exportFrom = async (where: Where): Promise<void> => {
      turn({ minutes: 1 });
      await say("/export", where);
      await deliver();
    };
    await exportFrom(discord);
    await exportFrom(slack);
    expect(await say("/link here", discord)).toContain("What I write to you comes to ann on Discord");
    await exportFrom(slack);
    expect(sent.map((one) => one.split(" ")[0])).toEqual(["discord", "slack", "discord"]);
  });

  test("goes with /forget, on all platforms", async () => {
    const { say, press, linkUp, store } = twoPlatforms();
    await say("20 strength", discord);
    await say("20 strength", slack);
    await linkUp(discord, slack);
    expect(await say("/forget", slack)).toContain("1 session, 1 session kept aside");
    expect(await press("Delete everything", slack)).toContain("2 accounts (ann on Discord and ann on Slack)");
    for (const on of ["discord", "slack"])
      expect(await store.findUser({ platform: on as PlatformName, id: "ann", name: "ann" })).toBeUndefined();
  });
});

describe("/unlink", () => {
  test("asks which one, where there are several, and each can go by itself", async () => {
    const { say, press, linkUp } = twoPlatforms();
    await say("20 strength", discord);
    await say("21 strength", { ...slack, name: "bo" });
    await say("22 strength", { ...slack, name: "cy" });
    await linkUp(discord, { ...slack, name: "bo" });
    await linkUp(discord, { ...slack, name: "cy" });
    expect(await say("/week", discord)).toContain("This week 63 min");
    expect(await say("/unlink", discord)).toContain("Which one shall part?");
    expect(await press("cy on Slack", discord)).toContain("Parted. cy on Slack");
    expect(await say("/week", discord)).toContain("This week 41 of");
    expect(await say("/week", { ...slack, name: "cy" })).toContain("This week 22 of");
    expect(await say("/unlink", { ...slack, name: "bo" })).toContain("Parted. bo on Slack");
    expect(await say("/unlink", discord)).toContain("No other account is linked with this one.");
  });

  test("of a third one brings back what was held back for its sake", async () => {
    const [bo, cy] = [
      { ...slack, name: "bo" },
      { ...slack, name: "cy" },
    ];
    const { say, linkUp } = twoPlatforms();
    await say("10 strength", discord);
    await say("5 strength", bo);
    await linkUp(discord, cy);
    await say("5 strength", cy);
    await linkUp(bo, discord);
    expect(await say("/week", discord)).toContain("This week 15 of");
    await say("/unlink", cy);
    expect(await say("/week", discord)).toContain("This week 15 of");
    expect(await say("/week", cy)).toContain("This week 5 of");
    await say("/unlink", bo);
    expect(await say("/week", discord)).toContain("This week 10 of");
    expect(await say("/week", bo)).toContain("This week 5 of");
  });

  test("tells the other side, and wakes who had been woken", async () => {
    const { say, linkUp, deliver, sent, store } = twoPlatforms();
    await say("20 strength", discord);
    await say("20 strength yesterday", slack);
    await linkUp(discord, slack);
    await deliver();
    sent.length = 0;
    expect(await say("/unlink", discord)).not.toContain("I write on Mondays");
    await deliver();
    expect(sent).toEqual([expect.stringContaining("slack ann: Your accounts have parted.")]);
    for (const on of ["discord", "slack"]) {
      const found = await store.findUser({ platform: on as PlatformName, id: "ann", name: "ann" });
      expect(found?.isActive).toBe(true);
    }
  });
});
