ALTER TABLE "inbound" ADD COLUMN "user_id" text;--> statement-breakpoint
ALTER TABLE "inbound" ADD COLUMN "answer" text;--> statement-breakpoint
ALTER TABLE "inbound" ADD COLUMN "answer_at" bigint;--> statement-breakpoint
CREATE INDEX "inbound_unanswered" ON "inbound" USING btree ("user_id") WHERE "inbound"."answer" is not null;