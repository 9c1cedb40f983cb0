CREATE TABLE "history" (
	"user_id" text collate "C" NOT NULL,
	"clock" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"command" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"undoes" text collate "C",
	CONSTRAINT "history_user_id_clock_id_pk" PRIMARY KEY("user_id","clock","id")
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"user_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"handle" text collate "C" NOT NULL,
	"revision" bigint NOT NULL,
	"registers" jsonb NOT NULL,
	"title" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'title', 25, 1) = '"' then substr(registers ->> 'title', 25)::jsonb #>> '{}' end)) STORED,
	"description" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'description', 25, 1) = '"' then substr(registers ->> 'description', 25)::jsonb #>> '{}' end)) STORED,
	"completed_at" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'completed_at', 25, 1) = '"' then substr(registers ->> 'completed_at', 25)::jsonb #>> '{}' end)) STORED,
	"due_date" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'due_date', 25, 1) = '"' then substr(registers ->> 'due_date', 25)::jsonb #>> '{}' end)) STORED,
	"due_key" text collate "C" GENERATED ALWAYS AS (coalesce((case when substr(registers ->> 'due_date', 25, 1) = '"' then substr(registers ->> 'due_date', 25)::jsonb #>> '{}' end) || case when length((case when substr(registers ->> 'due_date', 25, 1) = '"' then substr(registers ->> 'due_date', 25)::jsonb #>> '{}' end)) = 10 then 'T~' else '' end, '~')) STORED,
	"priority" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'priority', 25, 1) = '"' then substr(registers ->> 'priority', 25)::jsonb #>> '{}' end)) STORED,
	"project" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'project', 25, 1) = '"' then substr(registers ->> 'project', 25)::jsonb #>> '{}' end)) STORED,
	"created_at" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'created_at', 25, 1) = '"' then substr(registers ->> 'created_at', 25)::jsonb #>> '{}' end)) STORED,
	"deleted_at" text collate "C" GENERATED ALWAYS AS ((case when substr(registers ->> 'deleted_at', 25, 1) = '"' then substr(registers ->> 'deleted_at', 25)::jsonb #>> '{}' end)) STORED,
	CONSTRAINT "tasks_user_id_id_pk" PRIMARY KEY("user_id","id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"revision" bigint NOT NULL,
	"clock" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "history_task" ON "history" USING btree ("user_id","id","clock");--> statement-breakpoint
CREATE INDEX "history_undoes" ON "history" USING btree ("user_id","undoes");--> statement-breakpoint
CREATE INDEX "tasks_handle" ON "tasks" USING btree ("user_id","handle");--> statement-breakpoint
CREATE INDEX "tasks_revision" ON "tasks" USING btree ("user_id","revision");--> statement-breakpoint
CREATE INDEX "tasks_open" ON "tasks" USING btree ("user_id","due_key","id") WHERE deleted_at is null and completed_at is null;