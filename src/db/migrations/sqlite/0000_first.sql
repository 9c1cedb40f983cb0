CREATE TABLE `history` (
	`user_id` text NOT NULL,
	`clock` text NOT NULL,
	`at` integer NOT NULL,
	`command` text NOT NULL,
	`id` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`undoes` text,
	PRIMARY KEY(`user_id`, `clock`, `id`)
);
--> statement-breakpoint
CREATE INDEX `history_task` ON `history` (`user_id`,`id`,`clock`);--> statement-breakpoint
CREATE INDEX `history_undoes` ON `history` (`user_id`,`undoes`);--> statement-breakpoint
CREATE TABLE `replica` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `tasks` (
	`user_id` text NOT NULL,
	`id` text NOT NULL,
	`handle` text NOT NULL,
	`revision` integer NOT NULL,
	`registers` text NOT NULL,
	`title` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'title', 25), '$')) VIRTUAL,
	`description` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'description', 25), '$')) VIRTUAL,
	`completed_at` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'completed_at', 25), '$')) VIRTUAL,
	`due_date` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'due_date', 25), '$')) VIRTUAL,
	`priority` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'priority', 25), '$')) VIRTUAL,
	`project` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'project', 25), '$')) VIRTUAL,
	`created_at` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'created_at', 25), '$')) VIRTUAL,
	`deleted_at` text GENERATED ALWAYS AS (json_extract(substr(registers ->> 'deleted_at', 25), '$')) VIRTUAL,
	PRIMARY KEY(`user_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `tasks_handle` ON `tasks` (`user_id`,`handle`);--> statement-breakpoint
CREATE INDEX `tasks_revision` ON `tasks` (`user_id`,`revision`);--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`user_id`,(case when due_date is null then '~' else due_date end),`id`) WHERE deleted_at is null and completed_at is null;--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`clock` integer NOT NULL
);
