/** Platforms that end by themselves while others live, and what people who are on both read and get. */

import { describe, expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import { runAdapters } from "#src/runtime/adapter-lives.ts";
import { twoPlatforms } from "../support/two-platforms.ts";

type Ended = Awaited<Adapter["ended"]>;

/** Two platforms whose ends are in our hand. */
function aPair() {
  const stopped: string[] = [];
  const ends = new Map<string, { readonly end: (how: Ended) => void; readonly fail: (error: Error) => void }>();
  const adapterOf = (name: string): Adapter => {
    const { promise: ended, resolve: end } = Promise.withResolvers<Ended>();
    const { promise: failed, reject: fail } = Promise.withResolvers<void>();
    ends.set(name, { end, fail });
    return {
      start: async () => await Promise.race([failed, ended.then(() => undefined)]),
      send: async () => ({ kind: "sent" }),
      edit: async () => ({ kind: "edited" }),
      remove: async () => ({ kind: "removed" }),
      recognisesFor: Temporal.Duration.from({ seconds: 0 }),
      ended,
      stop: async () => void stopped.push(name),
    };
  };
  const adapters = new Map(["discord", "slack"].map((name) => [name as PlatformName, adapterOf(name)]));
  const [told, gone, logged]: [string[], string[], string[]] = [[], [], []];
  const note = (event: string): void => void logged.push(event);
  const stopping = new AbortController();
  const over = runAdapters({
    adapters,
    api: { handle: async () => undefined, suggest: async () => [], updateTimeZone: async () => {}, defer: async () => undefined } as never,
    log: { info: note, warn: note, error: note },
    tell: (line) => void told.push(line),
    stopping: stopping.signal,
    onGone: (platform) => void gone.push(platform),
  });
  return { adapters, over, told, gone, logged, stopped, stopping, ends };
}

describe("a platform that", () => {
  test.each<[how: string, act: (pair: ReturnType<typeof aPair>) => void, event: string]>([
    ["is refused", ({ ends }) => ends.get("discord")?.end("refused"), "platform-gone"],
    ["fails at its start", ({ ends }) => ends.get("discord")?.fail(new Error("canary")), "platform-failed"],
  ])("%s is taken out, told once, and given back; the other lives on", async (_, act, event) => {
    const pair = aPair();
    act(pair);
    await expect.poll(() => pair.stopped).toEqual(["discord"]);
    expect([...pair.adapters.keys()]).toEqual(["slack"]);
    expect([pair.gone, pair.logged.includes(event)]).toEqual([["discord"], true]);
    expect(pair.told).toEqual([expect.stringMatching(/^Discord is off until the next start: .* Slack goes on\..* 69\.$/u)]);
    expect(JSON.stringify(pair)).not.toContain("canary");
    pair.ends.get("slack")?.end("refused");
    await pair.over;
    expect([pair.gone, pair.told.length]).toEqual([["discord", "slack"], 1]);
  });

  test("comes to its end as it was asked to is not gone", async () => {
    const pair = aPair();
    pair.stopping.abort();
    pair.ends.get("discord")?.end("refused");
    pair.ends.get("slack")?.end();
    await pair.over;
    expect([pair.gone, pair.told, [...pair.adapters.keys()]]).toEqual([[], [], ["discord", "slack"]]);
  });
});

describe("whoever is on both, and wants messages on the one that is gone,", () => {
  test("reads so in /schedule on the other, and gets there what is due", async () => {
    const world = twoPlatforms();
    const [there, here] = [{ on: "discord" }, { on: "slack" }];
    await world.say("20 strength", there);
    await world.linkUp(there, here);
    await world.say("/link here", there);
    expect(await world.say("/schedule", here)).not.toContain("at the moment");
    world.lose("discord");
    expect(await world.say("/schedule", here)).toContain("I can't write to you on Discord at the moment.");
    world.sent.length = 0;
    world.turn({ hours: 24 * 5 });
    for (let step = 0; step < 4; step += 1) {
      await world.tick();
      world.turn({ minutes: 10 });
    }
    expect(world.sent.map((line) => line.split(" ")[0])).toContain("slack");
    expect(world.sent.some((line) => line.startsWith("discord"))).toBe(false);
  });

  test("reads nothing of it where they want messages elsewhere", async () => {
    const world = twoPlatforms();
    await world.say("20 strength", { on: "slack" });
    world.lose("discord");
    expect(await world.say("/schedule", { on: "slack" })).not.toContain("at the moment");
  });
});
