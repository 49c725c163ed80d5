/** `/import`: imports sessions from an uploaded file, after the user confirms. */

import { freeText } from "#core/args.ts";
import { withData, command } from "#core/command.ts";
import { isUnset, withSettings } from "#core/commands/settings/import-settings.ts";
import { actionIdOf, type UserId, userIdOf } from "#core/lib/ids.ts";
import { fold } from "#core/lib/text.ts";
import { type Step, type RequestContext, say, type Loaded } from "#core/model/context.ts";
import type { ImportProgress, StagedImport } from "#core/model/import.ts";
import type { LastAction } from "#core/model/last-action.ts";
import { buttons } from "#core/model/reply.ts";
import { sayBatch, sayHowToImport, sayImported, sayImporting, sayNoBatch, sayNotImported } from "#core/voice/import.ts";

/** Explains the import, shows the progress of a file, imports what was read, or discards it. */
export const importAll = command({
  name: "import",
  summary: "reads the sessions of a file that you send me: the JSON of /export, or a CSV",
  // Users do not type it: buttons name the import.
  args: { which: freeText("", "optional") },
  examples: ["/import"],
  isListed: true,
  prepare: ({ which }, context) => {
    if (fold(which).trim() === "drop") {
      const { id } = context.user;
      return { reply: { blocks: [sayNotImported()] }, changes: [{ kind: "imports-discarded", userId: id }] };
    }
    const isId = /^[\w-]+$/.test(which);
    if (!isId) return withData({ importProgress: true }, ({ importProgress }) => showImporting(importProgress, context));
    return withData({ stagedImport: userIdOf(which), userDataCounts: true }, (data) => applyImport(userIdOf(which), data));
  },
});

/** Shows the progress or the outcome of reading a file. */
export function showImporting(importProgress: ImportProgress | undefined, context: RequestContext): Step {
  if (!importProgress) return say(...sayHowToImport());
  if (importProgress.kind !== "ready" || importProgress.newCount === 0) return say(...sayImporting(importProgress));
  const { importId, duplicateCount } = importProgress;
  return withData({ stagedImport: importId, userDataCounts: true }, (data) => {
    if (!data.stagedImport) return say(...sayHowToImport());
    const hasSettings = appliesSettings(data.stagedImport, data);
    return say(
      ...sayBatch({ ...data.stagedImport, known: duplicateCount, hasSettings }, context.today),
      buttons({ label: "Import", says: `/import ${importId}` }, { label: "Drop it", says: "/import drop" }),
    );
  });
}

/** Settings are imported only for a user with default settings and no sessions: a file must not overwrite what a user set here. */
function appliesSettings({ user: outcome }: StagedImport, { user, userDataCounts }: Loaded<"userDataCounts">): boolean {
  const isFresh = userDataCounts.sessions === 0 && isUnset(user);
  return isFresh && !(isUnset(outcome) && outcome.timeZone === user.timeZone);
}

function applyImport(id: UserId, data: Loaded<"stagedImport" | "userDataCounts">): Step {
  const { stagedImport, user, id: actId } = data;
  if (!stagedImport) return say(sayNoBatch());
  const to = appliesSettings(stagedImport, data) ? withSettings(user, stagedImport.user) : undefined;
  const lastAction: LastAction = {
    id: actionIdOf(actId),
    userId: user.id,
    undone: false,
    sessions: [],
    batch: { id, count: stagedImport.count },
    ...(to ? { user: { before: user, after: to } } : {}),
  };
  return {
    reply: {
      blocks: [
        sayImported(stagedImport.count, to !== undefined),
        buttons(
          { label: "Undo", says: `/undo ${lastAction.id}` },
          { label: "This week", says: "/week" },
          { label: "History", says: "/history" },
        ),
      ],
    },
    changes: [
      ...(to ? [{ kind: "user-saved", user: to } as const] : []),
      { kind: "import-applied", id, userId: user.id, last: stagedImport.last },
      { kind: "last-action-set", lastAction },
    ],
  };
}
