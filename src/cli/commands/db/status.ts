import type { Command } from "commander";
import { type DatabaseStatus } from "../../../ports/database.ts";
import { readPlace } from "../../../domain/database-url.ts";
import { adviseOnSchema, requireProtection, requireSchema } from "../../../services/database/status.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { printFacts, printJson, printNote } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { resolveOwnerUrl, openOwnerDatabase } from "../../config/resolve-database-url.ts";

export function registerDbStatus(group: Command, context: CommandContext): void {
  defineCommand(group, "status", {
    summary: "show whether a database server is up to date and protects its rows",
    examples: ["todo db status", "todo db status --json"],
  }).action((flags: CommonFlags) => status(context.start(flags)));
}

/** Prints the state of the database. Throws `newer_store`, `unavailable` or `unreadable_store` if it can't be used. */
export async function status(invocation: Invocation): Promise<void> {
  const server = await openOwnerDatabase(invocation, "status");
  try {
    const found = await server.status();
    const advice = adviseOnSchema(found);
    printStatus(invocation, readPlace(resolveOwnerUrl(invocation, "status")).name, found);
    if (advice !== null) printNote(invocation, escapeControls(advice));
    requireSchema(found);
    requireProtection(found);
  } finally {
    await server.store.close();
  }
}

function printStatus(invocation: Invocation, database: string, found: DatabaseStatus): void {
  const { applied, pending, unknown, role, unprotected, bypassesRowSecurity, openSchema } = found;
  if (invocation.format === "json") {
    const row_security = !bypassesRowSecurity;
    return printJson(invocation, {
      database,
      applied,
      pending,
      unknown,
      role,
      row_security,
      unprotected,
      open_schema: openSchema,
    });
  }
  if (invocation.format === "quiet") return;
  printFacts(invocation, [
    ["database", database],
    ["applied", list(applied)],
    ["missing", list(pending)],
    ...(unknown.length > 0 ? [["unknown", list(unknown)] as const] : []),
    ["role", `${role}, ${bypassesRowSecurity ? "not " : ""}bound by row-level security`],
    ["unprotected", list(unprotected)],
  ]);
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
