import type { Command } from "commander";
import { type Context, defineCommand } from "../context.ts";
import type { CommonFlags, Session } from "../session.ts";
import { printTallies } from "../output/tallies.ts";

export function registerProjects(program: Command, context: Context): void {
  defineCommand(program, "projects", {
    summary: "list projects with their numbers of open tasks",
    examples: ["todo projects", "todo projects --json"],
    list: true,
  }).action((flags: CommonFlags) => projects(context.start(flags)));
}

/** Prints every project that an open task is in. */
export function projects(session: Session): Promise<void> {
  return printTallies(session, "projects", "No open task is in a project.");
}
