import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../context.ts";
import { printJson, printText } from "../output/print.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { requireFile } from "../config/resolve-database-url.ts";

/** The alternatives for a database on a server. */
const INSTEAD = [
  "Your own tasks: todo export --deleted > tasks.json",
  "All of it, with PostgreSQL's own tool: pg_dump",
];

export function registerBackup(program: Command, context: CommandContext): void {
  defineCommand(program, "backup", {
    summary: "copy the database to a new file",
    examples: ["todo backup ~/todo-2026-11-20.db", "todo --db ~/todo-2026-11-20.db list   # look into it"],
  })
    .argument("<file>", "the new file; an existing one is never overwritten")
    .action((file: string, flags: CommonFlags) => backup(context.start(flags), file));
}

/** Copies the database while it is in use. The copy is complete and on disk, or does not exist. */
export async function backup(invocation: Invocation, target: string): Promise<void> {
  const { file } = await requireFile(invocation, "backup", ...INSTEAD).open();
  file.backup(target);
  if (invocation.format === "json") return printJson(invocation, { database: file.path, backup: target });
  if (invocation.format !== "quiet") printText(invocation, escapeControls(`Backed up ${file.path} to ${target}`));
}
