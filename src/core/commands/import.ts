/** `/import`: reads sessions from a file that was sent, once the person has confirmed it. */

import { freeText } from "#core/args.ts";
import { after, command } from "#core/command.ts";
import { isUnset, withSettings } from "#core/commands/settings/import-settings.ts";
import { actIdOf, type UserId, userIdOf } from "#core/lib/ids.ts";
import { fold } from "#core/lib/text.ts";
import { type Decision, type Known, say, type Situation } from "#core/model/context.ts";
import type { Importing, KeptBatch } from "#core/model/import.ts";
import type { Act } from "#core/model/last-action.ts";
import { buttons } from "#core/model/reply.ts";
import { sayBatch, sayHowToImport, sayImported, sayImporting, sayNoBatch, sayNotImported } from "#core/voice/import.ts";

/** Says how, shows how far a file is, takes in what was read, or drops it. */
export const importAll = command({
  name: "import",
  summary: "reads the sessions of a file that you send me: the JSON of /export, or a CSV",
  // Nobody types it: buttons name what they take in.
  args: { which: freeText("", "optional") },
  examples: ["/import"],
  isListed: true,
  prepare: ({ which }, known) => {
    if (fold(which).trim() === "drop") {
      const { id } = known.user;
      return after({}, () => ({ reply: { blocks: [sayNotImported()] }, changes: [{ kind: "batches-dropped", userId: id }] }));
    }
    const isId = /^[\w-]+$/.test(which);
    if (!isId) return after({ importing: true }, ({ importing }) => showImporting(importing, known));
    return after({ batch: userIdOf(which), holdings: true }, (situation) => takeIn(userIdOf(which), situation));
  },
});

/** What is said of a file that is read, or was. */
export function showImporting(importing: Importing | undefined, known: Known): Decision {
  if (!importing) return say(...sayHowToImport());
  if (importing.kind !== "ready" || importing.fresh === 0) return say(...sayImporting(importing));
  const { batch, known: there } = importing;
  return after({ batch, holdings: true }, (situation) => {
    if (!situation.batch) return say(...sayHowToImport());
    const hasSettings = takesSettings(situation.batch, situation);
    return say(
      ...sayBatch({ ...situation.batch, known: there, hasSettings }, known.today),
      buttons({ label: "Import", says: `/import ${batch}` }, { label: "Drop it", says: "/import drop" }),
    );
  });
}

/** Settings come in for whoever has none of their own and no sessions: what somebody set here is not to be undone by a file. */
function takesSettings({ user: came }: KeptBatch, { user, holdings }: Situation): boolean {
  const isFresh = (holdings?.sessions ?? 0) === 0 && isUnset(user);
  return isFresh && !(isUnset(came) && came.timeZone === user.timeZone);
}

function takeIn(id: UserId, situation: Situation): Decision {
  const { batch, user, id: actId } = situation;
  if (!batch) return say(sayNoBatch());
  const to = takesSettings(batch, situation) ? withSettings(user, batch.user) : undefined;
  const act: Act = {
    id: actIdOf(actId),
    userId: user.id,
    undone: false,
    sessions: [],
    batch: { id, count: batch.count },
    ...(to ? { user: { before: user, after: to } } : {}),
  };
  return {
    reply: {
      blocks: [
        sayImported(batch.count, to !== undefined),
        buttons({ label: "Undo", says: `/undo ${act.id}` }, { label: "This week", says: "/week" }, { label: "History", says: "/history" }),
      ],
    },
    changes: [
      ...(to ? [{ kind: "user-saved", user: to } as const] : []),
      { kind: "batch-shown", id, userId: user.id, last: batch.last },
      { kind: "act-done", act },
    ],
  };
}
