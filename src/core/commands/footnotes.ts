/** Notes below the answer to any message, whatever the command. */

import type { Consequences } from "#core/consequences.ts";
import type { RequestContext } from "#core/model/context.ts";
import type { Reply } from "#core/model/reply.ts";
import { sayCutOff } from "#core/voice/group.ts";
import { sayFirstPrompt, sayClosed, sayWelcome } from "#core/voice/help.ts";
import { sayReset } from "#core/voice/settings.ts";

/** Notes below an answer, each shown once: welcome, first prompt, a direct message or a channel post that did not arrive, lost settings. */
export function footnotes(
  { user, started }: Consequences,
  { isNew, reach, today, hasUnreportedSuspension, hasLostSettings }: RequestContext,
): Reply["blocks"] {
  const weekly = started.find(({ kind }) => kind === "weekly");
  const first = weekly && user.feedback ? sayFirstPrompt(user, weekly.dueAt, today) : [];
  const closed = reach.isOpen || reach.isTold ? [] : [sayClosed()];
  return [
    ...(hasLostSettings ? [sayReset(user)] : []),
    ...(isNew ? [sayWelcome(user)] : []),
    ...first,
    ...closed,
    ...(hasUnreportedSuspension ? [sayCutOff()] : []),
  ];
}
