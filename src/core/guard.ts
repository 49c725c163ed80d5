/** What goes first in a commit, so that one thing that arrives several times is done once. */

import { type SourceId, sourceIdOf } from "./brand.ts";
import type { Change } from "./change.ts";
import type { Known } from "./situation.ts";
import type { Account } from "./user.ts";

/** One thing that arrived, by its ids. */
type Arrived = { readonly source: SourceId; readonly also?: SourceId; readonly account: Account };
type Speaker = Pick<Known, "user" | "isNew" | "now">;

/** Notes what arrived, under all of its ids; touches nothing where it was noted under one of them. */
export function guardOf({ source, also, account }: Arrived, { user, isNew, now }: Speaker): Change {
  const from = { account, userId: isNew ? undefined : user.id };
  return { kind: "inbound-seen", source, at: now, from, ...(also === undefined ? {} : { also }) };
}

/** `changes` behind the guard; somebody new is kept with the first thing they do. */
export function withGuard(changes: readonly Change[], arrived: Arrived, known: Speaker): readonly Change[] {
  const { user, isNew } = known;
  const joined: readonly Change[] = isNew
    ? [
        { kind: "user-saved", user },
        { kind: "account-linked", account: arrived.account, userId: user.id },
      ]
    : [];
  return [guardOf(arrived, known), ...joined, ...changes];
}

/** A step of what arrived that is noted by itself, as the first step is noted already. */
export function stepOf({ source, account }: Arrived, step: "file" | "answer"): Arrived {
  return { source: sourceIdOf(source, step), account };
}
