DROP INDEX "history_undoes";--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "created_key" text collate "C" GENERATED ALWAYS AS (coalesce((case when substr(registers ->> 'created_at', 25, 1) = '"' then substr(registers ->> 'created_at', 25)::jsonb #>> '{}' end), '')) STORED;--> statement-breakpoint
CREATE INDEX "tasks_created" ON "tasks" USING btree ("user_id","created_key","id") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "history_undoes" ON "history" USING btree ("user_id","undoes") WHERE undoes is not null;