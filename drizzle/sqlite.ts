/** The tables on SQLite, each exported under its own name, as drizzle-kit requires. */

import { sqliteKit } from "./kit.ts";
import { defineTables } from "./schema.ts";

/** All tables on SQLite. */
export const {
  user,
  account,
  session,
  act,
  question,
  inbound,
  prompt,
  delivery,
  linkCode,
  codeTry,
  installation,
  note,
  group,
  channel,
  member,
  code,
  cheer,
  groupPrompt,
  groupWeek,
} = defineTables(sqliteKit());
