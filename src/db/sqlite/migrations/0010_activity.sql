DROP INDEX `tasks_open`;--> statement-breakpoint
DROP INDEX `tasks_done`;--> statement-breakpoint
ALTER TABLE `tasks` ADD `times` integer GENERATED ALWAYS AS ((case when instr(registers, '"time:') > 0 then 1 end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `reminders` integer GENERATED ALWAYS AS ((case when instr(registers, '"remind:') > 0 then 1 end)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `tasks` ADD `outcome` text GENERATED ALWAYS AS ((case when substr(registers ->> 'cancelled', 25) = 'true' then 'cancelled' when substr(registers ->> 'skipped', 25) = 'true' then 'skipped' end)) VIRTUAL;--> statement-breakpoint
CREATE INDEX `tasks_times` ON `tasks` (`user_id`,`id`) WHERE times is not null;--> statement-breakpoint
CREATE INDEX `tasks_reminders` ON `tasks` (`user_id`,`id`) WHERE reminders is not null;--> statement-breakpoint
CREATE INDEX `tasks_open` ON `tasks` (`user_id`,`due_key`,`id`,`due_date`,`priority`,`rank`,`scheduled_date`,`wait_until`,`started_at`,`project`,`created_key`,`series`) WHERE deleted_at is null and completed_at is null;--> statement-breakpoint
CREATE INDEX `tasks_done` ON `tasks` (`user_id`,`completed_at`,`id`,`outcome`,`recurrence`,`due_date`,`project`,`created_key`,`series`) WHERE deleted_at is null and completed_at is not null;