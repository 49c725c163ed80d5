/** How installations are read and written. */

import { load } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import { type Db, excluded, given, type Write } from "#src/store/sql/statement.ts";

const { and, asc, eq } = load("drizzle-orm");

/** The statements that read, prepared once. */
export function prepareInstallationReads(db: Db, { installation }: Tables) {
  const { platform, home } = installation;
  return {
    installation: db
      .select()
      .from(installation)
      .where(and(eq(platform, given("platform")), eq(home, given("home"))))
      .prepare("installation"),
    installations: db
      .select()
      .from(installation)
      .where(eq(platform, given("platform")))
      .orderBy(asc(home))
      .prepare("installations"),
  };
}

/** Replaces an installation. */
export function saveInstallation(db: Db, { installation }: Tables): Write {
  const { platform, home, sealed } = installation;
  return db
    .insert(installation)
    .values({ platform: given("platform"), home: given("home"), sealed: given("sealed") })
    .onConflictDoUpdate({ target: [platform, home], set: { sealed: excluded(sealed) } })
    .returning({ home })
    .prepare("installation-saved");
}

/** Removes an installation. */
export function removeInstallation(db: Db, { installation }: Tables): Write {
  const { platform, home } = installation;
  return db
    .delete(installation)
    .where(and(eq(platform, given("platform")), eq(home, given("home"))))
    .returning({ home })
    .prepare("installation-removed");
}
