/** Runs the adapters: each ends by itself without affecting the others. */

import type { PlatformName } from "#core/lib/ids.ts";
import { sentence } from "#core/phrases.ts";
import type { Adapter, CoachApi } from "#src/ports/adapter.ts";
import { describeError } from "#src/ports/describe-error.ts";
import type { Log } from "#src/ports/runtime.ts";
import { exitCodes } from "./last-resort.ts";

/** Dependencies of running the adapters. */
export type RunAdaptersDeps = {
  /** The running adapters. One that ends is removed, so that nothing is sent through it. */
  readonly adapters: Map<PlatformName, Adapter>;
  readonly api: CoachApi;
  readonly log: Log;
  /** Prints a line that the operator should read. */
  readonly tell: (line: string) => void;
  readonly stopping: AbortSignal;
  /** Called when a platform ended by itself while the program goes on. */
  readonly onGone: (platform: PlatformName) => void;
};

/** Starts every adapter; resolves when all of them have ended. Never rejects. */
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
  // Without incoming messages we do not send either: users could not ask us to stop.
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
