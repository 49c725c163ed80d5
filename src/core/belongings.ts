/** What is kept of a person. */

import type { Account } from "./user.ts";

/** How much is kept of a person. */
export type Holdings = {
  readonly accounts: readonly Account[];
  /** Those that they see. */
  readonly sessions: number;
  /** Those that are kept aside: held back where accounts were linked, or from a file that was not confirmed. */
  readonly aside: number;
  /** What was said unasked, or is to be. */
  readonly deliveries: number;
};
