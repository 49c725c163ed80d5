-- The five NULLs are written by hand: drizzle-kit would read these columns from the old table, which has none of them.
CREATE TABLE `channel` (
	`platform` text NOT NULL,
	`address` text NOT NULL,
	`group_id` text NOT NULL,
	`status` text NOT NULL,
	`bound_by` text,
	`is_told` integer NOT NULL,
	PRIMARY KEY(`platform`, `address`),
	FOREIGN KEY (`group_id`) REFERENCES `group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`bound_by`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `channel_group` ON `channel` (`group_id`);--> statement-breakpoint
CREATE INDEX `channel_bound` ON `channel` (`bound_by`);--> statement-breakpoint
CREATE TABLE `cheer` (
	`group_id` text NOT NULL,
	`on_day` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`group_id`, `on_day`, `user_id`),
	FOREIGN KEY (`group_id`) REFERENCES `group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `code` (
	`group_id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`group_id`) REFERENCES `group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `code_code` ON `code` (`code`);--> statement-breakpoint
CREATE TABLE `group` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	`first_day` integer NOT NULL,
	`times` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `group_prompt` (
	`group_id` text NOT NULL,
	`kind` text NOT NULL,
	`due_at` integer NOT NULL,
	`on_day` text NOT NULL,
	PRIMARY KEY(`group_id`, `kind`),
	FOREIGN KEY (`group_id`) REFERENCES `group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `group_prompt_due` ON `group_prompt` (`due_at`);--> statement-breakpoint
CREATE TABLE `group_week` (
	`group_id` text NOT NULL,
	`on_day` text NOT NULL,
	`came` text NOT NULL,
	PRIMARY KEY(`group_id`, `on_day`),
	FOREIGN KEY (`group_id`) REFERENCES `group`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `member` (
	`group_id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`share` text NOT NULL,
	`joined_at` integer NOT NULL,
	`rests_on` text,
	PRIMARY KEY(`group_id`, `user_id`),
	FOREIGN KEY (`group_id`) REFERENCES `group`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `member_user` ON `member` (`user_id`);--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_delivery` (
	`key` text PRIMARY KEY NOT NULL,
	`user_id` text,
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
	`group_id` text,
	`platform` text,
	`address` text,
	`message` text,
	`shown` text,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
INSERT INTO `__new_delivery`("key", "user_id", "kind", "on_day", "due_at", "expires_at", "state", "next_at", "fence", "attempts", "tried_at", "sent_on", "told", "why", "ended_at", "group_id", "platform", "address", "message", "shown") SELECT "key", "user_id", "kind", "on_day", "due_at", "expires_at", "state", "next_at", "fence", "attempts", "tried_at", "sent_on", "told", "why", "ended_at", NULL, NULL, NULL, NULL, NULL FROM `delivery`;--> statement-breakpoint
DROP TABLE `delivery`;--> statement-breakpoint
ALTER TABLE `__new_delivery` RENAME TO `delivery`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `delivery_next` ON `delivery` (`next_at`) WHERE "delivery"."next_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `delivery_day` ON `delivery` (`user_id`,`sent_on`) WHERE "delivery"."sent_on" is not null;--> statement-breakpoint
CREATE INDEX `delivery_recent` ON `delivery` (`user_id`,`due_at`);--> statement-breakpoint
CREATE INDEX `delivery_standing` ON `delivery` (`group_id`,`on_day`) WHERE "delivery"."message" is not null;