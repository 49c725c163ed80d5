ALTER TABLE `inbound` ADD `user_id` text;--> statement-breakpoint
ALTER TABLE `inbound` ADD `answer` text;--> statement-breakpoint
ALTER TABLE `inbound` ADD `answer_at` integer;--> statement-breakpoint
CREATE INDEX `inbound_unanswered` ON `inbound` (`user_id`) WHERE "inbound"."answer" is not null;