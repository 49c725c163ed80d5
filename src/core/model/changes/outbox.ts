/** Changes of a claimed outbox message. Each touches nothing when the message was claimed again since. */

import type { DeliveryKey, PlatformName, UserId } from "#core/lib/ids.ts";
import type { EndReason, FinalState, LiveMessage, StatedNumbers } from "#core/model/outbox-message.ts";

/** Marks an attempt before it is made: from here on the message may have arrived. */
export type DeliverySending = {
  readonly kind: "delivery-sending";
  readonly key: DeliveryKey;
  readonly fence: number;
  /** The recipient; undefined for a channel message. */
  readonly userId: UserId | undefined;
  /** The local day of the user or group on which it is sent; undefined for a message that does not count for its day. */
  readonly sentOn: Temporal.PlainDate | undefined;
  readonly triedAt: Temporal.Instant;
  readonly statedNumbers: StatedNumbers | undefined;
};

/** Puts the message off. `mayHaveArrived` says whether an earlier attempt may have arrived. */
export type DeliveryPostponed = {
  readonly kind: "delivery-postponed";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly nextAt: Temporal.Instant;
  readonly attempts: number;
  readonly mayHaveArrived: boolean;
};

/** Hands the message to another platform. */
export type DeliveryRouted = {
  readonly kind: "delivery-routed";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly platform: PlatformName;
  readonly nextAt: Temporal.Instant;
};

/** Ends the message. */
export type DeliveryEnded = {
  readonly kind: "delivery-ended";
  readonly key: DeliveryKey;
  readonly fence: number;
  readonly finalState: FinalState;
  readonly reason: EndReason | undefined;
  readonly at: Temporal.Instant;
  /** For a live message: its content, and until when it is checked. */
  readonly liveMessage?: LiveMessage & { readonly until: Temporal.Instant };
};

/** Records that a live message was checked. */
export type DeliveryUpdated = {
  readonly kind: "delivery-updated";
  readonly key: DeliveryKey;
  readonly fence: number;
  /** Undefined when it is final. */
  readonly liveMessage: LiveMessage | undefined;
  /** Failed attempts in a row to edit or remove it. */
  readonly attempts: number;
  /** The next check; undefined for none. */
  readonly nextAt: Temporal.Instant | undefined;
};
