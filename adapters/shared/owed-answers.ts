/** Answers that are owed until they were shown. */

import type { MessageId } from "#core/lib/ids.ts";
import type { CoachApi } from "#src/ports/adapter.ts";

/** Shows the answer to `source` with `show`; whatever comes of that, it is not owed any more. What has no answer must not come here. */
export async function showPendingAnswer(coach: Pick<CoachApi, "shown">, source: MessageId, show: () => Promise<void>): Promise<void> {
  try {
    await show();
  } finally {
    coach.shown?.(source);
  }
}
