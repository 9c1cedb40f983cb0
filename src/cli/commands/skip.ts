import type { Command } from "commander";
import { ALL_OR_NONE, type CommandContext, defineCommand } from "../context.ts";
import { addTaskOptions, BY_FILTER } from "../task-options.ts";
import { chooseTasks, type WhereFlags } from "../input/choose-tasks.ts";
import { OCCURRENCE_OPTION, readOccurrence } from "../input/occurrence-flags.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";

type SkipFlags = CommonFlags & WhereFlags & { readonly occurrence?: string };

export function registerSkip(program: Command, context: CommandContext): void {
  const command = defineCommand(program, "skip", {
    quiet: "handles",
    summary: "pass over an occurrence of tasks that repeat",
    notes: [ALL_OR_NONE, BY_FILTER],
    examples: [
      "todo skip kqv",
      'todo skip kqv --occurrence "16 dec"',
      "todo skip --where 'is:repeating +home due:today'",
    ],
    list: true,
    writes: true,
  });
  addTaskOptions(command)
    .option(...OCCURRENCE_OPTION)
    .action((refs: string[], flags: SkipFlags) => skip(context.start(flags), refs, flags));
}

/** Passes over the current occurrence of repeating tasks, or the one that is named. */
async function skip(invocation: Invocation, refs: readonly string[], flags: SkipFlags): Promise<void> {
  const occurrence = readOccurrence(flags.occurrence, invocation.io.system);
  // What few commands need is loaded only for them.
  const { closeOccurrences } = await import("../../services/tasks/series/close-occurrences.ts");
  const chosen = await chooseTasks(invocation, refs, flags, { command: "skip", verb: "Skip", state: "pending" });
  if (!chosen) return;
  const workspace = await invocation.workspace();
  const request = { action: "skip", occurrence } as const;
  return printOutcome(invocation, await closeOccurrences(workspace, chosen.find, request, chosen.requires), {
    isOne: chosen.isOne,
    verb: sayVerb(invocation, "Skipped", "skip"),
    already: "was done or skipped already",
  });
}
