/** Unanswered replies: their columns in the row of the inbound message. */

import { platformNameOf } from "#core/lib/ids.ts";
import type { UnansweredReply } from "#core/model/unanswered-reply.ts";
import { and, asc, eq, inArray, isNotNull, lt, lte, sql } from "#drizzle/orm.ts";
import type { Tables } from "#drizzle/schema.ts";
import type { Store } from "#src/ports/store.ts";
import { z } from "zod";
import { blocksSchema } from "./reply-schema.ts";
import { parse, type Row } from "#src/store/sql/rows.ts";
import { type Db, placeholder, type Values, type Write } from "#src/store/sql/statement.ts";

/** The columns of an inbound message whose reply was shown. */
export const noAnswer = { userId: null, answer: null, answerAt: null };

const answerSchema = z.object({
  account: z.object({ platform: z.string().transform((name) => platformNameOf(name)), id: z.string() }),
  answerTo: z.string(),
  reply: z.object({ blocks: blocksSchema }),
});

/** The values of a reply that is stored with its inbound message. */
export function answerValues(answer: UnansweredReply | undefined): Values {
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

/** The statements of unanswered replies. */
export function prepareAnswers(db: Db, { inbound }: Tables): Readonly<Record<"answer-claimed" | "answer-shown", Write>> {
  const isIt = eq(inbound.source, placeholder("source"));
  return {
    "answer-claimed": db
      .update(inbound)
      .set({ answerAt: sql`${placeholder("until")}` })
      .where(and(isIt, isNotNull(inbound.answer), lte(inbound.answerAt, placeholder("at"))))
      .returning({ source: inbound.source })
      .prepare(),
    // Touches the row whether or not the reply was shown. A reply that another process showed must not undo the rest of the commit.
    "answer-shown": db.update(inbound).set(noAnswer).where(isIt).returning({ source: inbound.source }).prepare(),
  };
}

/** Deletes unanswered replies that are too old. Their inbound messages stay recorded. */
export function purgeAnswers(db: Db, { inbound }: Tables): Write {
  const oldAnswers = db
    .select({ source: inbound.source })
    .from(inbound)
    .where(and(isNotNull(inbound.answer), lt(inbound.seenAt, placeholder("before"))))
    .limit(placeholder("limit"));
  return db.update(inbound).set(noAnswer).where(inArray(inbound.source, oldAnswers)).returning({ source: inbound.source }).prepare();
}
