-- One statement for all columns, because each would write the whole table anew.
ALTER TABLE "tasks"
  ADD COLUMN "times" integer GENERATED ALWAYS AS ((case when strpos(registers::text, '"time:') > 0 then 1 end)) STORED,
  ADD COLUMN "reminders" integer GENERATED ALWAYS AS ((case when strpos(registers::text, '"remind:') > 0 then 1 end)) STORED,
  ADD COLUMN "outcome" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'cancelled', 25) = 'true' then 'cancelled' when substr(registers ->> 'skipped', 25) = 'true' then 'skipped' end)) STORED;--> statement-breakpoint
CREATE INDEX "tasks_times" ON "tasks" USING btree ("user_id","id") WHERE times is not null;--> statement-breakpoint
CREATE INDEX "tasks_reminders" ON "tasks" USING btree ("user_id","id") WHERE reminders is not null;