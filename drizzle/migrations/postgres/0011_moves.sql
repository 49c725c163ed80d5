ALTER TABLE "user" ADD COLUMN "pending" text;--> statement-breakpoint
CREATE INDEX "user_pending" ON "user" USING btree ("pending") WHERE "user"."pending" is not null;