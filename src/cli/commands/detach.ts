import type { Command } from "commander";
import type { Task } from "../../domain/task/task.ts";
import { resolveKeptRefs } from "../../services/tasks/find-tasks.ts";
import { ALL_OR_NONE, type CommandContext, defineCommand, REFS_ARGUMENT } from "../context.ts";
import { nameTasks } from "../input/name-tasks.ts";
import { OCCURRENCE_OPTION, readOccurrence } from "../input/occurrence-flags.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { printOutcome, sayVerb } from "../output/outcome.ts";

type DetachFlags = CommonFlags & { readonly occurrence?: string };

export function registerDetach(program: Command, context: CommandContext): void {
  defineCommand(program, "detach", {
    quiet: "handles",
    summary: "make an occurrence of a repeating task a task of its own",
    notes: [ALL_OR_NONE],
    examples: ["todo detach kqv", 'todo detach kqv --occurrence "16 dec"'],
    list: true,
    writes: true,
  })
    .argument(...REFS_ARGUMENT)
    .option(...OCCURRENCE_OPTION)
    .action((refs: string[], flags: DetachFlags) => detach(context.start(flags), refs, flags));
}

/** Makes occurrences tasks of their own, and prints these. */
async function detach(invocation: Invocation, refs: readonly string[], flags: DetachFlags): Promise<void> {
  const occurrence = readOccurrence(flags.occurrence, invocation.io.system);
  // What few commands need is loaded only for them.
  const [{ closeOccurrences }, { noteMissed }] = await Promise.all([
    import("../../services/tasks/series/close-occurrences.ts"),
    import("../output/occurrences.ts"),
  ]);
  const workspace = await invocation.workspace();
  const named = await nameTasks(invocation, refs, { command: "detach", state: "pending" });
  const find = () => resolveKeptRefs(workspace, named.refs);
  const { changed, unchanged, occurrences, changes } = await closeOccurrences(workspace, find, {
    action: "detach",
    occurrence,
  });
  const recordOf = ({ id }: Task) => occurrences?.get(id)?.record ?? [];
  const outcome = { changed: changed.flatMap(recordOf), unchanged: unchanged.flatMap(recordOf), changes };
  const isClosed = outcome.unchanged.some(({ completedAt }) => completedAt !== null);
  await printOutcome(invocation, outcome, {
    isOne: named.isOne,
    verb: sayVerb(invocation, "Detached", "detach"),
    already: isClosed ? "was done or skipped already" : "is a task of its own already",
  });
  if (invocation.format !== "text") return;
  for (const { id } of changed) noteMissed(invocation, occurrences?.get(id)?.missed ?? []);
}
