CREATE TABLE "accounts" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"email" text collate "C" NOT NULL,
	"password_hash" text collate "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"disabled_at" bigint,
	"first" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "api_tokens" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"hash" text collate "C" NOT NULL,
	"last8" text collate "C" NOT NULL,
	"scopes" text collate "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "device_codes" (
	"hash" text collate "C" PRIMARY KEY NOT NULL,
	"user_code" text collate "C" NOT NULL,
	"device" text collate "C" NOT NULL,
	"wait" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"polled_at" bigint,
	"decision" text collate "C",
	"account_id" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "invites" (
	"hash" text collate "C" PRIMARY KEY NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"account_id" text collate "C"
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text collate "C" PRIMARY KEY NOT NULL,
	"account_id" text collate "C" NOT NULL,
	"device" text collate "C" NOT NULL,
	"token" text collate "C" NOT NULL,
	"previous" text collate "C",
	"sealed" text collate "C",
	"created_at" bigint NOT NULL,
	"used_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"revoked_at" bigint
);
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_email" ON "accounts" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_first" ON "accounts" USING btree ("first");--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_hash" ON "api_tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "api_tokens_account" ON "api_tokens" USING btree ("account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "device_codes_user_code" ON "device_codes" USING btree ("user_code");--> statement-breakpoint
CREATE INDEX "sessions_account" ON "sessions" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "accounts" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows_or_nobody" ON "accounts" USING ((select nullif(current_setting('app.user_id', true), '')) is null or "id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "sessions" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows_or_nobody" ON "sessions" USING ((select nullif(current_setting('app.user_id', true), '')) is null or "account_id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
ALTER TABLE "api_tokens" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "api_tokens" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows_or_nobody" ON "api_tokens" USING ((select nullif(current_setting('app.user_id', true), '')) is null or "account_id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
ALTER TABLE "device_codes" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "device_codes" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows_or_nobody" ON "device_codes" USING ((select nullif(current_setting('app.user_id', true), '')) is null or "account_id" = (select nullif(current_setting('app.user_id', true), '')));
--> statement-breakpoint
ALTER TABLE "invites" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "invites" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY "own_rows_or_nobody" ON "invites" USING ((select nullif(current_setting('app.user_id', true), '')) is null or "account_id" = (select nullif(current_setting('app.user_id', true), '')));
