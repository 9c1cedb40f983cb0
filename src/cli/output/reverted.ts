import type { Undone } from "../../services/tasks/history.ts";
import { handleOf } from "../../domain/task/handle.ts";
import { ACTION_NOUNS, fieldName } from "./log-format.ts";
import { printChanges, sayVerb } from "./outcome.ts";
import type { TaskOutput } from "./output.ts";
import { loadWire, printJson, printNote } from "./print.ts";

/** Prints what an undo or a redo did, which is nothing for null, and names the fields that had to stay. */
export async function printReverted(
  output: TaskOutput,
  reverted: Undone | null,
  { past, infinitive }: { readonly past: string; readonly infinitive: string },
): Promise<void> {
  if (output.format === "json") return printJson(output, reverted && (await toWireUndone(reverted)));
  if (reverted === null) return printNote(output, `Nothing to ${infinitive}.`);
  const { action, tasks, changes, kept } = reverted;
  await printChanges(output, `${sayVerb(output, past, infinitive)} ${ACTION_NOUNS[action]}:`, tasks, changes);
  for (const { id, field } of kept) {
    const verb = sayVerb(output, "Kept", "keep");
    printNote(output, `${verb} ${fieldName(field)} of ${handleOf(id)}: it was changed again since.`);
  }
}

async function toWireUndone({ action, at, tasks, kept }: Undone) {
  const { toWire } = await loadWire();
  return { action, at: new Date(at).toISOString(), tasks: tasks.map(toWire), kept };
}
