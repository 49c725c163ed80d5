/** Composes what somebody asked for of all that is kept of them, beside everything else. */

import { composeFiles } from "#core/archive.ts";
import type { UserId } from "#core/brand.ts";
import type { Exported } from "#core/send.ts";
import { inSlices } from "#src/breathe.ts";
import type { Store } from "#src/ports.ts";

/** All of it as files, as it is `now`; undefined for who is gone. Others are heard while it is read and composed. */
export async function composeExport(
  store: Pick<Store, "belongings">,
  userId: UserId,
  now: Temporal.Instant,
): Promise<Exported | undefined> {
  const belongings = await store.belongings(userId);
  return belongings && { count: belongings.sessions.length, files: await inSlices(composeFiles(belongings, now)) };
}
