/** What holds back all that is sent unasked: limits, a token that is refused, and refusals without end. */

import { REST, RESTEvents, Routes } from "discord.js";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { eventsOf, type DirectMessageRun, monday, once, opening, posting, readings } from "../../support/fake-discord/direct-messages.ts";
import type { Failure } from "../../support/fake-discord/server.ts";

describe("a limit on all requests", () => {
  test("of three seconds is waited out in the store, and 12 people read one message each", async () => {
    const setup = await monday(12);
    const { people, discord, run } = setup;
    discord.fail(posting, { kind: "rate-limit", retryAfter: 3, scope: "global" });
    await run();
    expect(setup.posted().filter(({ status }) => status === 429)).toHaveLength(1);
    const waiting = (await Promise.all(people.map(setup.deliveriesOf))).flat().filter(({ state }) => state === "queued");
    expect(waiting.length).toBeGreaterThan(0);
    expect(new Set(waiting.map(({ attempts }) => attempts))).toEqual(new Set([0]));
    expect(await setup.finish()).toEqual([]);
    expect(readings(people)).toEqual(once(people));
    expect(eventsOf(setup)).toEqual([]);
  });

  test("of ten minutes costs one request, and everybody reads their message after it", async () => {
    const setup = await monday(4);
    const { people, discord, run, turn } = setup;
    discord.fail(opening, { kind: "rate-limit", retryAfter: 600, scope: "global" });
    await run();
    const waiting = (await Promise.all(people.map(setup.deliveriesOf))).flat().filter(({ state }) => state === "queued");
    const seconds = waiting.map(({ nextAt, attempts }) => [nextAt && Math.round(setup.now().until(nextAt).total("seconds")), attempts]);
    expect(seconds.length).toBeGreaterThan(0);
    expect(new Set(seconds.map(String))).toEqual(new Set(["600,0"]));
    turn({ minutes: 9 });
    await run();
    expect(setup.opened().filter(({ status }) => status === 429)).toHaveLength(1);
    turn({ minutes: 1, seconds: 5 });
    // The SDK counts its limits on the clock of the machine.
    vi.setSystemTime(Temporal.Now.instant().add({ minutes: 10, seconds: 5 }).epochMilliseconds);
    onTestFinished(() => void vi.useRealTimers());
    await run();
    expect(readings(people)).toEqual(once(people));
    expect(await setup.finish()).toEqual([]);
  });
});

describe("a brake", () => {
  test.each<readonly [name: string, how: Failure, minutes: number, event: string]>([
    ["a token that is refused", { kind: "error", status: 401 }, 60, "discord-token-refused"],
    ["channels that are opened too fast", { kind: "error", status: 403, code: 40003 }, 360, "discord-throttled"],
    ["a bot that is quarantined", { kind: "error", status: 403, code: 20026 }, 360, "discord-throttled"],
  ])("for %s holds all that is sent, whoever it is for, and nothing is lost", async (_, how, minutes, event) => {
    const setup = await monday(20);
    const { people, discord, run, turn } = setup;
    discord.fail(opening, how, 8);
    await run();
    const [opens, posts] = [setup.opened().length, setup.posted().length];
    expect(opens).toBeLessThanOrEqual(8);
    expect(new Set(eventsOf(setup))).toEqual(new Set([event]));
    discord.heal();
    turn({ minutes: minutes - 1 });
    await run();
    expect([setup.opened().length, setup.posted().length]).toEqual([opens, posts]);
    const waiting = (await Promise.all(people.map(setup.deliveriesOf))).flat();
    expect(waiting.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(people.map(() => "queued 0"));
    turn({ minutes: 2 });
    await run();
    expect(readings(people)).toEqual(once(people));
    expect(await setup.finish()).toEqual([]);
  });

  test("after 2,000 refusals in ten minutes holds all that is sent until they are forgotten", async () => {
    const setup = await monday(40);
    const { people, discord, run, turn } = setup;
    await refuseOthers(discord);
    discord.fail(opening, { kind: "error", status: 403 });
    await run();
    const opens = setup.opened().length;
    expect(opens).toBeLessThan(20);
    expect(eventsOf(setup).toSorted()).toEqual(["delivery-refused", "discord-refusals"]);
    turn({ minutes: 9 });
    await run();
    expect(setup.opened()).toHaveLength(opens);
    turn({ minutes: 2 });
    await run();
    expect(readings(people).reduce((sum, count) => sum + count)).toBe(39);
    expect(await setup.finish()).toEqual([]);
  });
});

/** The SDK counts the refusals of a whole process, and tells of each hundredth: the next one after these is told, and is over 1,999. */
async function refuseOthers({ apiUrl, token, fail }: DirectMessageRun["discord"]): Promise<void> {
  const rest = new REST({ api: apiUrl, retries: 0, globalRequestsPerSecond: 1_000_000, invalidRequestWarningInterval: 1 }).setToken(token);
  const told = { count: 0 };
  rest.on(RESTEvents.InvalidRequestWarning, ({ count }) => void Object.assign(told, { count }));
  fail({ method: "GET", path: /^\/users\/\d+$/u }, { kind: "error", status: 403 }, Infinity);
  while (told.count < 1999 || told.count % 100 < 99) await rest.get(Routes.user(`${told.count}`)).catch(() => undefined);
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
}
