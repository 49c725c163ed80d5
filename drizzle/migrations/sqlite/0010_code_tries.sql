CREATE TABLE `code_try` (
	`account` text PRIMARY KEY NOT NULL,
	`tries` integer NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `code_try_until` ON `code_try` (`until`);--> statement-breakpoint
ALTER TABLE `link_code` DROP COLUMN `tries`;--> statement-breakpoint
ALTER TABLE `link_code` DROP COLUMN `tries_until`;