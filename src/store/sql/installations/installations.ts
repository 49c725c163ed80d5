/** Reads and writes of installations. */

import { and, asc, eq } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Installation } from "#core/model/changes/index.ts";
import type { Row } from "#src/store/sql/rows.ts";
import { type Db, excluded, placeholder, type Write } from "#src/store/sql/statement.ts";

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

/** Replaces an installation. */
export function saveInstallation(db: Db, { installation }: Tables): Write {
  const { platform, home, sealed } = installation;
  return db
    .insert(installation)
    .values({ platform: placeholder("platform"), home: placeholder("home"), sealed: placeholder("sealed") })
    .onConflictDoUpdate({ target: [platform, home], set: { sealed: excluded(sealed) } })
    .returning({ home })
    .prepare();
}

/** Removes an installation. */
export function removeInstallation(db: Db, { installation }: Tables): Write {
  const { platform, home } = installation;
  return db
    .delete(installation)
    .where(and(eq(platform, placeholder("platform")), eq(home, placeholder("home"))))
    .returning({ home })
    .prepare();
}
