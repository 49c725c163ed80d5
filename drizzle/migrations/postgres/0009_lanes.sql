DROP INDEX "delivery_next";--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "via" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "fallback" text;--> statement-breakpoint
CREATE INDEX "delivery_fallback" ON "delivery" USING btree ("fallback","next_at") WHERE "delivery"."fallback" is not null;--> statement-breakpoint
CREATE INDEX "delivery_next" ON "delivery" USING btree ("via","next_at") WHERE "delivery"."next_at" is not null;--> statement-breakpoint
UPDATE "delivery" SET "via" = coalesce("platform", "to_platform", (
  SELECT "theirs"."platform" FROM "account" AS "theirs" WHERE "theirs"."user_id" = "delivery"."user_id"
  ORDER BY "theirs"."is_open" DESC, coalesce("theirs"."heard_at", 0) DESC, "theirs"."platform", "theirs"."id" LIMIT 1
)) WHERE "next_at" IS NOT NULL;
