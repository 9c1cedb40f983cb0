import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { importProfile } from "../../services/filters/import-profile.ts";
import { type Imported, importRecords, listProblems } from "../../services/tasks/import-tasks.ts";
import { readInput } from "../input/stdin.ts";
import { FOREIGN_FILE } from "../../services/tasks/foreign-file.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { escapeControls } from "../../domain/escape.ts";
import { sayVerb } from "../output/outcome.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import { startProgress } from "../output/progress.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

type ImportFlags = CommonFlags & { readonly skipInvalid?: boolean; readonly allowEmpty?: boolean };

const MAX_PROBLEMS = 20;

export function registerImport(program: Command, context: CommandContext): void {
  defineCommand(program, "import", {
    summary: "import tasks from a file that todo export wrote",
    examples: ["todo import tasks.json", "ssh laptop todo export | todo import -"],
    writes: true,
  })
    .argument("<file>", "JSON or NDJSON; - reads standard input")
    .option("--skip-invalid", "skip records that are not valid, and say which")
    .option("--allow-empty", "accept a file that has no tasks")
    .action((file: string, flags: ImportFlags) => importFile(context.start(flags), file, flags));
}

/** Reads the whole file before it writes anything. */
export async function importFile(invocation: Invocation, file: string, flags: ImportFlags): Promise<void> {
  const { io } = invocation;
  const bytes = file === "-" ? readInput(io, "JSON or NDJSON") : io.readFile(file);
  // Validation is the only user of zod in the CLI, and loading it would cost every command milliseconds.
  const { parseRecords } = await import("../../services/tasks/records.ts");
  const records = parseRecords(bytes);
  if (records.length === 0 && !flags.allowEmpty) throw refuseEmpty(file);
  const problems = listProblems(records);
  if (problems.length > 0 && !flags.skipInvalid) throw refuse(problems, records.length);
  for (const problem of problems) printNote(invocation, `Skipped ${escapeControls(problem)}`);
  const workspace = await invocation.workspace();
  // First, because a profile that has no room for them stops all of it.
  const filters = await importProfile(workspace, records);
  const progress = startProgress(invocation, "Importing", records.length);
  const tasks = await importRecords(workspace, records, progress.report).finally(progress.end);
  if (invocation.format === "json") return printJson(invocation, { ...tasks, skipped: problems.length, filters });
  if (invocation.format === "quiet") return;
  const verb = sayVerb(invocation, "Imported", "import");
  printText(invocation, `${verb} ${describeCounts(tasks)}.`);
  if (records.some((each) => "profile" in each)) printText(invocation, `${verb} filters: ${describeCounts(filters)}.`);
}

function describeCounts({ added, changed, unchanged }: Imported): string {
  return `${added} new, ${changed} changed, ${unchanged} unchanged`;
}

/** Empty input is what a failed command before a pipe leaves. */
function refuseEmpty(file: string): TodoError {
  const name = file === "-" ? "standard input" : file;
  return new TodoError("invalid_input", `${name} has no tasks, so nothing was imported`, {
    hints: ["If that is what you expect: --allow-empty"],
  });
}

function refuse(problems: readonly string[], total: number): TodoError {
  const more = problems.length - MAX_PROBLEMS;
  return new TodoError("invalid_input", `${problems.length} of ${total} records can't be imported, so none was`, {
    hints: [
      ...problems.slice(0, MAX_PROBLEMS),
      ...(more > 0 ? [`…and ${more} more`] : []),
      ...(problems.length < total ? ["Mend them, or import the others with --skip-invalid."] : FOREIGN_FILE),
    ],
  });
}
