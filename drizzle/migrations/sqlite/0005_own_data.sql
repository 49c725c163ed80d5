-- "ON DELETE cascade" of a column that is added is written by hand: drizzle-kit leaves it out on SQLite.
CREATE TABLE `link_code` (
	`user_id` text PRIMARY KEY NOT NULL,
	`hash` text,
	`platform` text,
	`account_id` text,
	`expires_at` integer,
	`tries` integer NOT NULL,
	`tries_until` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `link_code_hash` ON `link_code` (`hash`) WHERE "link_code"."hash" is not null;--> statement-breakpoint
ALTER TABLE `account` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `account` ADD `heard_at` integer;--> statement-breakpoint
ALTER TABLE `act` ADD `batch` text;--> statement-breakpoint
ALTER TABLE `act` ADD `batch_count` integer;--> statement-breakpoint
ALTER TABLE `delivery` ADD `to_platform` text;--> statement-breakpoint
ALTER TABLE `delivery` ADD `to_id` text;--> statement-breakpoint
CREATE INDEX `delivery_ended` ON `delivery` (`ended_at`) WHERE "delivery"."ended_at" is not null;--> statement-breakpoint
ALTER TABLE `member` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `session` ADD `origin` text;--> statement-breakpoint
ALTER TABLE `session` ADD `batch` text;--> statement-breakpoint
ALTER TABLE `user` ADD `part_of` text REFERENCES user(id) ON DELETE cascade;--> statement-breakpoint
CREATE INDEX `user_part` ON `user` (`part_of`) WHERE "user"."part_of" is not null;--> statement-breakpoint
CREATE INDEX `cheer_user` ON `cheer` (`user_id`);--> statement-breakpoint
CREATE INDEX `inbound_seen` ON `inbound` (`seen_at`);