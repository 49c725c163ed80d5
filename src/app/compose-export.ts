/** Composes what somebody asked for of all that is kept of them, beside everything else. */

import { composeFiles } from "#core/data/export.ts";
import type { UserId } from "#core/lib/ids.ts";
import type { ExportFiles } from "#core/messages/compose-direct.ts";
import { inSlices } from "#src/runtime/event-loop.ts";
import type { Store } from "#src/ports/store.ts";

/** All of it as files, as it is `now`; undefined for who is gone. Others are heard while it is read and composed. */
export async function composeExport(
  store: Pick<Store, "userData">,
  userId: UserId,
  now: Temporal.Instant,
): Promise<ExportFiles | undefined> {
  const userData = await store.userData(userId);
  return userData && { count: userData.sessions.length, files: await inSlices(composeFiles(userData, now)) };
}
