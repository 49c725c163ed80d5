/** The guard of a commit: a redelivered message changes nothing. */

import { type MessageId, messageIdOf } from "#core/lib/ids.ts";
import type { Change } from "./index.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import type { Account } from "#core/model/user.ts";

/** An incoming message by its ids, with its reply if the reply may have to be shown again. */
export type Arrived = {
  readonly source: MessageId;
  readonly also?: MessageId;
  readonly account: Account;
  readonly answer?: UnansweredReply;
};
type Speaker = Pick<RequestContext, "user" | "version" | "isNew" | "now">;

/** Records the message under all of its ids. Touches nothing when one of them is recorded already. */
export function guardOf({ source, also, account, answer }: Arrived, { user, version, isNew, now }: Speaker): Change {
  const from = isNew ? { account, userId: undefined } : { account, userId: user.id, version };
  return { kind: "inbound-seen", source, at: now, from, ...(also === undefined ? {} : { also }), ...(answer ? { answer } : {}) };
}

/** A later step of a message. It has an id of its own, because the message itself is recorded already. */
export function stepOf({ source, account }: Arrived, step: "file" | "answer"): Arrived {
  return { source: messageIdOf(source, step), account };
}
