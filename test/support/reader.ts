/** A coach with file import, whose clock says Wednesday noon in Berlin. */

import type { Address, PlatformName, MessageId } from "#core/lib/ids.ts";
import { plainText, type Reply } from "#core/model/reply.ts";
import type { TimeZone } from "#core/lib/time.ts";
import type { Account } from "#core/model/user.ts";
import { createCoach } from "#src/app/coach.ts";
import { createFileReader } from "#src/runtime/import-thread.ts";
import { createImporter } from "#src/app/import-file.ts";
import type { Store } from "#src/ports/store.ts";
import { createMemoryStore } from "./model-store/store.ts";

const platform = "console" as PlatformName;

/** The account of a test user. */
export function account(name: string): Account {
  return { platform, id: name, name };
}

/** Creates a coach with file import. Its ids count from `first`, so that two coaches on one store give different ones. */
export function aReader(store: Store = createMemoryStore(), first = 0) {
  let count = first;
  const freshId = (): string => `id-${String((count += 1)).padStart(5, "0")}`;
  const logged: string[] = [];
  const log = { info: () => {}, warn: (event: string) => void logged.push(event), error: (event: string) => void logged.push(event) };
  const clock = { now: () => Temporal.Instant.from("2026-11-25T11:00:00Z") };
  const importer = createImporter({ store, log, freshId, readFile: createFileReader() });
  const coach = createCoach({ store, clock, log, freshId, importer, timeZone: "Europe/Berlin" as TimeZone, jitter: 0 });
  let last: Reply | undefined;
  const say = async (text: string, { name = "ann", source = freshId(), file = "", until = Promise.resolve() } = {}): Promise<string> => {
    const bytes = Buffer.from(file);
    const sent =
      file === ""
        ? {}
        : {
            file: {
              name: "sessions.csv",
              size: bytes.length,
              read: async () => await until.then(() => ({ kind: "bytes", bytes }) as const),
            },
          };
    const surface = { platform, address: name as Address, reach: "direct" } as const;
    last = await coach.handle({ source: source as MessageId, account: { platform, id: name, name }, surface, text, ...sent });
    return plainText(last ?? { blocks: [] });
  };
  const press = async (label: string): Promise<string> => {
    const choices = last?.blocks.flatMap((block) => (block.kind === "choices" ? block.choices : [])) ?? [];
    return await say(choices.find((choice) => choice.label === label)?.says ?? `no "${label}"`);
  };
  return { say, press, store, logged, send: (file: string, source?: string) => say("/help", { file, ...(source ? { source } : {}) }) };
}
