CREATE TABLE `pulled` (
	`id` text PRIMARY KEY NOT NULL,
	`registers` text
);
