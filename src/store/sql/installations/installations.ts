/** Reads and writes of installations. */

import { and, asc, eq } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Installation } from "#core/model/changes/index.ts";
import type { Row } from "#src/store/sql/rows.ts";
import { type Db, excluded, placeholder, rowOf, writer, type Writers } from "#src/store/sql/statement.ts";

/** The row of `installation`. */
export function installationRow({ platform, workspace, encryptedToken }: Installation): Row<"installation"> {
  return { platform, home: workspace, sealed: encryptedToken };
}

/** The installation of a row. */
export function installationOf({ platform, home, sealed }: Row<"installation">): Installation {
  return { platform, workspace: home, encryptedToken: sealed };
}

/** The prepared reads. */
export function prepareInstallationReads(db: Db, { installation }: Tables) {
  const { platform, home } = installation;
  return {
    installation: db
      .select()
      .from(installation)
      .where(and(eq(platform, placeholder("platform")), eq(home, placeholder("home"))))
      .prepare(),
    installations: db
      .select()
      .from(installation)
      .where(eq(platform, placeholder("platform")))
      .orderBy(asc(home))
      .prepare(),
  };
}

/** Writers of installations. */
export const installationWriters = {
  "installation-saved": writer(
    (change) => installationRow(change.installation),
    (db, { installation }, param) =>
      db
        .insert(installation)
        .values(rowOf(installation, param))
        .onConflictDoUpdate({ target: [installation.platform, installation.home], set: excluded(installation, "sealed") })
        .returning({ home: installation.home }),
  ),
  "installation-removed": writer(
    ({ platform, workspace }) => ({ platform, home: workspace }),
    (db, { installation: { platform, home }, installation }, param) =>
      db
        .delete(installation)
        .where(and(eq(platform, param("platform")), eq(home, param("home"))))
        .returning({ home }),
  ),
} satisfies Partial<Writers>;
