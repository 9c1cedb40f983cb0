CREATE TABLE `heads` (
	`user_id` text NOT NULL,
	`revision` integer NOT NULL,
	`tag` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `revision`)
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text NOT NULL,
	`field` text NOT NULL,
	`clock` text NOT NULL,
	PRIMARY KEY(`id`, `field`)
);
--> statement-breakpoint
CREATE TABLE `parked` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`field` text NOT NULL,
	`message` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `users` ADD `purged` integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
INSERT INTO `replica` (`key`, `value`) VALUES ('epoch', lower(hex(randomblob(16))));
