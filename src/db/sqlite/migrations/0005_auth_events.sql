CREATE TABLE `auth_events` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`outcome` text NOT NULL,
	`address` text,
	`network` text,
	`subject` text
);
--> statement-breakpoint
CREATE INDEX `auth_events_outcome` ON `auth_events` (`account_id`,`outcome`,`at`);--> statement-breakpoint
CREATE INDEX `auth_events_network` ON `auth_events` (`account_id`,`network`,`outcome`,`at`);