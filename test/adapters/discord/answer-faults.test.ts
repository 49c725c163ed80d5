/** What goes wrong while somebody waits for an answer, what they see of it, and what is recorded. */

import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { CoachApi } from "#src/ports/adapter.ts";
import { message } from "../../support/fake-discord/bot.ts";
import { openCoachOnDiscord, type CoachOnDiscord } from "../../support/fake-discord/coach-on-discord.ts";
import type { Failure } from "../../support/fake-discord/server.ts";

const callback = { method: "POST", path: /\/callback$/u };
const edit = { method: "PATCH", path: /\/messages\/(?:@|%40)original$/u };
const answer = { method: "POST", path: /^\/channels\/\d+\/messages$/u };
const logged = "20 min strength logged";

function eventsOf({ logged: lines }: CoachOnDiscord): readonly string[] {
  return lines.map(({ event }) => event);
}

describe("what comes twice", () => {
  test("an interaction that is sent again after a resume is recorded and answered once", async () => {
    const setup = await openCoachOnDiscord();
    const { discord } = setup;
    const ann = discord.person("ann");
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
    discord.gateway.replayOnResume(1);
    discord.gateway.requestReconnect();
    await setup.logs("discord-interaction-expired");
    expect(await setup.minutesOf(ann)).toBe(20);
    expect(ann.screen(discord.server.channel)).toHaveLength(1);
  });

  test("a direct message that is sent again after a resume is recorded and answered once", async () => {
    const setup = await openCoachOnDiscord();
    const { discord } = setup;
    const ann = discord.person("ann");
    await ann.say("20 strength");
    await ann.next(ann.dm);
    discord.gateway.replayOnResume(1);
    discord.gateway.requestReconnect();
    await setup.logs("discord-resumed");
    await ann.say("30 walk");
    expect((await ann.next(ann.dm)).text).toContain("30 min walk");
    expect(await setup.minutesOf(ann)).toBe(50);
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(2);
  });

  test("everything that is delivered twice at once is recorded and answered once", async () => {
    const setup = await openCoachOnDiscord();
    const { discord } = setup;
    const ann = discord.person("ann");
    discord.deliverTwice(3);
    const first = message(await ann.slash("log", { sessions: "20 strength" }));
    expect(message(await ann.press(first, "This week")).text).toContain("20 of 40–60 min");
    await ann.say("20 strength");
    await ann.next(ann.dm);
    expect(await setup.minutesOf(ann)).toBe(40);
    expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(1);
  });

  test("what came twice counts as shown only once its answer was shown", async () => {
    const steps: string[] = [];
    const overhear = (api: CoachApi): CoachApi => ({
      ...api,
      handle: async (inbound) => {
        const reply = await api.handle(inbound);
        steps.push(reply ? "answered" : "known");
        return reply;
      },
      shown: (source) => {
        steps.push("shown");
        api.shown?.(source);
      },
    });
    const { discord } = await openCoachOnDiscord({ overhear });
    const ann = discord.person("ann");
    discord.deliverTwice();
    discord.fail(answer, { kind: "error", status: 503 }, 99);
    await ann.say("20 strength");
    const isTried = (): boolean => discord.requests.filter(({ method, path }) => method === "POST" && answer.path.test(path)).length > 1;
    await expect.poll(() => isTried() && steps.includes("known")).toBe(true);
    expect(steps).toEqual(["answered", "known"]);
    discord.heal();
    expect((await ann.next(ann.dm)).text).toContain(logged);
    await expect.poll(() => steps).toEqual(["answered", "known", "shown"]);
  });
});

describe("an acknowledgement", () => {
  test("that comes too late leaves nothing recorded, as the person reads that there was no response", async () => {
    const setup = await openCoachOnDiscord({ patience: 0 });
    const ann = setup.discord.person("ann");
    const told = await ann.slash("log", { sessions: "20 strength" });
    expect(told).toEqual({ kind: "failed", why: "The application did not respond" });
    await setup.logs("discord-interaction-expired");
    expect(await setup.minutesOf(ann)).toBeUndefined();
    expect(eventsOf(setup)).not.toContain("discord-answer-failed");
  });

  test.each<Failure>([{ kind: "drop-after" }, { kind: "half-answer" }])(
    "that Discord took, and whose answer is lost by $kind, is gone on with",
    async (how) => {
      const setup = await openCoachOnDiscord();
      const ann = setup.discord.person("ann");
      setup.discord.fail(callback, how);
      expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
      expect(await setup.minutesOf(ann)).toBe(20);
    },
  );

  test.each<Failure>([{ kind: "drop-before" }, { kind: "error", status: 500 }, { kind: "error", status: 503, code: 130000 }])(
    "that may have been lost by $kind is gone on with, and the answer comes directly",
    async (how) => {
      const setup = await openCoachOnDiscord();
      const ann = setup.discord.person("ann");
      setup.discord.fail(callback, how);
      void ann.slash("log", { sessions: "20 strength" });
      expect((await ann.next(ann.dm)).text).toContain(logged);
      expect(await setup.minutesOf(ann)).toBe(20);
      expect(setup.heardByAll()).toEqual([]);
    },
  );

  test("waits where Discord wants everybody to wait, and nothing is lost", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(callback, { kind: "rate-limit", retryAfter: 0.3, scope: "global" });
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
    expect(await setup.minutesOf(ann)).toBe(20);
  });

  test("comes before any work, so that a slow coach is waited for", async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const overhear = (api: CoachApi): CoachApi => ({ ...api, handle: async (inbound) => await work.then(() => api.handle(inbound)) });
    const setup = await openCoachOnDiscord({ overhear });
    const ann = setup.discord.person("ann");
    const asked = ann.slash("log", { sessions: "20 strength" });
    await expect.poll(() => ann.screen(setup.discord.server.channel).length).toBe(1);
    finish();
    expect(message(await asked).text).toContain(logged);
  });
});

