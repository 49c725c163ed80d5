/** What a stop makes of a post that stands in a channel, is due to be looked at, and is claimed and not begun. */

import { expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import { createOutbox } from "#src/app/outbox/outbox.ts";
import type { Adapter } from "#src/ports/adapter.ts";
import { afterRoundUp, crew, monday, standing } from "../scenarios/group-fixtures.ts";

test("a post that stands is edited by the next start at once, and is not posted again", async () => {
  const coach = await afterRoundUp();
  await coach.hear("/group leave", { name: "ben" });
  const asked: string[] = [];
  const adapter: Adapter = {
    start: async () => undefined,
    async send() {
      asked.push("send");
      return { kind: "sent" };
    },
    async edit() {
      asked.push("edit");
      return { kind: "edited" };
    },
    async remove() {
      asked.push("remove");
      return { kind: "removed" };
    },
    recognisesFor: Temporal.Duration.from({ hours: 72 }),
    ended: Promise.resolve(),
    stop: async () => undefined,
  };
  const note = (event: string): void => void asked.push(event);
  const outbox = createOutbox({
    store: coach.store,
    clock: { now: () => Temporal.Instant.from(monday) },
    log: { info: note, warn: note, error: note },
    adapters: new Map([["console" as PlatformName, adapter]]),
    random: () => 0.5,
  });
  // The stop comes while the claim is under way.
  const delivered = outbox.deliver();
  await outbox.stop();
  await delivered;
  expect(asked).toEqual([]);
  expect(standing(coach)).toContain("ben");
  await coach.run();
  expect(standing(coach)).toContain("In their zone: ann. Resting: cy.");
  expect(coach.edits()).toBe(1);
  expect(coach.sent.filter(({ to }) => to === crew)).toHaveLength(1);
});
