/** The port of admission control: what is asked before anything else is done about something that arrived. */

import type { Reply } from "#core/model/reply.ts";
import type { AccountKey } from "#core/model/user.ts";
import type { Surface } from "./adapter.ts";

/** Something that arrived, as far as it is known before anything is looked up; `surface` is left out where none is known. */
export type Arrival = { readonly account: AccountKey; readonly surface?: Surface | undefined; readonly text: string };

/** Whether something is taken in: it is; `reply` is all that comes of it; or nothing does. */
export type Admission = { readonly kind: "admitted" } | { readonly kind: "answered"; readonly reply: Reply } | { readonly kind: "dropped" };

/** Decides at once, without looking anything up, what is taken in, so that one person's flood holds up nobody else. */
export type Gate = {
  /** Asked once for each thing that somebody says, before anything else is done about it. */
  admit(arrival: Arrival): Admission;
  /** Asked before words are completed that somebody types, and before a view is drawn that they open; where false, nothing is offered or drawn. */
  glance(account: AccountKey): boolean;
};

/** What has a gate; where there is none, all is taken in. */
export type Gated = { readonly gate?: Gate };
