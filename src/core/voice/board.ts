/** How the states of a week are called, on a board, in a round-up and on the picture. */

import type { Status } from "../board.ts";

/** How each state reads, of one and of many. */
export const statusWords: Readonly<Record<Status, string>> = {
  good: "in their zone",
  way: "on the way",
  past: "past the good range",
  resting: "resting",
};
