import type { Command } from "commander";
import { hasCode, TodoError } from "../../domain/errors.ts";
import { importProfile } from "../../services/filters/import-profile.ts";
import { type Imported, importRecords, listProblems } from "../../services/tasks/import-tasks.ts";
import { refuseEmpty, refuseRecords } from "./import/refuse.ts";
import { readInput } from "../input/stdin.ts";
import { FOREIGN_FILE } from "../../services/tasks/foreign-file.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { escapeControls } from "../../domain/escape.ts";
import { sayVerb } from "../output/outcome.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import { startProgress } from "../output/progress.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export type ImportFlags = CommonFlags & {
  readonly from?: string;
  readonly project?: string;
  readonly zone?: string;
  readonly encoding?: string;
  readonly skipInvalid?: boolean;
  readonly allowEmpty?: boolean;
};

export function registerImport(program: Command, context: CommandContext): void {
  defineCommand(program, "import", {
    summary: "import tasks from a file that todo export or another program wrote",
    examples: [
      "todo import tasks.json",
      "ssh laptop todo export | todo import -",
      "task export | todo import --from taskwarrior --dry-run -",
    ],
    writes: true,
  })
    .argument("<file...>", "JSON or NDJSON, or a file of another program; - reads standard input")
    .option("--from <format>", "its format: taskwarrior, todotxt, ics, ticktick, github, markdown")
    .option("--project <name>", "the project of tasks that have none (with --from)")
    .option("--zone <zone>", "the time zone of days and times that name none (with --from)")
    .option("--encoding <name>", "the encoding of a text that is not UTF-8 (with --from)")
    .option("--skip-invalid", "skip records that are not valid, and say which")
    .option("--allow-empty", "accept a file that has no tasks")
    .action((files: string[], flags: ImportFlags) => importFiles(context.start(flags), files, flags));
}

async function importFiles(invocation: Invocation, files: readonly string[], flags: ImportFlags): Promise<void> {
  if (flags.from !== undefined) {
    const { importForeignFiles } = await import("./import/foreign.ts");
    return importForeignFiles(invocation, files, { ...flags, from: flags.from });
  }
  const [file = "-", another] = files;
  if (another !== undefined) throw new TodoError("usage", "of what todo export wrote one file is imported at a time");
  return importFile(invocation, file, flags);
}

/** Reads the whole file before it writes anything. */
async function importFile(invocation: Invocation, file: string, flags: ImportFlags): Promise<void> {
  const { io } = invocation;
  const bytes = file === "-" ? readInput(io, "JSON or NDJSON") : io.readFile(file);
  // Validation is the only user of zod in the CLI, and loading it would cost every command milliseconds.
  const { parseRecords } = await import("../../services/tasks/records.ts");
  const records = await orNameProgram(bytes, () => parseRecords(bytes));
  if (records.length === 0 && !flags.allowEmpty) throw refuseEmpty(file === "-" ? "standard input" : file);
  const problems = listProblems(records);
  if (problems.length > 0 && !flags.skipInvalid) {
    const named = await nameProgram(bytes);
    throw refuseRecords(problems, records.length, named.length > 0 ? named : FOREIGN_FILE);
  }
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

/** Names the program whose file can't be read, where that is seen. */
async function orNameProgram<Result>(bytes: Uint8Array, read: () => Result): Promise<Result> {
  try {
    return read();
  } catch (error) {
    if (!hasCode(error, "invalid_input")) throw error;
    const hints = await nameProgram(bytes);
    if (hints.length === 0) throw error;
    throw new TodoError("invalid_input", error.message, { hints, cause: error });
  }
}

/** The hint that a file is one of another program. Empty if it does not look like one. */
async function nameProgram(bytes: Uint8Array): Promise<readonly string[]> {
  const { FORMATS } = await import("../../formats/formats.ts");
  const text = new TextDecoder().decode(bytes);
  const format = FORMATS.find(({ looksLike }) => looksLike(text));
  return format ? [`This looks like a file of ${format.title}: todo import --from ${format.name} FILE`] : [];
}

function describeCounts({ added, changed, unchanged }: Imported): string {
  return `${added} new, ${changed} changed, ${unchanged} unchanged`;
}
