import type { Command } from "commander";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printTallies } from "../output/tallies.ts";

/** `todo tags list` is the same as `todo tags`. */
export function registerTags(program: Command, context: CommandContext): void {
  const options = { quiet: "names", summary: "list tags with their number of open tasks", list: true };
  const group = defineCommand(program, "tags", { ...options, examples: ["todo tags", "todo tags --json"] })
    .helpCommand(false)
    .action((flags: CommonFlags) => tags(context.start(flags)));
  const inner = inGroup(group, context);
  defineCommand(group, "list", { ...options, examples: ["todo tags list"] }).action((flags: CommonFlags) =>
    tags(inner.start(flags)),
  );
}

/** Prints every tag that an open task has. */
export function tags(invocation: Invocation): Promise<void> {
  return printTallies(invocation, "tags", "No open task has a tag.");
}
