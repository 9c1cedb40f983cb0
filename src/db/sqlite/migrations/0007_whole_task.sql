ALTER TABLE `tasks` ADD `scheduled_date` text GENERATED ALWAYS AS ((case when substr(registers ->> 'scheduled_date', 25, 1) = '"' then json_extract(substr(registers ->> 'scheduled_date', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `wait_until` text GENERATED ALWAYS AS ((case when substr(registers ->> 'wait_until', 25, 1) = '"' then json_extract(substr(registers ->> 'wait_until', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `started_at` text GENERATED ALWAYS AS ((case when substr(registers ->> 'started_at', 25, 1) = '"' then json_extract(substr(registers ->> 'started_at', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `estimate` integer GENERATED ALWAYS AS ((case when length(substr(registers ->> 'estimate', 25)) between 1 and 9 and substr(registers ->> 'estimate', 25) not glob '*[^0-9]*' then cast(substr(registers ->> 'estimate', 25) as integer) end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `parent` text GENERATED ALWAYS AS ((case when substr(registers ->> 'parent', 25, 1) = '"' then json_extract(substr(registers ->> 'parent', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `rank` text GENERATED ALWAYS AS ((case when substr(registers ->> 'rank', 25, 1) = '"' then json_extract(substr(registers ->> 'rank', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `recurrence` text GENERATED ALWAYS AS ((case when substr(registers ->> 'recurrence', 25, 1) = '"' then json_extract(substr(registers ->> 'recurrence', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `occurrence` text GENERATED ALWAYS AS ((case when substr(registers ->> 'occurrence', 25, 1) = '"' then json_extract(substr(registers ->> 'occurrence', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `series` text GENERATED ALWAYS AS ((case when substr(registers ->> 'series', 25, 1) = '"' then json_extract(substr(registers ->> 'series', 25), '$') end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `links` integer GENERATED ALWAYS AS ((case when instr(registers, '"dep:') > 0 then 1 end)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `tasks_parent` ON `tasks` (`user_id`,`parent`) WHERE parent is not null;--> statement-breakpoint
CREATE INDEX `tasks_series` ON `tasks` (`user_id`,`series`,`occurrence`) WHERE series is not null;--> statement-breakpoint
CREATE INDEX `tasks_repeating` ON `tasks` (`user_id`,`id`) WHERE recurrence is not null;--> statement-breakpoint
CREATE INDEX `tasks_links` ON `tasks` (`user_id`,`id`) WHERE links is not null;--> statement-breakpoint
CREATE INDEX `tasks_done` ON `tasks` (`user_id`,`completed_at`,`id`) WHERE deleted_at is null and completed_at is not null;--> statement-breakpoint
ALTER TABLE `users` ADD `registers` text DEFAULT '{}' NOT NULL;