import type { Command } from "commander";
import { type CommandContext, defineNoun } from "../context.ts";
import type { Invocation } from "../invocation.ts";
import { printTallies } from "../output/tallies.ts";

export function registerProjects(program: Command, context: CommandContext): void {
  const options = {
    quiet: "names",
    summary: "list projects and how many open tasks are in each",
    examples: ["todo projects", "todo projects --json"],
    list: true,
  };
  defineNoun(program, context, "projects", options, projects);
}

/** Prints every project that an open task is in. */
export function projects(invocation: Invocation): Promise<void> {
  return printTallies(invocation, "projects", "No open task is in a project.");
}
