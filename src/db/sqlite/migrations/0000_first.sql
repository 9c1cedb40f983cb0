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
	`title` text GENERATED ALWAYS AS ((case when substr(registers ->> 'title', 25, 1) = '"' then json_extract(substr(registers ->> 'title', 25), '$') end)) VIRTUAL,
	`description` text GENERATED ALWAYS AS ((case when substr(registers ->> 'description', 25, 1) = '"' then json_extract(substr(registers ->> 'description', 25), '$') end)) VIRTUAL,
	`completed_at` text GENERATED ALWAYS AS ((case when substr(registers ->> 'completed_at', 25, 1) = '"' then json_extract(substr(registers ->> 'completed_at', 25), '$') end)) VIRTUAL,
	`due_date` text GENERATED ALWAYS AS ((case when substr(registers ->> 'due_date', 25, 1) = '"' then json_extract(substr(registers ->> 'due_date', 25), '$') end)) VIRTUAL,
	`due_key` text GENERATED ALWAYS AS (coalesce((case when substr(registers ->> 'due_date', 25, 1) = '"' then json_extract(substr(registers ->> 'due_date', 25), '$') end) || case when length((case when substr(registers ->> 'due_date', 25, 1) = '"' then json_extract(substr(registers ->> 'due_date', 25), '$') end)) = 10 then 'T~' else '' end, '~')) VIRTUAL,
	`priority` text GENERATED ALWAYS AS ((case when substr(registers ->> 'priority', 25, 1) = '"' then json_extract(substr(registers ->> 'priority', 25), '$') end)) VIRTUAL,
	`project` text GENERATED ALWAYS AS ((case when substr(registers ->> 'project', 25, 1) = '"' then json_extract(substr(registers ->> 'project', 25), '$') end)) VIRTUAL,
	`created_at` text GENERATED ALWAYS AS ((case when substr(registers ->> 'created_at', 25, 1) = '"' then json_extract(substr(registers ->> 'created_at', 25), '$') end)) VIRTUAL,
	`deleted_at` text GENERATED ALWAYS AS ((case when substr(registers ->> 'deleted_at', 25, 1) = '"' then json_extract(substr(registers ->> 'deleted_at', 25), '$') end)) VIRTUAL,
	PRIMARY KEY(`user_id`, `id`)
);
--> statement-breakpoint
CREATE INDEX `tasks_handle` ON `tasks` (`user_id`,`handle`);--> statement-breakpoint
CREATE INDEX `tasks_revision` ON `tasks` (`user_id`,`revision`);--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`user_id`,`due_key`,`id`) WHERE deleted_at is null and completed_at is null;--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`clock` integer NOT NULL
);
