/** A coach on a store of its own, whose clock is turned by hand. */

import type { Address, PlatformName, SourceId } from "#core/brand.ts";
import { plain, type Reply } from "#core/reply.ts";
import type { TimeZone } from "#core/time.ts";
import { createCoach } from "#src/coach.ts";
import type { Handle, Log, LogFields, Store } from "#src/ports.ts";
import { createMemoryStore } from "#src/store/memory.ts";

/** A coach with the hand on its clock and its ear on its log. */
export type TestCoach = {
  readonly handle: Handle;
  readonly store: Store;
  /** What is answered to `text`, in words. Nothing when it was a redelivery. */
  hear(text: string, from?: { readonly name?: string; readonly source?: string }): Promise<string>;
  /** The same as blocks. */
  reply(text: string, from?: { readonly name?: string; readonly source?: string }): Promise<Reply | undefined>;
  /** Presses the button called `label` of the last reply; `typed` follows where it asks for words. */
  press(label: string, typed?: string): Promise<string>;
  /** It is `instant` now. */
  turnTo(instant: string): void;
  readonly logged: { readonly event: string; readonly fields: LogFields }[];
};

/** A coach on which it is Wednesday 25 November 2026, noon in Berlin. */
export function createTestCoach(store: Store = createMemoryStore()): TestCoach {
  const platform = "console" as PlatformName;
  const logged: { event: string; fields: LogFields }[] = [];
  const note = (event: string, fields: LogFields = {}): void => void logged.push({ event, fields });
  const log: Log = { info: note, warn: note, error: note };
  let now = Temporal.Instant.from("2026-11-25T11:00:00Z");
  let count = 0;
  let last: Reply | undefined;
  const freshId = (): string => `id-${String((count += 1)).padStart(4, "0")}`;
  const { handle } = createCoach({ store, clock: { now: () => now }, log, freshId, timeZone: "Europe/Berlin" as TimeZone });
  const reply: TestCoach["reply"] = async (text, { name = "ann", source = `source-${freshId()}` } = {}) => {
    const surface = { platform, address: name as Address, reach: "direct" } as const;
    last = await handle({ source: source as SourceId, account: { platform, id: name, name }, surface, text });
    return last;
  };
  const hear: TestCoach["hear"] = async (text, from) => plain((await reply(text, from)) ?? { blocks: [] });
  return {
    handle,
    store,
    reply,
    hear,
    logged,
    async press(label, typed) {
      const choices = last?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])) ?? [];
      const choice = choices.find((candidate) => candidate.label === label);
      if (!choice) throw new Error(`Press "${label}": it must be one of ${choices.map((candidate) => candidate.label).join(", ")}`);
      return await hear(typed === undefined ? choice.says : `${choice.says} ${typed}`);
    },
    turnTo(instant) {
      now = Temporal.Instant.from(instant);
    },
  };
}
