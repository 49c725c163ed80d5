/** Sessions that came in together, from a file. */

import type { UserId } from "./brand.ts";

/** A batch, by the id under which it is kept aside until it is confirmed, and again when it is taken back; and how many sessions it has. */
export type Batch = { readonly id: UserId; readonly count: number };
