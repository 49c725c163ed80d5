-- WITHOUT ROWID is written by hand: rows that are short and found by their key then lie in one tree and not in two.
CREATE TABLE `account` (
	`platform` text NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`platform`, `id`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `act` (
	`user_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`undone` integer NOT NULL,
	`sessions` text NOT NULL,
	`user` text,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `inbound` (
	`source` text PRIMARY KEY NOT NULL,
	`seen_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `question` (
	`user_id` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`asked` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`activity` text NOT NULL,
	`intensity` text NOT NULL,
	`minutes` integer NOT NULL,
	`strength_share` real NOT NULL,
	`aerobic_share` real NOT NULL,
	`day` text NOT NULL,
	`logged_at` integer NOT NULL,
	`note` text,
	`word` text,
	PRIMARY KEY(`user_id`, `day`, `logged_at`, `id`),
	FOREIGN KEY (`user_id`) REFERENCES `user`(`id`) ON UPDATE no action ON DELETE cascade
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `user` (
	`id` text PRIMARY KEY NOT NULL,
	`joined_at` integer NOT NULL,
	`time_zone` text NOT NULL,
	`first_day` integer NOT NULL,
	`preferences` text NOT NULL
) WITHOUT ROWID;
