import type { Command } from "commander";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printTallies } from "../output/tallies.ts";

/** `todo projects list` is the same as `todo projects`. */
export function registerProjects(program: Command, context: CommandContext): void {
  const options = { quiet: "names", summary: "list projects with their number of open tasks", list: true };
  const group = defineCommand(program, "projects", { ...options, examples: ["todo projects", "todo projects --json"] })
    .helpCommand(false)
    .action((flags: CommonFlags) => projects(context.start(flags)));
  const inner = inGroup(group, context);
  defineCommand(group, "list", { ...options, examples: ["todo projects list"] }).action((flags: CommonFlags) =>
    projects(inner.start(flags)),
  );
}

/** Prints every project that an open task is in. */
export function projects(invocation: Invocation): Promise<void> {
  return printTallies(invocation, "projects", "No open task is in a project.");
}
