import type { AuthEventKind, AuthOutcome } from "../../domain/auth-event.ts";
import type { Kit } from "../sqlite/kit.ts";

/**
 * The tables of accounts, once, for both databases. They are not synced. Secrets stand in them as SHA-256 hashes only. Times are
 * Unix milliseconds.
 */
export function defineAccountTables(kit: Kit) {
  const accounts = kit.table(
    "accounts",
    {
      id: kit.text("id").primaryKey(),
      email: kit.text("email").notNull(),
      passwordHash: kit.text("password_hash").notNull(),
      createdAt: kit.counter("created_at").notNull(),
      disabledAt: kit.counter("disabled_at"),
      // Earlier versions, which may run beside this one, use it so that only one of two first accounts gets in.
      first: kit.text("first"),
    },
    (table) => [kit.uniqueIndex("accounts_email").on(table.email), kit.uniqueIndex("accounts_first").on(table.first)],
  );

  const sessions = kit.table(
    "sessions",
    {
      id: kit.text("id").primaryKey(),
      accountId: kit.text("account_id").notNull(),
      device: kit.text("device").notNull(),
      token: kit.text("token").notNull(),
      previous: kit.text("previous"),
      sealed: kit.text("sealed"),
      createdAt: kit.counter("created_at").notNull(),
      usedAt: kit.counter("used_at").notNull(),
      expiresAt: kit.counter("expires_at").notNull(),
      revokedAt: kit.counter("revoked_at"),
    },
    (table) => [kit.index("sessions_account").on(table.accountId)],
  );

  const apiTokens = kit.table(
    "api_tokens",
    {
      id: kit.text("id").primaryKey(),
      accountId: kit.text("account_id").notNull(),
      name: kit.text("name").notNull(),
      hash: kit.text("hash").notNull(),
      last8: kit.text("last8").notNull(),
      scopes: kit.text("scopes").notNull(),
      createdAt: kit.counter("created_at").notNull(),
      expiresAt: kit.counter("expires_at"),
      usedAt: kit.counter("used_at"),
    },
    (table) => [kit.uniqueIndex("api_tokens_hash").on(table.hash), kit.index("api_tokens_account").on(table.accountId)],
  );

  const deviceCodes = kit.table(
    "device_codes",
    {
      hash: kit.text("hash").primaryKey(),
      userCode: kit.text("user_code").notNull(),
      device: kit.text("device").notNull(),
      pollIntervalMs: kit.counter("wait").notNull(),
      createdAt: kit.counter("created_at").notNull(),
      expiresAt: kit.counter("expires_at").notNull(),
      polledAt: kit.counter("polled_at"),
      decision: kit.text("decision").$type<"approved" | "denied">(),
      accountId: kit.text("account_id"),
    },
    (table) => [kit.uniqueIndex("device_codes_user_code").on(table.userCode)],
  );

  const invites = kit.table("invites", {
    hash: kit.text("hash").primaryKey(),
    createdAt: kit.counter("created_at").notNull(),
    expiresAt: kit.counter("expires_at").notNull(),
    accountId: kit.text("account_id"),
  });

  const authEvents = kit.table(
    "auth_events",
    {
      id: kit.text("id").primaryKey(),
      accountId: kit.text("account_id").notNull(),
      at: kit.counter("at").notNull(),
      kind: kit.text("kind").notNull().$type<AuthEventKind>(),
      outcome: kit.text("outcome").notNull().$type<AuthOutcome>(),
      address: kit.text("address"),
      network: kit.text("network"),
      subject: kit.text("subject"),
    },
    (table) => [
      kit.index("auth_events_outcome").on(table.accountId, table.outcome, table.at),
      kit.index("auth_events_network").on(table.accountId, table.network, table.outcome, table.at),
    ],
  );

  return { accounts, sessions, apiTokens, deviceCodes, invites, authEvents };
}
