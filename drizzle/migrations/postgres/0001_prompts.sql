CREATE TABLE "delivery" (
	"key" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"on_day" text NOT NULL,
	"due_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"state" text NOT NULL,
	"next_at" bigint,
	"fence" integer NOT NULL,
	"attempts" integer NOT NULL,
	"tried_at" bigint,
	"sent_on" text,
	"told" text,
	"why" text,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "note" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prompt" (
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"due_at" bigint NOT NULL,
	"on_day" text NOT NULL,
	CONSTRAINT "prompt_user_id_kind_pk" PRIMARY KEY("user_id","kind")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "is_open" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "is_told" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "prompt" ADD CONSTRAINT "prompt_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "delivery_next" ON "delivery" USING btree ("next_at") WHERE "delivery"."next_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_day" ON "delivery" USING btree ("user_id","sent_on") WHERE "delivery"."sent_on" is not null;--> statement-breakpoint
CREATE INDEX "delivery_recent" ON "delivery" USING btree ("user_id","due_at");--> statement-breakpoint
CREATE INDEX "prompt_due" ON "prompt" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "account_user" ON "account" USING btree ("user_id");