import type { Command } from "commander";
import { type Context, defineCommand } from "../context.ts";
import { printJson, printText } from "../output/print.ts";
import type { CommonFlags, Session } from "../session.ts";
import { needsFile } from "../config/resolve-database-url.ts";

/** What there is for a database on a server. */
const INSTEAD = [
  "Your own tasks: todo export --deleted > tasks.json",
  "All of it, with PostgreSQL's own tool: pg_dump",
];

export function registerBackup(program: Command, context: Context): void {
  defineCommand(program, "backup", {
    summary: "write a compact copy of the database",
    examples: ["todo backup ~/todo-2026-11-20.db", "todo --db ~/todo-2026-11-20.db list   # look into it"],
  })
    .argument("<file>", "a new file; nothing is overwritten")
    .action((file: string, flags: CommonFlags) => backup(context.start(flags), file));
}

/** Copies the database while it is in use. The copy is whole and on disk, or not there. */
export async function backup(session: Session, target: string): Promise<void> {
  if (!session.file) throw needsFile("backup", ...INSTEAD);
  const file = await session.file();
  file.backup(target);
  if (session.format === "json") return printJson(session, { database: file.path, backup: target });
  if (session.format !== "quiet") printText(session, `Backed up ${file.path} to ${target}`);
}
