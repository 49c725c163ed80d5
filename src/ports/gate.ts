/** The port of admission control, which is asked before any other work on an incoming message. */

import type { Reply } from "#core/model/reply.ts";
import type { AccountKey } from "#core/model/user.ts";
import type { Surface } from "./adapter.ts";

/** An incoming message before any lookup; `surface` is undefined if unknown. */
export type Arrival = { readonly account: AccountKey; readonly surface?: Surface | undefined; readonly text: string };

/** The decision: the message is handled, answered only with `reply`, or ignored. */
export type Admission = { readonly kind: "admitted" } | { readonly kind: "answered"; readonly reply: Reply } | { readonly kind: "dropped" };

/** Decides at once and without a lookup, so that one user's flood delays nobody else. */
export type Gate = {
  /** Called once for each message, before any other work. */
  admit(arrival: Arrival): Admission;
  /** Called before autocomplete and before rendering a view that a user opens. If false, nothing is offered or rendered. */
  glance(account: AccountKey): boolean;
};

/** Something with an optional gate; without one, everything is admitted. */
export type Gated = { readonly gate?: Gate };
