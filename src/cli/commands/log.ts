import type { Command } from "commander";
import { readLog } from "../../services/tasks/history.ts";
import { resolveRef } from "../../services/tasks/find-tasks.ts";
import type { Workspace } from "../../services/workspace.ts";
import { toWireLogEntry } from "../../contract/log-entry.ts";
import { type CommandContext, defineCommand, NO_PAGER_OPTION } from "../context.ts";
import { nameOne } from "../input/name-tasks.ts";
import { toJson } from "../../domain/escape.ts";
import { formatLogEntry, loadRecurrenceWords } from "../output/log-format.ts";
import { isForReading } from "../output/output.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { readLimit } from "./list.ts";

type LogFlags = CommonFlags & { readonly limit?: string };

const RECENT = 50;
const MAX_TASKS_AT_ONCE = 500;

export function registerLog(program: Command, context: CommandContext): void {
  defineCommand(program, "log", {
    quiet: "handles",
    summary: "show what changed, when and on which device",
    examples: ["todo log", "todo log kqv", "todo log --limit 0 --ndjson"],
    list: true,
  })
    .argument("[ref]", "show this task only")
    .option("--limit <count>", `show at most this many changes; 0 shows all; default: ${RECENT}`)
    .option(...NO_PAGER_OPTION)
    .action((ref: string | undefined, flags: LogFlags) => log(context.start(flags), ref, flags));
}

/** Prints the changes of one task or of all. */
export async function log(invocation: Invocation, ref: string | undefined, flags: LogFlags): Promise<void> {
  const workspace = await invocation.workspace();
  const limit = readLimit(flags.limit) ?? RECENT;
  const named = ref === undefined ? undefined : await nameOne(invocation, ref, { command: "log", state: "any" });
  const task = named === undefined ? undefined : await resolveRef(workspace, named);
  const entries = await readLog(workspace, { ...(task && { id: task.id }), ...(limit > 0 && { limit }) });
  const wire = entries.map(toWireLogEntry);
  if (invocation.format === "json") return printJson(invocation, wire);
  if (entries.length === 0) return printNote(invocation, "Nothing was changed yet.");
  const changes = wire.flatMap((entry) => entry.changes);
  const describeRecurrence = await loadRecurrenceWords(changes, invocation.io.system);
  if (!isForReading(invocation)) {
    const asText = invocation.format !== "ndjson";
    const lines = wire.map((entry) => (asText ? formatLogEntry(invocation, entry, describeRecurrence) : toJson(entry)));
    return printText(invocation, lines.join("\n"));
  }
  const titles = await findTitles(workspace, entries);
  const lines = wire.map((entry) => formatLogEntry(invocation, entry, describeRecurrence, titles.get(entry.id)));
  const { printPaged } = await import("../output/pager.ts");
  return printPaged(invocation, () => toChunks(lines), { usePager: flags.pager !== false });
}

/** The titles that the tasks of a log have now. */
async function findTitles(
  { store, user }: Workspace,
  entries: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(entries.map(({ id }) => id))];
  const titles = new Map<string, string>();
  for (let at = 0; at < ids.length; at += MAX_TASKS_AT_ONCE) {
    const tasks = await store.get(user, ids.slice(at, at + MAX_TASKS_AT_ONCE));
    for (const { id, title } of tasks) titles.set(id, title);
  }
  return titles;
}

async function* toChunks(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}
