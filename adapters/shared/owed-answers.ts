/** Marks pending answers as shown. */

import type { MessageId } from "#core/lib/ids.ts";
import type { CoachApi } from "#src/ports/adapter.ts";

/**
 * Shows the answer to `source` with `show`. It is no longer pending afterwards, even if `show` throws. Call it only for a message with an
 * answer.
 */
export async function showPendingAnswer(coach: Pick<CoachApi, "shown">, source: MessageId, show: () => Promise<void>): Promise<void> {
  try {
    await show();
  } finally {
    coach.shown?.(source);
  }
}
