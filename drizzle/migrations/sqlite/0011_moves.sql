ALTER TABLE `user` ADD `pending` text;--> statement-breakpoint
CREATE INDEX `user_pending` ON `user` (`pending`) WHERE "user"."pending" is not null;