-- Written by hand: drizzle-kit asks about each name. Tables and columns keep their rows where they lie. SQLite cannot rename an index.
ALTER TABLE `act` RENAME TO `last_action`;--> statement-breakpoint
ALTER TABLE `code` RENAME TO `join_code`;--> statement-breakpoint
ALTER TABLE `code_try` RENAME TO `wrong_code`;--> statement-breakpoint
ALTER TABLE `inbound` RENAME TO `processed_message`;--> statement-breakpoint
ALTER TABLE `note` RENAME TO `app_state`;--> statement-breakpoint
ALTER TABLE `question` RENAME TO `clarification`;--> statement-breakpoint
ALTER TABLE `user` RENAME COLUMN `part_of` TO `owner_id`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `is_open` TO `dm_reachable`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `is_told` TO `dm_notice_shown`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `heard_at` TO `last_seen_at`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `origin` TO `original_owner_id`;--> statement-breakpoint
ALTER TABLE `session` RENAME COLUMN `origin` TO `original_owner_id`;--> statement-breakpoint
ALTER TABLE `session` RENAME COLUMN `batch` TO `import_id`;--> statement-breakpoint
ALTER TABLE `last_action` RENAME COLUMN `batch` TO `import_id`;--> statement-breakpoint
ALTER TABLE `last_action` RENAME COLUMN `batch_count` TO `import_count`;--> statement-breakpoint
ALTER TABLE `clarification` RENAME COLUMN `asked` TO `content`;--> statement-breakpoint
ALTER TABLE `processed_message` RENAME COLUMN `source` TO `id`;--> statement-breakpoint
ALTER TABLE `processed_message` RENAME COLUMN `seen_at` TO `received_at`;--> statement-breakpoint
ALTER TABLE `processed_message` RENAME COLUMN `answer` TO `reply`;--> statement-breakpoint
ALTER TABLE `processed_message` RENAME COLUMN `answer_at` TO `reply_due_at`;--> statement-breakpoint
ALTER TABLE `prompt` RENAME COLUMN `on_day` TO `local_date`;--> statement-breakpoint
ALTER TABLE `prompt` RENAME COLUMN `since_day` TO `messages_since`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `on_day` TO `local_date`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `told` TO `stated_numbers`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `why` TO `reason`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `message` TO `platform_message_id`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `shown` TO `content_hash`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `to_platform` TO `target_platform`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `to_id` TO `target_id`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `says` TO `blocks`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `via` TO `lane`;--> statement-breakpoint
ALTER TABLE `delivery` RENAME COLUMN `fallback` TO `fallback_lane`;--> statement-breakpoint
ALTER TABLE `wrong_code` RENAME COLUMN `account` TO `account_hash`;--> statement-breakpoint
ALTER TABLE `wrong_code` RENAME COLUMN `tries` TO `attempts`;--> statement-breakpoint
ALTER TABLE `wrong_code` RENAME COLUMN `until` TO `expires_at`;--> statement-breakpoint
ALTER TABLE `installation` RENAME COLUMN `home` TO `workspace_id`;--> statement-breakpoint
ALTER TABLE `installation` RENAME COLUMN `sealed` TO `encrypted_token`;--> statement-breakpoint
ALTER TABLE `channel` RENAME COLUMN `is_told` TO `owner_notified`;--> statement-breakpoint
ALTER TABLE `member` RENAME COLUMN `rests_on` TO `rest_week`;--> statement-breakpoint
ALTER TABLE `member` RENAME COLUMN `origin` TO `original_owner_id`;--> statement-breakpoint
ALTER TABLE `join_code` RENAME COLUMN `until` TO `expires_at`;--> statement-breakpoint
ALTER TABLE `cheer` RENAME COLUMN `on_day` TO `week_start`;--> statement-breakpoint
ALTER TABLE `group_prompt` RENAME COLUMN `on_day` TO `week_start`;--> statement-breakpoint
ALTER TABLE `group_week` RENAME COLUMN `on_day` TO `week_start`;--> statement-breakpoint
ALTER TABLE `group_week` RENAME COLUMN `came` TO `outcome`;--> statement-breakpoint
DROP INDEX `user_part`;--> statement-breakpoint
CREATE INDEX `user_owner` ON `user` (`owner_id`) WHERE "user"."owner_id" is not null;--> statement-breakpoint
DROP INDEX `inbound_seen`;--> statement-breakpoint
CREATE INDEX `processed_message_received` ON `processed_message` (`received_at`);--> statement-breakpoint
DROP INDEX `inbound_unanswered`;--> statement-breakpoint
CREATE INDEX `processed_message_unanswered` ON `processed_message` (`user_id`) WHERE "processed_message"."reply" is not null;--> statement-breakpoint
DROP INDEX `delivery_standing`;--> statement-breakpoint
CREATE INDEX `delivery_live` ON `delivery` (`group_id`,`local_date`) WHERE "delivery"."platform_message_id" is not null;--> statement-breakpoint
DROP INDEX `code_try_until`;--> statement-breakpoint
CREATE INDEX `wrong_code_expires` ON `wrong_code` (`expires_at`);--> statement-breakpoint
DROP INDEX `code_code`;--> statement-breakpoint
CREATE UNIQUE INDEX `join_code_code` ON `join_code` (`code`);