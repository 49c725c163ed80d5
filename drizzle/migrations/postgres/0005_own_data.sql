CREATE TABLE "link_code" (
	"user_id" text PRIMARY KEY NOT NULL,
	"hash" text,
	"platform" text,
	"account_id" text,
	"expires_at" bigint,
	"tries" integer NOT NULL,
	"tries_until" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "heard_at" bigint;--> statement-breakpoint
ALTER TABLE "act" ADD COLUMN "batch" text;--> statement-breakpoint
ALTER TABLE "act" ADD COLUMN "batch_count" integer;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "to_platform" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "to_id" text;--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "session" ADD COLUMN "batch" text;--> statement-breakpoint
ALTER TABLE "user" ADD COLUMN "part_of" text;--> statement-breakpoint
ALTER TABLE "link_code" ADD CONSTRAINT "link_code_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "link_code_hash" ON "link_code" USING btree ("hash") WHERE "link_code"."hash" is not null;--> statement-breakpoint
ALTER TABLE "user" ADD CONSTRAINT "user_part_of_user_id_fk" FOREIGN KEY ("part_of") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cheer_user" ON "cheer" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "delivery_ended" ON "delivery" USING btree ("ended_at") WHERE "delivery"."ended_at" is not null;--> statement-breakpoint
CREATE INDEX "inbound_seen" ON "inbound" USING btree ("seen_at");--> statement-breakpoint
CREATE INDEX "user_part" ON "user" USING btree ("part_of") WHERE "user"."part_of" is not null;