import type { Command } from "commander";
import { type Context, defineCommand } from "../context.ts";
import type { CommonFlags, Session } from "../session.ts";
import { printTallies } from "../output/tallies.ts";

export function registerTags(program: Command, context: Context): void {
  defineCommand(program, "tags", {
    summary: "list tags with their numbers of open tasks",
    examples: ["todo tags", "todo tags --json"],
    list: true,
  }).action((flags: CommonFlags) => tags(context.start(flags)));
}

/** Prints every tag that an open task has. */
export function tags(session: Session): Promise<void> {
  return printTallies(session, "tags", "No open task has a tag.");
}
