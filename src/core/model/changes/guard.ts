/** What goes first in a commit, so that one thing that arrives several times is done once. */

import { type MessageId, messageIdOf } from "#core/lib/ids.ts";
import type { Change } from "./index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account } from "#core/model/user.ts";

/** One thing that arrived, by its ids, with its answer where that may have to be given again. */
export type Arrived = {
  readonly source: MessageId;
  readonly also?: MessageId;
  readonly account: Account;
  readonly answer?: UnansweredReply;
};
type Speaker = Pick<RequestContext, "user" | "version" | "isNew" | "now">;

/** Notes what arrived, under all of its ids; touches nothing where it was noted under one of them. */
export function guardOf({ source, also, account, answer }: Arrived, { user, version, isNew, now }: Speaker): Change {
  const from = isNew ? { account, userId: undefined } : { account, userId: user.id, version };
  return { kind: "inbound-seen", source, at: now, from, ...(also === undefined ? {} : { also }), ...(answer ? { answer } : {}) };
}

/** A step of what arrived that is noted by itself, as the first step is noted already. */
export function stepOf({ source, account }: Arrived, step: "file" | "answer"): Arrived {
  return { source: messageIdOf(source, step), account };
}
