ALTER TABLE `group` ADD `version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `user` ADD `version` integer DEFAULT 0 NOT NULL;