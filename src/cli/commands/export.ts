import type { Command } from "commander";
import { exportTasks } from "../../services/tasks/export-tasks.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { countPages, printTasks } from "../output/print.ts";
import { startProgress } from "../output/progress.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

type ExportFlags = CommonFlags & { readonly deleted?: boolean };

export function registerExport(program: Command, context: CommandContext): void {
  defineCommand(program, "export", {
    quiet: "handles",
    summary: "write all tasks and saved filters as JSON, losing nothing",
    examples: ["todo export > tasks.json", "todo export --ndjson --deleted | gzip > tasks.ndjson.gz"],
    list: true,
  })
    .option("--deleted", "include deleted tasks")
    .action((flags: ExportFlags) => exportAll(context.start(flags), flags));
}

/** Prints all tasks, oldest first, and the saved filters, as JSON unless a flag asks for another format. */
export async function exportAll(invocation: Invocation, flags: ExportFlags): Promise<void> {
  const workspace = await invocation.workspace();
  const { pages, total } = await exportTasks(workspace, { deleted: flags.deleted ?? false });
  const progress = startProgress(invocation, "Exporting", total);
  const format = invocation.format === "text" ? "json" : invocation.format;
  const { toWireProfile } = await import("../../contract/profile.ts");
  const profile = toWireProfile(await workspace.store.profile(workspace.user));
  await printTasks({ ...invocation, format }, countPages(pages, progress.report), { last: profile });
  progress.end();
}
