import type { Command } from "commander";
import { findCheckedFilter } from "../../../services/filters/find-filter.ts";
import { type CommandContext, defineCommand } from "../../context.ts";
import type { CommonFlags, Invocation } from "../../invocation.ts";
import { escapeControls } from "../../../domain/escape.ts";
import { toFilterJson } from "../../output/filters.ts";
import { printJson, printNote, printText } from "../../output/print.ts";

export function registerFilterShow(group: Command, context: CommandContext): void {
  defineCommand(group, "show", {
    quiet: "the filter",
    summary: "print a saved filter",
    examples: ["todo filter show errands", "todo filter show errands --json"],
  })
    .argument("<name>", "the name of a saved filter")
    .action((name: string, flags: CommonFlags) => filterShow(context.start(flags), name));
}

/** Prints the text of a saved filter. Throws `not_found`. */
export async function filterShow(invocation: Invocation, name: string): Promise<void> {
  const filter = await findCheckedFilter(await invocation.workspace(), name);
  if (invocation.format === "json") return printJson(invocation, toFilterJson(filter));
  printText(invocation, escapeControls(filter.text));
  const { problem } = filter;
  if (problem) printNote(invocation, escapeControls(`It can't be used: ${problem.message}`));
}
