import type { Command } from "commander";
import { type CommandContext, defineNoun } from "../context.ts";
import type { Invocation } from "../invocation.ts";
import { printTallies } from "../output/tallies.ts";

export function registerTags(program: Command, context: CommandContext): void {
  const options = {
    quiet: "names",
    summary: "list tags and how many open tasks have each",
    examples: ["todo tags", "todo tags --json"],
    list: true,
  };
  defineNoun(program, context, "tags", options, tags);
}

/** Prints every tag that an open task has. */
export function tags(invocation: Invocation): Promise<void> {
  return printTallies(invocation, "tags", "No open task has a tag.");
}
