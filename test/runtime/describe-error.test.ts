/** Where people are, as their platform tells: their days and what is still to come follow. */

import { expect, test } from "vitest";
import type { PlatformName, MessageId } from "#core/lib/ids.ts";
import { parseTimeZone } from "#core/lib/time.ts";
import { plainText } from "#core/model/reply.ts";
import { createCoach } from "#src/app/coach.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "../support/model-store/store.ts";

const nothing = (): void => {};
const log = { info: nothing, warn: nothing, error: nothing };

/** Somebody whose platform says where they are, and says so with each thing that they say. */
function somebody() {
  const store: Store = createMemoryStore();
  // Tuesday evening in Berlin, and Wednesday morning in Auckland.
  const clock = { now: () => Temporal.Instant.from("2026-11-24T18:00:00Z") };
  let count = 0;
  const freshId = (): string => `id-${String((count += 1)).padStart(4, "0")}`;
  const timeZone = parseTimeZone("UTC");
  if (!timeZone) throw new Error("Read a time zone: UTC must be one");
  const coach = createCoach({ store, clock, log, freshId, timeZone, jitter: 0 });
  const accountIn = (said: string | undefined) => {
    const zone = parseTimeZone(said ?? "");
    return { platform: "slack" as PlatformName, id: "T1 U1", name: "Ann", ...(zone ? { timeZone: zone } : {}) };
  };
  const surface = { platform: "slack" as PlatformName, address: accountIn(undefined).id as never, reach: "direct" } as const;
  return {
    async say(text: string, said?: string): Promise<string> {
      const reply = await coach.handle({ source: freshId() as MessageId, account: accountIn(said), surface, text });
      return reply ? plainText(reply) : "";
    },
    place: (said: string) => coach.updateTimeZone(accountIn(said)),
    async zone() {
      const found = await store.findUser(accountIn(undefined));
      return [found?.user.timeZone, found?.platformTimeZone];
    },
    async weeklyAt() {
      const found = await store.findUser(accountIn(undefined));
      const prompts = found ? await store.prompts(found.user.id) : [];
      return prompts.find(({ kind }) => kind === "weekly")?.dueAt.toString();
    },
  };
}

test("who is new is where their platform says, and where it says nothing, where everybody is", async () => {
  const told = somebody();
  expect(await told.say("20 strength", "Pacific/Auckland")).toContain("I count your days in Pacific/Auckland");
  expect(await told.zone()).toEqual(["Pacific/Auckland", "Pacific/Auckland"]);
  const untold = somebody();
  await untold.say("20 strength");
  expect(await untold.zone()).toEqual(["UTC", undefined]);
});

test("who moves is followed when the platform says so, and what is still to come moves along", async () => {
  const ann = somebody();
  await ann.say("20 strength", "Europe/Berlin");
  expect(await ann.weeklyAt()).toBe("2026-11-30T07:00:00Z");
  await ann.place("America/New_York");
  expect(await ann.zone()).toEqual(["America/New_York", "America/New_York"]);
  expect(await ann.weeklyAt()).toBe("2026-11-30T13:00:00Z");
});

test("who moves is followed with the next thing that they say, which is of their day there", async () => {
  const ann = somebody();
  await ann.say("20 strength", "Europe/Berlin");
  expect(await ann.say("20 strength wed", "Pacific/Auckland")).toContain("logged for today");
  expect(await ann.zone()).toEqual(["Pacific/Auckland", "Pacific/Auckland"]);
});

test("what somebody set themselves stays while the platform says the same, and gives way when it says something new", async () => {
  const ann = somebody();
  await ann.say("20 strength", "Europe/Berlin");
  await ann.say("/settings time zone Auckland", "Europe/Berlin");
  await ann.place("Europe/Berlin");
  await ann.say("/week", "Europe/Berlin");
  expect(await ann.zone()).toEqual(["Pacific/Auckland", "Europe/Berlin"]);
  await ann.place("Asia/Tokyo");
  expect(await ann.zone()).toEqual(["Asia/Tokyo", "Asia/Tokyo"]);
});

test("who was there before their platform said anything stays where they are, and is followed from then on", async () => {
  const ann = somebody();
  await ann.say("20 strength");
  await ann.place("Europe/Berlin");
  expect(await ann.zone()).toEqual(["UTC", "Europe/Berlin"]);
  await ann.place("Asia/Tokyo");
  expect(await ann.zone()).toEqual(["Asia/Tokyo", "Asia/Tokyo"]);
});

test("nobody comes to be known by where they are", async () => {
  const ann = somebody();
  await ann.place("Europe/Berlin");
  expect(await ann.zone()).toEqual([undefined, undefined]);
});
