import type { Command } from "commander";
import { type CommandContext, defineCommand } from "../context.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printTallies } from "../output/tallies.ts";

export function registerProjects(program: Command, context: CommandContext): void {
  defineCommand(program, "projects", {
    quiet: "names",
    summary: "list projects with their number of open tasks",
    examples: ["todo projects", "todo projects --json"],
    list: true,
  }).action((flags: CommonFlags) => projects(context.start(flags)));
}

/** Prints every project that an open task is in. */
export function projects(invocation: Invocation): Promise<void> {
  return printTallies(invocation, "projects", "No open task is in a project.");
}
