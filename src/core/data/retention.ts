/** Retention: which rows expire, and after how long. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Expiry, RetentionDelete } from "#core/model/changes/retention.ts";
import { abandonedBefore } from "#core/model/outbox-message.ts";
import { unansweredRules } from "#core/model/unanswered-reply.ts";

/** Days for which it is kept, unless the operator wants it otherwise. */
export const defaultRetentionDays = 90;

/** Days between which the operator may choose: what was said of the last weeks is still spoken of, and redeliveries are still known. */
export const retentionDaysRange = { min: 14, max: 3650 } as const;

/** Days after which what was never confirmed, or taken back for good, goes. */
const unconfirmedDays = 1;

/** What ends now on `platforms`, where nobody has claimed it for as long as it was of use, in slices of `limit`. */
export function expiries(now: Temporal.Instant, platforms: readonly PlatformName[], limit: number): readonly Expiry[] {
  const before = abandonedBefore(now);
  return platforms.map((platform) => ({ kind: "deliveries-expired", platform, before, at: now, limit }));
}

/** What goes now, in slices of `limit`, each as long as it touches something. */
export function retentionDeletes(now: Temporal.Instant, retentionDays: number, limit: number): readonly RetentionDelete[] {
  const before = now.subtract({ hours: 24 * retentionDays });
  return [
    { kind: "inbounds-purged", before, limit },
    { kind: "answers-purged", before: now.subtract(unansweredRules.use), limit },
    { kind: "deliveries-purged", before, limit },
    { kind: "link-codes-purged", before: now, limit },
    { kind: "wrong-codes-purged", before: now, limit },
    { kind: "detached-purged", before: now.subtract({ hours: 24 * unconfirmedDays }), limit },
  ];
}