describe("an answer", () => {
  test.each<Failure>([
    { kind: "drop-before" },
    { kind: "drop-after" },
    { kind: "half-answer" },
    { kind: "error", status: 502 },
    { kind: "rate-limit", retryAfter: 0.2 },
  ])("that is held up by $kind is seen all the same", async (how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(edit, how);
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
    expect(ann.screen(ann.dm)).toEqual([]);
    expect(await setup.minutesOf(ann)).toBe(20);
  });

  test.each<readonly [string, Failure]>([
    ["refused in every form", { kind: "error", status: 400, code: 50035 }],
    ["too late", { kind: "error", status: 401, code: 50027 }],
    ["of an interaction that is gone", { kind: "error", status: 404, code: 10015 }],
    ["of a message that is gone", { kind: "error", status: 404, code: 10008 }],
  ])("that is %s comes directly", async (_, how) => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    setup.discord.fail(edit, how, 3);
    void ann.slash("log", { sessions: "20 strength" });
    expect((await ann.next(ann.dm)).text).toContain(logged);
    expect(await setup.minutesOf(ann)).toBe(20);
    expect(setup.heardByAll()).toEqual([]);
  });

  test("for which the token has become too old comes directly", async () => {
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const overhear = (api: CoachApi): CoachApi => ({ ...api, handle: async (inbound) => await work.then(() => api.handle(inbound)) });
    const setup = await openCoachOnDiscord({ overhear });
    const ann = setup.discord.person("ann");
    void ann.slash("log", { sessions: "20 strength" });
    await expect.poll(() => ann.screen(setup.discord.server.channel).length).toBe(1);
    setup.turn({ minutes: 16 });
    finish();
    expect((await ann.next(ann.dm)).text).toContain(logged);
    expect(eventsOf(setup)).toContain("discord-interaction-expired");
  });

  test.each<Failure>([{ kind: "drop-after" }, { kind: "half-answer" }, { kind: "error", status: 500 }])(
    "to a direct message is seen once, whatever became of the first try by $kind",
    async (how) => {
      const setup = await openCoachOnDiscord();
      const ann = setup.discord.person("ann");
      setup.discord.fail(answer, how);
      await ann.say("20 strength");
      expect((await ann.next(ann.dm)).text).toContain(logged);
      await ann.say("/week");
      expect((await ann.next(ann.dm)).text).toContain("20 of 40–60 min");
      expect(ann.screen(ann.dm).filter(({ isFromBot }) => isFromBot)).toHaveLength(2);
    },
  );

  test("does not wait behind what is sent unasked", async () => {
    const setup = await openCoachOnDiscord();
    const ann = setup.discord.person("ann");
    const bo = setup.discord.person("bo");
    setup.discord.fail(answer, { kind: "rate-limit", retryAfter: 1, scope: "global" });
    let isThere = false;
    const surface = { platform: "discord" as PlatformName, address: bo.id as never, reach: "direct" } as const;
    const unasked = setup.adapter.send(surface, { blocks: [{ kind: "text", text: ["Rest."] }] }, "key" as never).then((result) => {
      isThere = true;
      return result;
    });
    await expect.poll(() => setup.discord.invalidRequests).toBe(1);
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
    expect(isThere).toBe(false);
    expect(await unasked).toEqual({ kind: "sent" });
  });
});

describe("an error of the coach itself", () => {
  test("is told with a reference that the operator finds in the log, and the next message works", async () => {
    let isBroken = true;
    const setup = await openCoachOnDiscord({
      spoil: (store) => ({
        ...store,
        async commit(changes) {
          if (isBroken) throw new Error("The disk is gone");
          return await store.commit(changes);
        },
      }),
    });
    const ann = setup.discord.person("ann");
    const { text } = message(await ann.slash("log", { sessions: "20 strength" }));
    expect(text).toContain("That went wrong on my side.");
    const failed = setup.logged.find(({ event }) => event === "inbound-failed");
    expect(text).toContain(String(failed?.fields["reference"]));
    isBroken = false;
    expect(message(await ann.slash("log", { sessions: "20 strength" })).text).toContain(logged);
  });

  test("while typing offers nothing", async () => {
    const setup = await openCoachOnDiscord({
      spoil: (store) => ({ ...store, findUser: () => Promise.reject(new Error("The disk is gone")) }),
    });
    expect(await setup.discord.person("ann").type("log", "sessions", "20")).toEqual([]);
    expect(eventsOf(setup)).toContain("autocomplete-failed");
  });
});
