import { describe, expect, test } from "vitest";
import type { CoachApi } from "#src/ports/adapter.ts";
import type { Gate } from "#src/ports/gate.ts";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord, type CoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";

/** A coach behind a gate that lets everything in until it is shut. */
async function aGatedCoach(shut: Gate): Promise<CoachOnDiscord & { shut(): void }> {
  let isShut = false;
  const gate: Gate = {
    admit: (arrival) => (isShut ? shut.admit(arrival) : { kind: "admitted" }),
    glance: (account) => (isShut ? shut.glance(account) : true),
  };
  const setup = await openCoachOnDiscord({ overhear: (api: CoachApi): CoachApi => ({ ...api, gate }), patience: 10_000 });
  return { ...setup, shut: () => void (isShut = true) };
}

const drops: Gate = { admit: () => ({ kind: "dropped" }), glance: () => false };
const words = { blocks: [{ kind: "text", text: ["Only this is said."] }] } as const;
const answers: Gate = { admit: () => ({ kind: "answered", reply: words }), glance: () => false };

describe("what is dropped", () => {
  test("is acknowledged with the least that Discord takes, and nothing is recorded", async () => {
    const { discord, shut, minutesOf } = await aGatedCoach(drops);
    const ann = discord.person("ann");
    const logged = message(await ann.slash("log", { sessions: "20 strength" }));
    shut();
    expect(message(await ann.slash("log", { sessions: "30 strength" })).text).toBe("…");
    expect(await ann.type("log", "sessions", "45m run yest")).toEqual([]);
    void ann.press(logged, "Undo");
    const callbacks = (): number => discord.requests.filter(({ path }) => path.endsWith("/callback")).length;
    await expect.poll(callbacks, { timeout: 10_000, interval: 10 }).toBe(4);
    expect(await minutesOf(ann)).toBe(20);
  });

  test("as a message is not answered at all", async () => {
    const { discord, shut, minutesOf } = await aGatedCoach(drops);
    const ann = discord.person("ann");
    await ann.say("20 strength");
    await ann.next(ann.dm);
    shut();
    await ann.say("30 strength");
    await ann.say("30 strength", discord.server.channel);
    // What comes after it has been answered, so that it has been looked at.
    expect(message(await ann.slash("week")).text).toBe("…");
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(1);
    expect(await minutesOf(ann)).toBe(20);
  });
});

describe("what the gate answers itself", () => {
  test("is shown where the answer would be, without the coach", async () => {
    const { discord, shut, minutesOf, heardByAll } = await aGatedCoach(answers);
    const ann = discord.person("ann");
    message(await ann.slash("log", { sessions: "20 strength" }));
    shut();
    const shown = message(await ann.slash("log", { sessions: "30 strength" }));
    expect([shown.text, shown.isPrivate]).toEqual(["Only this is said.", true]);
    await ann.say("30 strength");
    expect((await ann.next(ann.dm)).text).toBe("Only this is said.");
    await ann.say("30 strength", discord.server.channel);
    expect((await ann.next(ann.dm)).text).toBe("Only this is said.");
    expect(heardByAll()).toEqual([]);
    expect(await minutesOf(ann)).toBe(20);
  });
});
