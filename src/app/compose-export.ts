/** Composes a user's data export in the background. */

import { composeFiles } from "#core/data/export.ts";
import type { UserId } from "#core/lib/ids.ts";
import type { ExportFiles } from "#core/messages/compose-direct.ts";
import { inSlices } from "#src/runtime/event-loop.ts";
import type { Store } from "#src/ports/store.ts";

/** The export files as of `now`; undefined for a deleted user. Yields to other work while reading and composing. */
export async function composeExport(
  store: Pick<Store, "userData">,
  userId: UserId,
  now: Temporal.Instant,
): Promise<ExportFiles | undefined> {
  const userData = await store.userData(userId);
  return userData && { count: userData.sessions.length, files: await inSlices(composeFiles(userData, now)) };
}
