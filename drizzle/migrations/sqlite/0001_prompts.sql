CREATE TABLE `delivery` (
	`key` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`on_day` text NOT NULL,
	`due_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`next_at` integer,
	`fence` integer NOT NULL,
	`attempts` integer NOT NULL,
	`tried_at` integer,
	`sent_on` text,
	`told` text,
	`why` text,
	`ended_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `delivery_next` ON `delivery` (`next_at`) WHERE "delivery"."next_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_day` ON `delivery` (`user_id`,`sent_on`) WHERE "delivery"."sent_on" is not null;--> statement-breakpoint
CREATE INDEX `delivery_recent` ON `delivery` (`user_id`,`due_at`);--> statement-breakpoint
CREATE TABLE `note` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `prompt` (
	`user_id` text NOT NULL,
	`kind` text NOT NULL,
	`due_at` integer NOT NULL,
	`on_day` text NOT NULL,
	PRIMARY KEY(`user_id`, `kind`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `prompt_due` ON `prompt` (`due_at`);--> statement-breakpoint
ALTER TABLE `account` ADD `is_open` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `account` ADD `is_told` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `account_user` ON `account` (`user_id`);