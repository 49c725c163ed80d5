CREATE TABLE "account" (
	"platform" text NOT NULL,
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "account_platform_id_pk" PRIMARY KEY("platform","id")
);
--> statement-breakpoint
CREATE TABLE "act" (
	"user_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"undone" boolean NOT NULL,
	"sessions" text NOT NULL,
	"user" text
);
--> statement-breakpoint
CREATE TABLE "inbound" (
	"source" text PRIMARY KEY NOT NULL,
	"seen_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question" (
	"user_id" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"asked" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text NOT NULL,
	"user_id" text NOT NULL,
	"activity" text NOT NULL,
	"intensity" text NOT NULL,
	"minutes" integer NOT NULL,
	"strength_share" double precision NOT NULL,
	"aerobic_share" double precision NOT NULL,
	"day" text NOT NULL,
	"logged_at" bigint NOT NULL,
	"note" text,
	"word" text,
	CONSTRAINT "session_user_id_day_logged_at_id_pk" PRIMARY KEY("user_id","day","logged_at","id")
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" text PRIMARY KEY NOT NULL,
	"joined_at" bigint NOT NULL,
	"time_zone" text NOT NULL,
	"first_day" integer NOT NULL,
	"preferences" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "act" ADD CONSTRAINT "act_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;