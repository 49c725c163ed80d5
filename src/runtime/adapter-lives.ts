/** The lives of platforms: each ends by itself, and what ends one of them leaves the others as they are. */

import type { PlatformName } from "#core/lib/ids.ts";
import { sentence } from "#core/phrases.ts";
import type { Adapter, CoachApi } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { exitCodes } from "./last-resort.ts";

/** What lives are led with. */
export type RunAdaptersDeps = {
  /** Those that run. One that is gone is taken out, so that nothing is sent by it. */
  readonly adapters: Map<PlatformName, Adapter>;
  readonly api: CoachApi;
  readonly log: Log;
  /** Tells whoever runs the program something that they should read. */
  readonly tell: (line: string) => void;
  readonly stopping: AbortSignal;
  /** Called where a platform ended by itself while the program goes on. */
  readonly onGone: (platform: PlatformName) => void;
};

/** Starts every adapter; resolves when all of them have come to their end. Never rejects. */
export async function runAdapters(deps: RunAdaptersDeps): Promise<void> {
  await Promise.all([...deps.adapters].map(async ([platform, adapter]) => await runAdapter(platform, adapter, deps)));
}

async function runAdapter(platform: PlatformName, adapter: Adapter, { adapters, api, log, ...deps }: RunAdaptersDeps): Promise<void> {
  const isGone = await Promise.all([adapter.start(api), adapter.ended]).then(
    ([, end]) => end === "refused",
    (error: unknown) => {
      log.error("platform-failed", { platform, ...describeError(error) });
      return true;
    },
  );
  if (!isGone || deps.stopping.aborted) return;
  // Whoever cannot be heard is not written to either: they could not say stop.
  adapters.delete(platform);
  log.error("platform-gone", { platform });
  deps.onGone(platform);
  const others = [...adapters.keys()].map((name) => sentence(name));
  if (others.length > 0) deps.tell(sayGone(sentence(platform), others.join(" and ")));
  await adapter.stop().catch((error: unknown) => log.error("platform-stop-failed", { platform, ...describeError(error) }));
}

function sayGone(platform: string, others: string): string {
  return `${platform} is off until the next start: nobody gets an answer or a message there. ${others} goes on. The exit code will be ${exitCodes.platformGone}.`;
}
