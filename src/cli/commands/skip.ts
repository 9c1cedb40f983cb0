import type { Command } from "commander";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { OCCURRENCE_OPTION, readOccurrence } from "../input/occurrence-flags.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";

type SkipFlags = CommonFlags & { readonly occurrence?: string };

export function registerSkip(program: Command, context: CommandContext): void {
  defineCommand(program, "skip", {
    quiet: "handles",
    summary: "pass over an occurrence of tasks that repeat",
    notes: [ALL_OR_NONE],
    examples: ["todo skip kqv", 'todo skip kqv --occurrence "16 dec"'],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .option(...OCCURRENCE_OPTION)
    .action((refs: string[], flags: SkipFlags) => skip(context.start(flags), refs, flags));
}

/** Passes over the current occurrence of repeating tasks, or the one that is named. */
async function skip(invocation: Invocation, refs: readonly string[], flags: SkipFlags): Promise<void> {
  const occurrence = readOccurrence(flags.occurrence, invocation.io.system);
  // What few commands need is loaded only for them.
  const { closeOccurrences } = await import("../../services/tasks/series/close-occurrences.ts");
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, "pending");
  const find = () => resolveKeptRefs(workspace, named);
  return printOutcome(invocation, await closeOccurrences(workspace, find, { action: "skip", occurrence }), {
    refs: named,
    verb: sayVerb(invocation, "Skipped", "skip"),
    already: "was done or skipped already",
  });
}
