CREATE TABLE "heads" (
	"user_id" text collate "C" NOT NULL,
	"revision" bigint NOT NULL,
	"tag" text collate "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "heads_user_id_revision_pk" PRIMARY KEY("user_id","revision")
);
--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "purged" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "heads" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "heads" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows" ON "heads" USING ("user_id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
INSERT INTO "replica" ("key", "value") VALUES ('epoch', gen_random_uuid()::text);
