import type { Command } from "commander";
import { foldFilterName, type SavedFilter } from "../../../domain/query/saved-filters.ts";
import { listFilters } from "../../../services/filters/list-filters.ts";
import { removeFilter } from "../../../services/filters/remove-filter.ts";
import { findContext } from "../../config/config.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import { adviseTurningOff } from "../../input/announce-context.ts";
import { describeBrokenView } from "../../input/view-filter.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { describeFilter, describeSaving } from "../../output/filters.ts";
import { sayVerb } from "../../output/outcome.ts";
import { printJson, printNote, printText } from "../../output/print.ts";

export function registerFilterRm(group: Command, context: CommandContext): void {
  defineCommand(group, "rm", {
    summary: "remove a saved filter",
    examples: ["todo filter rm errands"],
    writes: true,
  })
    .argument("<name>", "the name of a saved filter")
    .action((name: string, flags: CommonFlags) => filterRm(context.start(flags), name));
}

/** Removes a saved filter and says how to save it again, and which others used it. Throws `not_found`. */
export async function filterRm(invocation: Invocation, name: string): Promise<void> {
  const workspace = await invocation.workspace();
  const filter = await removeFilter(workspace, name);
  if (invocation.format === "json") return printJson(invocation, { name: filter.name, filter: filter.text });
  if (invocation.format === "quiet") return;
  printText(invocation, `${sayVerb(invocation, "Removed", "remove")} ${describeFilter(filter)}`);
  if (invocation.isDryRun) return;
  printNote(invocation, `To save it again: ${describeSaving(filter)}`);
  noteContext(invocation, filter);
  const broken = await describeBrokenView(invocation);
  if (broken !== undefined) printNote(invocation, escapeControls(broken));
  for (const { name: other, problem } of await listFilters(workspace)) {
    if (problem) printNote(invocation, escapeControls(`${other} can't be used: ${problem.message}`));
  }
}

function noteContext(invocation: Invocation, { name }: SavedFilter): void {
  const context = findContext(invocation.io);
  if (!context || foldFilterName(context.name) !== foldFilterName(name)) return;
  printNote(invocation, `It is your context. Turn that off: ${adviseTurningOff(context)}`);
}
