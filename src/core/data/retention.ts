/** Retention: which rows expire, and after how long. */

import type { PlatformName } from "#core/lib/ids.ts";
import type { Expiry, RetentionDelete } from "#core/model/changes/retention.ts";
import { abandonedBefore } from "#core/model/outbox-message.ts";
import { unansweredRules } from "#core/model/unanswered-reply.ts";

/** Default retention, in days. */
export const defaultRetentionDays = 90;

/** Allowed retention, in days. The minimum keeps what feedback on recent weeks and the detection of redeliveries need. */
export const retentionDaysRange = { min: 14, max: 3650 } as const;

/** Days after which unconfirmed or permanently undone data is deleted. */
const unconfirmedDays = 1;

/** Expires messages that no process claimed in time, one change a platform, in batches of `limit` rows. */
export function expiries(now: Temporal.Instant, platforms: readonly PlatformName[], limit: number): readonly Expiry[] {
  const before = abandonedBefore(now);
  return platforms.map((platform) => ({ kind: "deliveries-expired", platform, before, at: now, limit }));
}

/** The deletions due at `now`. Each removes up to `limit` rows and is repeated until it removes none. */
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
