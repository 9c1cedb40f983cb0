DROP INDEX `tasks_links`;--> statement-breakpoint
CREATE INDEX `tasks_links` ON `tasks` (`user_id`,`id`,`deleted_at`,`completed_at`) WHERE links is not null;