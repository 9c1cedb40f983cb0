import type { Command } from "commander";
import { toWireReason } from "../../contract/next.ts";
import type { Task } from "../../domain/task/task.ts";
import { findReadyNow, readNext } from "../../services/tasks/next-tasks.ts";
import { type CommandContext, defineCommand, FILTER_ARGUMENT, NO_CONTEXT_OPTION, NO_PAGER_OPTION } from "../context.ts";
import { isNarrowed } from "../input/list-filter.ts";
import { addLookOptions, readLook } from "../input/list-look.ts";
import { readOpenFilter } from "../input/open-filter.ts";
import type { Invocation, ViewFlags } from "../invocation.ts";
import { noteNext } from "../output/next-counts.ts";
import { isForReading } from "../output/output.ts";
import { saying } from "../output/sections.ts";
import { printCount, printView } from "../output/view.ts";
import { describeReason } from "../output/why.ts";
import { readLimit } from "./list.ts";

/** Who asks what to do next wants a few answers. */
const DEFAULT_LIMIT = 10;

const NOTES = [
  "First comes what you have started, then what is overdue, what is due or planned for today, what is due within 7 days or has a high priority, and the rest.",
  "Each of these is in order of priority (high, medium, none, low), then of due date, then of todo move.",
  "A task is left out while it is hidden, planned for later, or waits for another one.",
];

type NextFlags = ViewFlags & { readonly why?: boolean };

export function registerNext(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "next", {
    quiet: "handles",
    summary: "list what to do next",
    examples: ["todo next", "todo next --why", "todo next +home --limit 3", "todo next --json"],
    notes: [{ paragraphs: NOTES }],
    list: true,
  }).argument(...FILTER_ARGUMENT);
  addLookOptions(command)
    .option("--limit <count>", `show at most this many tasks; 0 shows all; default: ${DEFAULT_LIMIT}`)
    .option("--why", "say of each task why it stands where it does")
    .option(...NO_CONTEXT_OPTION)
    .option(...NO_PAGER_OPTION)
    .action((terms: string[], flags: NextFlags) => next(context.start(flags), terms, flags));
}

export async function next(invocation: Invocation, terms: readonly string[], flags: NextFlags): Promise<void> {
  const look = readLook(invocation, flags);
  const filter = await readOpenFilter(invocation, terms);
  const limit = readLimit(flags.limit) ?? DEFAULT_LIMIT;
  const workspace = await invocation.workspace();
  if (flags.count) return printCount(invocation, await findReadyNow(workspace, filter));
  const items = await readNext(workspace, filter, limit === 0 ? Number.POSITIVE_INFINITY : limit);
  const reasons = new Map(items.map(({ task, reason }) => [task, reason]));
  const reasonOf = (task: Task) => reasons.get(task) ?? "none";
  const why = saying((task) => describeReason(task, reasonOf(task), invocation.io.system));
  const list = () => [[...reasons.keys()]];
  await printView(invocation, list, look, flags.why ? why : undefined, (task) => toWireReason(reasonOf(task)));
  if (!isForReading(invocation)) return;
  const isFiltered = isNarrowed(invocation, terms);
  await noteNext(invocation, { filter, isFiltered, count: items.length });
}
