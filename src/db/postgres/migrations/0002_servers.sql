CREATE TABLE "replica" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"value" text collate "C" NOT NULL
);
--> statement-breakpoint
INSERT INTO "replica" ("key", "value") VALUES ('node', left(gen_random_uuid()::text, 8));
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "users" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows" ON "users" USING ("id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
ALTER TABLE "tasks" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "tasks" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows" ON "tasks" USING ("user_id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
ALTER TABLE "history" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "history" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows" ON "history" USING ("user_id" = (select nullif(current_setting('app.user_id', true), '')));
