CREATE TABLE "auth_events" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	"kind" text collate "C" NOT NULL,
	"outcome" text collate "C" NOT NULL,
	"address" text collate "C",
	"network" text collate "C",
	"subject" text collate "C"
);
--> statement-breakpoint
CREATE INDEX "auth_events_outcome" ON "auth_events" USING btree ("account_id","outcome","at");--> statement-breakpoint
CREATE INDEX "auth_events_network" ON "auth_events" USING btree ("account_id","network","outcome","at");
--> statement-breakpoint
ALTER TABLE "auth_events" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "auth_events" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows_or_nobody" ON "auth_events" USING ((select nullif(current_setting('app.user_id', true), '')) is null or "account_id" = (select nullif(current_setting('app.user_id', true), '')));
