import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { escapeControls } from "../output/escape.ts";
import { printJson, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { requireFile } from "../config/resolve-database-url.ts";

export function registerDoctor(program: Command, context: CommandContext): void {
  defineCommand(program, "doctor", {
    summary: "check the database and say what to do",
    examples: ["todo doctor", "todo doctor --db old.db"],
  }).action((flags: CommonFlags) => doctor(context.start(flags)));
}

/** Checks integrity and schema. Throws `unreadable_store` if it finds a problem. */
export async function doctor(invocation: Invocation): Promise<void> {
  const { file } = await requireFile(invocation, "doctor", "See how a database on a server is: todo db status").open();
  const problems = file.check();
  if (problems.length > 0) {
    const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
    throw new TodoError("unreadable_store", `${file.path}: ${count} found`, {
      hints: [
        ...problems.slice(0, 20),
        "Save what is readable first: todo export --deleted > tasks.json",
        "Then put a backup in its place, or start a new file and run: todo import tasks.json",
      ],
    });
  }
  if (invocation.format === "json") return printJson(invocation, { database: file.path, problems });
  if (invocation.format !== "quiet") printText(invocation, escapeControls(`${file.path}: sound`));
}
