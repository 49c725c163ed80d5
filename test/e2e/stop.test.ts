/** The whole program, as it is stopped while a platform answers nothing. */

import { test } from "vitest";
import { anything, expectStop, forever, openWorld, startConnected } from "../support/slack/together.ts";

test("a stop waits for what is under way, and no longer, though Discord answers none of it", { timeout: 25_000 }, async () => {
  const world = await openWorld(3000);
  const { discord } = world;
  const program = await startConnected(world);
  discord.fail(anything, { kind: "hang" }, forever);
  const people = Array.from({ length: 40 }, (_, place) => discord.person(`person ${place}`));
  await Promise.all(people.map((person) => person.slash("log", { sessions: "20 strength" })));
  await expectStop(program);
});
