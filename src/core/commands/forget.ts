/** `/forget`: deletes all data about a user, after they confirm. */

import { freeText } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { buttons } from "#core/model/reply.ts";
import { say } from "#core/model/context.ts";
import { sayForget, sayForgotten, sayNothingKept } from "#core/voice/forget.ts";

/** Deletes everything. Only the confirm button names a user id; one that is older than the last deletion asks again. */
export const forget = command({
  name: "forget",
  summary: "deletes everything that I keep about you, on all platforms, once you have confirmed it",
  args: { whom: freeText("", "optional") },
  examples: ["/forget"],
  isListed: true,
  prepare({ whom }, { user, isNew }) {
    if (isNew) return say(sayNothingKept());
    return withData({ userDataCounts: true }, ({ userDataCounts: counts, retentionDays }) => {
      if (whom !== user.id) return say(...sayForget(counts), buttons({ label: "Keep it all", says: "/privacy" }, yes(user.id)));
      return {
        reply: { blocks: sayForgotten(counts, retentionDays) },
        changes: [{ kind: "user-forgotten", userId: user.id }],
        isAlone: true,
      };
    });
  },
});

function yes(id: string) {
  return { label: "Delete everything", says: `/forget ${id}` };
}
