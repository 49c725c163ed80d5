/** Sessions that came in together, from a file. */

import type { UserId } from "./brand.ts";
import type { User } from "./user.ts";

/** A batch, by the id under which it is kept aside until it is confirmed, and again when it is taken back; and how many sessions it has. */
export type Batch = { readonly id: UserId; readonly count: number };

/** A batch that is kept aside, with the settings that came with it and the days on which its sessions are. */
export type KeptBatch = {
  readonly user: User;
  readonly count: number;
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
};
