/** The tables on PostgreSQL, each under its own name, as drizzle-kit wants to find them. */

import { postgresKit } from "./kit.ts";
import { defineTables } from "./schema.ts";

/** The tables on PostgreSQL. */
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
} = defineTables(postgresKit());
