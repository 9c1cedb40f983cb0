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
	"title" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'title', 25)::jsonb #>> '{}') STORED,
	"description" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'description', 25)::jsonb #>> '{}') STORED,
	"completed_at" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'completed_at', 25)::jsonb #>> '{}') STORED,
	"due_date" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'due_date', 25)::jsonb #>> '{}') STORED,
	"priority" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'priority', 25)::jsonb #>> '{}') STORED,
	"project" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'project', 25)::jsonb #>> '{}') STORED,
	"created_at" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'created_at', 25)::jsonb #>> '{}') STORED,
	"deleted_at" text collate "C" GENERATED ALWAYS AS (substr(registers ->> 'deleted_at', 25)::jsonb #>> '{}') STORED,
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
CREATE INDEX "tasks_open" ON "tasks" USING btree ("user_id",(case when due_date is null then '~' else due_date end),"id") WHERE deleted_at is null and completed_at is null;