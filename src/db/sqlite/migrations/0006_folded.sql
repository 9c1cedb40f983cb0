ALTER TABLE `tasks` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `tasks` ADD `folded_at` integer;--> statement-breakpoint
UPDATE `tasks` SET `folded` = fold_task(`title`, `description`), `folded_at` = `revision`;