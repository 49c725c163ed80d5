CREATE TABLE "channel" (
	"platform" text NOT NULL,
	"address" text NOT NULL,
	"group_id" text NOT NULL,
	"status" text NOT NULL,
	"bound_by" text,
	"is_told" boolean NOT NULL,
	CONSTRAINT "channel_platform_address_pk" PRIMARY KEY("platform","address")
);
--> statement-breakpoint
CREATE TABLE "cheer" (
	"group_id" text NOT NULL,
	"on_day" text NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "cheer_group_id_on_day_user_id_pk" PRIMARY KEY("group_id","on_day","user_id")
);
--> statement-breakpoint
CREATE TABLE "code" (
	"group_id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL,
	"time_zone" text NOT NULL,
	"first_day" integer NOT NULL,
	"times" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "group_prompt" (
	"group_id" text NOT NULL,
	"kind" text NOT NULL,
	"due_at" bigint NOT NULL,
	"on_day" text NOT NULL,
	CONSTRAINT "group_prompt_group_id_kind_pk" PRIMARY KEY("group_id","kind")
);
--> statement-breakpoint
CREATE TABLE "group_week" (
	"group_id" text NOT NULL,
	"on_day" text NOT NULL,
	"came" text NOT NULL,
	CONSTRAINT "group_week_group_id_on_day_pk" PRIMARY KEY("group_id","on_day")
);
--> statement-breakpoint
CREATE TABLE "member" (
	"group_id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"share" text NOT NULL,
	"joined_at" bigint NOT NULL,
	"rests_on" text,
	CONSTRAINT "member_group_id_user_id_pk" PRIMARY KEY("group_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "delivery" ALTER COLUMN "user_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "group_id" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "platform" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "message" text;--> statement-breakpoint
ALTER TABLE "delivery" ADD COLUMN "shown" text;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_group_id_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."group"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channel" ADD CONSTRAINT "channel_bound_by_user_id_fk" FOREIGN KEY ("bound_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cheer" ADD CONSTRAINT "cheer_group_id_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."group"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cheer" ADD CONSTRAINT "cheer_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "code" ADD CONSTRAINT "code_group_id_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."group"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_prompt" ADD CONSTRAINT "group_prompt_group_id_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."group"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "group_week" ADD CONSTRAINT "group_week_group_id_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."group"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_group_id_group_id_fk" FOREIGN KEY ("group_id") REFERENCES "public"."group"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "channel_group" ON "channel" USING btree ("group_id");--> statement-breakpoint
CREATE INDEX "channel_bound" ON "channel" USING btree ("bound_by");--> statement-breakpoint
CREATE UNIQUE INDEX "code_code" ON "code" USING btree ("code");--> statement-breakpoint
CREATE INDEX "group_prompt_due" ON "group_prompt" USING btree ("due_at");--> statement-breakpoint
CREATE INDEX "member_user" ON "member" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "delivery_standing" ON "delivery" USING btree ("group_id","on_day") WHERE "delivery"."message" is not null;