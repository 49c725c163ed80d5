/** Unanswered replies: their columns in the row of the inbound message. */

import { platformNameOf } from "#core/lib/ids.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import { and, asc, eq, isNotNull, lte, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Store } from "#src/ports/store.ts";
import { z } from "zod";
import { blocksSchema } from "./reply-schema.ts";
import { parse, type Row } from "#src/store/sql/rows.ts";
import { type Db, placeholder, writer, type Writers } from "#src/store/sql/statement.ts";

/** The columns of an inbound message whose reply was shown. */
export const noAnswer = { userId: null, answer: null, answerAt: null };

const answerSchema = z.object({
  account: z.object({ platform: z.string().transform((name) => platformNameOf(name)), id: z.string() }),
  answerTo: z.string(),
  reply: z.object({ blocks: blocksSchema }),
});

/** The values of a reply that is stored with its inbound message. */
export function answerValues(answer: UnansweredReply | undefined) {
  if (!answer) return { owner: null, answer: null, answerAt: null };
  const { userId, account, answerTo, reply, dueAt } = answer;
  return { owner: userId, answer: JSON.stringify({ account, answerTo, reply }), answerAt: dueAt.epochMilliseconds };
}

/** The unanswered reply of a row; empty when none is owed. */
export function unansweredOf({ source, seenAt, userId, answer, answerAt }: Row<"inbound">): readonly UnansweredReply[] {
  if (answer === null || userId === null || answerAt === null) return [];
  const [at, dueAt] = [seenAt, answerAt].map((millis) => Temporal.Instant.fromEpochMilliseconds(millis));
  const kept = parse(answerSchema, answer, `the answer to "${source}"`);
  return at && dueAt ? [{ source, userId, at, dueAt, ...kept }] : [];
}

/** The part of the store that reads unanswered replies. */
export function answerReads(db: Db, { inbound }: Tables): Pick<Store, "unanswered" | "findUnanswered"> {
  const owed = db
    .select()
    .from(inbound)
    // The second condition lets SQLite use the index of unanswered replies.
    .where(and(isNotNull(inbound.answer), sql`${inbound.userId} >= ''`))
    .orderBy(asc(inbound.seenAt), asc(inbound.source))
    .limit(placeholder("limit"))
    .prepare();
  const one = db
    .select()
    .from(inbound)
    .where(eq(inbound.source, placeholder("source")))
    .prepare();
  return {
    async unanswered(limit) {
      const rows = await owed.execute({ limit });
      return rows.flatMap(unansweredOf);
    },
    async findUnanswered(source) {
      const rows = await one.execute({ source });
      return rows.flatMap(unansweredOf)[0];
    },
  };
}

/** Writers of unanswered replies. */
export const answerWriters = {
  "answer-claimed": writer(
    ({ source, at, until }) => ({ source, at: at.epochMilliseconds, until: until.epochMilliseconds }),
    (db, { inbound }, param) =>
      db
        .update(inbound)
        .set({ answerAt: sql`${param("until")}` })
        .where(and(eq(inbound.source, param("source")), isNotNull(inbound.answer), lte(inbound.answerAt, param("at"))))
        .returning({ source: inbound.source }),
  ),
  // Touches the row whether or not the reply was shown. A reply that another process showed must not undo the rest of the commit.
  "answer-shown": writer(
    ({ source }) => ({ source }),
    (db, { inbound }, param) =>
      db
        .update(inbound)
        .set(noAnswer)
        .where(eq(inbound.source, param("source")))
        .returning({ source: inbound.source }),
  ),
} satisfies Partial<Writers>;
