import type { Command } from "commander";
import { readLog } from "../../services/tasks/history.ts";
import { resolveRef } from "../../services/tasks/find-tasks.ts";
import { toWireLogEntry } from "../../contract/task.ts";
import { type CommandContext, defineCommand, NO_PAGER_OPTION } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { toJson } from "../output/escape.ts";
import { formatLogEntry } from "../output/log-format.ts";
import { isForReading } from "../output/output.ts";
import { printJson, printNote, printText } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { readLimit } from "./list.ts";

type LogFlags = CommonFlags & { readonly limit?: string };

const RECENT = 50;

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
  const [named] = ref === undefined ? [] : await nameTasks(invocation, [ref], "any");
  const task = named === undefined ? undefined : await resolveRef(workspace, named);
  const entries = await readLog(workspace, { ...(task && { id: task.id }), ...(limit > 0 && { limit }) });
  const wire = entries.map(toWireLogEntry);
  if (invocation.format === "json") return printJson(invocation, wire);
  if (entries.length === 0) return printNote(invocation, "Nothing was changed yet.");
  const asText = invocation.format !== "ndjson";
  const lines = wire.map((entry) => (asText ? formatLogEntry(invocation, entry) : toJson(entry)));
  if (!isForReading(invocation)) return printText(invocation, lines.join("\n"));
  const { printPaged } = await import("../output/pager.ts");
  return printPaged(invocation, () => toChunks(lines), { usePager: flags.pager !== false });
}

async function* toChunks(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield `${line}\n`;
}
