import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printTallies } from "../output/tallies.ts";

export function registerTags(program: Command, context: CommandContext): void {
  defineCommand(program, "tags", {
    quiet: "names",
    summary: "list tags with their number of open tasks",
    examples: ["todo tags", "todo tags --json"],
    list: true,
  }).action((flags: CommonFlags) => tags(context.start(flags)));
}

/** Prints every tag that an open task has. */
export function tags(invocation: Invocation): Promise<void> {
  return printTallies(invocation, "tags", "No open task has a tag.");
}
