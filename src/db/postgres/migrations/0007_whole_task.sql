-- One statement for all columns, because each would write the whole table anew.
ALTER TABLE "tasks"
  ADD COLUMN "scheduled_date" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'scheduled_date', 25, 1) = '"' then substr(registers ->> 'scheduled_date', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "wait_until" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'wait_until', 25, 1) = '"' then substr(registers ->> 'wait_until', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "started_at" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'started_at', 25, 1) = '"' then substr(registers ->> 'started_at', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "estimate" integer GENERATED ALWAYS AS ((case when substr(registers ->> 'estimate', 25) ~ '^[0-9]{1,9}$' then substr(registers ->> 'estimate', 25)::integer end)) STORED,
  ADD COLUMN "parent" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'parent', 25, 1) = '"' then substr(registers ->> 'parent', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "rank" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'rank', 25, 1) = '"' then substr(registers ->> 'rank', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "recurrence" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'recurrence', 25, 1) = '"' then substr(registers ->> 'recurrence', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "occurrence" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'occurrence', 25, 1) = '"' then substr(registers ->> 'occurrence', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "series" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'series', 25, 1) = '"' then substr(registers ->> 'series', 25)::jsonb #>> '{}' end)) STORED,
  ADD COLUMN "links" integer GENERATED ALWAYS AS ((case when strpos(registers::text, '"dep:') > 0 then 1 end)) STORED;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "registers" jsonb DEFAULT '{}' NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_parent" ON "tasks" USING btree ("user_id","parent") WHERE parent is not null;--> statement-breakpoint
CREATE INDEX "tasks_series" ON "tasks" USING btree ("user_id","series","occurrence") WHERE series is not null;--> statement-breakpoint
CREATE INDEX "tasks_repeating" ON "tasks" USING btree ("user_id","id") WHERE recurrence is not null;--> statement-breakpoint
CREATE INDEX "tasks_links" ON "tasks" USING btree ("user_id","id") WHERE links is not null;--> statement-breakpoint
CREATE INDEX "tasks_done" ON "tasks" USING btree ("user_id","completed_at","id") WHERE deleted_at is null and completed_at is not null;