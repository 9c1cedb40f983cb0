DROP INDEX `history_undoes`;--> statement-breakpoint
CREATE INDEX `history_undoes` ON `history` (`user_id`,`undoes`) WHERE undoes is not null;--> statement-breakpoint
ALTER TABLE `tasks` ADD `created_key` text GENERATED ALWAYS AS (coalesce((case when substr(registers ->> 'created_at', 25, 1) = '"' then json_extract(substr(registers ->> 'created_at', 25), '$') end), '')) VIRTUAL;--> statement-breakpoint
CREATE INDEX `tasks_created` ON `tasks` (`user_id`,`created_key`,`id`) WHERE deleted_at is null;