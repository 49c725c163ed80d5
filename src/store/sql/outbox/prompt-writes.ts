/** Writes of the prompts of users and groups. */

import { and, eq } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { groupPromptRow } from "#src/store/sql/groups/rows.ts";
import { excluded, rowOf, setTo, writer, type Writers } from "#src/store/sql/statement.ts";
import { isOfVersion } from "#src/store/sql/users/versions.ts";
import type { Placeholder } from "drizzle-orm";
import { promptRow } from "./rows.ts";

/** Writers of prompts. */
export const promptWriters = {
  "prompt-set": writer(
    (change) => promptRow(change.prompt),
    (db, { prompt }, param) =>
      db
        .insert(prompt)
        .values(rowOf(prompt, param))
        .onConflictDoUpdate({ target: [prompt.userId, prompt.kind], set: excluded(prompt, "dueAt", "on", "since") })
        .returning({ kind: prompt.kind }),
  ),
  "prompt-moved": writer(
    ({ was, to, version = null }) => ({ ...promptRow(to), ...wasValues(promptRow(was)), version }),
    (db, { prompt, user }, param) =>
      db
        .update(prompt)
        .set(setTo(param, "dueAt", "on", "since"))
        .where(and(isPrompt(prompt, param), wasAsRead(prompt, param), isOfVersion(user, param("userId"), param("version"))))
        .returning({ kind: prompt.kind }),
  ),
  "prompt-dropped": writer(
    (change) => ({ userId: change.userId, kind: change.prompt }),
    (db, { prompt }, param) => db.delete(prompt).where(isPrompt(prompt, param)).returning({ kind: prompt.kind }),
  ),
  "group-prompt-set": writer(
    (change) => groupPromptRow(change.prompt),
    (db, { groupPrompt }, param) =>
      db
        .insert(groupPrompt)
        .values(rowOf(groupPrompt, param))
        .onConflictDoUpdate({ target: [groupPrompt.groupId, groupPrompt.kind], set: excluded(groupPrompt, "dueAt", "on") })
        .returning({ kind: groupPrompt.kind }),
  ),
  "group-prompt-moved": writer(
    ({ was, to, version = null }) => ({ ...groupPromptRow(to), ...wasValues(groupPromptRow(was)), version }),
    (db, { groupPrompt, group }, param) =>
      db
        .update(groupPrompt)
        .set(setTo(param, "dueAt", "on"))
        .where(
          and(isGroupPrompt(groupPrompt, param), wasAsRead(groupPrompt, param), isOfVersion(group, param("groupId"), param("version"))),
        )
        .returning({ kind: groupPrompt.kind }),
  ),
  "group-prompt-dropped": writer(
    (change) => ({ groupId: change.groupId, kind: change.prompt }),
    (db, { groupPrompt }, param) => db.delete(groupPrompt).where(isGroupPrompt(groupPrompt, param)).returning({ kind: groupPrompt.kind }),
  ),
} satisfies Partial<Writers>;

function wasValues({ dueAt, on }: { readonly dueAt: number; readonly on: string }) {
  return { wasDueAt: dueAt, wasOn: on };
}

function isPrompt({ userId, kind }: Tables["prompt"], param: (name: "userId" | "kind") => Placeholder) {
  return and(eq(userId, param("userId")), eq(kind, param("kind")));
}

function isGroupPrompt({ groupId, kind }: Tables["groupPrompt"], param: (name: "groupId" | "kind") => Placeholder) {
  return and(eq(groupId, param("groupId")), eq(kind, param("kind")));
}

function wasAsRead({ dueAt, on }: Tables["prompt"] | Tables["groupPrompt"], param: (name: "wasDueAt" | "wasOn") => Placeholder) {
  return and(eq(dueAt, param("wasDueAt")), eq(on, param("wasOn")));
}
