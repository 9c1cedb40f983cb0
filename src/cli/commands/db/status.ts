import type { Command } from "commander";
import { type DatabaseStatus } from "../../../ports/database.ts";
import { readPlace } from "../../../domain/database-url.ts";
import { adviseOnSchema, requireProtection, requireSchema } from "../../../services/database/status.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printFacts, printJson, printNote } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import {
  OWNER_URL_VARIABLE,
  resolveDatabaseUrl,
  resolveOwnerUrl,
  SERVER_URL_VARIABLES,
} from "../../config/resolve-database-url.ts";

export function registerDbStatus(group: Command, context: CommandContext): void {
  defineCommand(group, "status", {
    summary: "show whether the database is up to date and protected",
    examples: ["todo db status", "todo db status --json"],
  }).action((flags: CommonFlags) => status(context.start(flags)));
}

const OWNER_ALONE = `This is the role of ${OWNER_URL_VARIABLE}. The one that serves is that of DATABASE_URL, which is not set.`;

/** The status as the role sees it that serves, and that of the owner, if it is another one. */
type Found = { readonly status: DatabaseStatus; readonly owner: DatabaseStatus | null };

/**
 * Prints the state of the database. The role that serves decides whether it can be used. Throws `newer_store`,
 * `unreadable_store`, or `unavailable` if it is out of reach.
 */
export async function status(invocation: Invocation): Promise<void> {
  const ownerUrl = resolveOwnerUrl(invocation, "status");
  const servingUrl = resolveDatabaseUrl(invocation, SERVER_URL_VARIABLES);
  const url = servingUrl ?? ownerUrl;
  const owner = ownerUrl === url ? null : await readStatus(invocation, ownerUrl);
  const found = { status: await readStatus(invocation, url), owner };
  printStatus(invocation, readPlace(url).name, found);
  if (servingUrl === undefined) printNote(invocation, OWNER_ALONE);
  const advice = adviseOnSchema(found.status);
  if (advice !== null) printNote(invocation, escapeControls(advice));
  requireSchema(found.status, "unreadable_store");
  requireProtection(found.status);
}

async function readStatus({ io }: Invocation, url: string): Promise<DatabaseStatus> {
  const server = await io.openDatabase(url);
  try {
    return await server.status();
  } finally {
    await server.store.close();
  }
}

function printStatus(invocation: Invocation, database: string, { status: found, owner }: Found): void {
  const { applied, pending, unknown, role, unprotected, bypassesRowSecurity, openSchema } = found;
  if (invocation.format === "json") {
    return printJson(invocation, {
      database,
      applied,
      pending,
      unknown,
      role,
      row_security: !bypassesRowSecurity,
      owner: owner && { role: owner.role, row_security: !owner.bypassesRowSecurity },
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
    ["role", describeRole(found)],
    ...(owner ? [["owner", describeRole(owner)] as const] : []),
    ["unprotected", list(unprotected)],
  ]);
}

function describeRole({ role, bypassesRowSecurity }: DatabaseStatus): string {
  return `${role}, ${bypassesRowSecurity ? "not " : ""}bound by row-level security`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
