import type { Command } from "commander";
import { adviseOnSchema, requireProtection } from "../../../services/database/status.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { printJson, printNote, printText } from "../../output/print.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { resolveOwnerUrl } from "../../config/resolve-database-url.ts";

const OLD_ROLE = "The role todo_app was there already. Its rights are renewed, its password is as it was.";
const NEW_ROLE =
  "This URL is shown only once. Give it to todo serve as DATABASE_URL, and the owner's as TODO_MIGRATE_URL.";

type MigrateFlags = { readonly createRole?: boolean };

export function registerDbMigrate(group: Command, context: CommandContext): void {
  defineCommand(group, "migrate", {
    summary: "create the tables, or bring them up to date",
    examples: ["TODO_MIGRATE_URL=postgres://… todo db migrate", "todo db migrate --create-role"],
  })
    .option("--create-role", "also create the role todo_app, which sees only the rows of its user")
    .action((flags: CommonFlags & MigrateFlags) => migrate(context.start(flags), flags));
}

/**
 * Applies missing migrations and prints their names, then the URL of the new role, which can't be shown again. Throws
 * `unreadable_store` if row-level security leaves out a table afterwards.
 */
export async function migrate(invocation: Invocation, { createRole = false }: MigrateFlags): Promise<void> {
  const { format } = invocation;
  const server = await invocation.io.openDatabase(resolveOwnerUrl(invocation, "migrate"));
  try {
    const applied = await server.migrate();
    if (format === "text")
      printText(invocation, applied.length > 0 ? applied.join("\n") : "The database is up to date.");
    const url = createRole ? await server.createRole() : null;
    if (format === "json") printJson(invocation, { applied, role_url: url });
    else if (url !== null) printText(invocation, url);
    if (createRole) printNote(invocation, url === null ? OLD_ROLE : NEW_ROLE);
    const status = await server.status();
    const advice = adviseOnSchema(status);
    if (createRole && advice !== null) printNote(invocation, escapeControls(advice));
    requireProtection(status);
  } finally {
    await server.store.close();
  }
}
