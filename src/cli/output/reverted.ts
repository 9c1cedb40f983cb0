import type { Undone } from "../../services/tasks/history.ts";
import { handleOf } from "../../domain/task/handle.ts";
import { formatTaskCount } from "../../domain/task/text.ts";
import { fieldName } from "../../domain/task/changes.ts";
import { ACTION_NOUNS } from "./log-format.ts";
import { isOnlyCounted, printChanges, sayVerb } from "./outcome.ts";
import type { TaskOutput } from "./output.ts";
import { loadWire, printJson, printNote, printText } from "./print.ts";

/** Prints what an undo or a redo did, which is nothing for null, and names the fields that had to stay. */
export async function printReverted(
  output: TaskOutput,
  reverted: Undone | null,
  { past, infinitive }: { readonly past: string; readonly infinitive: string },
): Promise<void> {
  if (output.format === "json") return printJson(output, reverted && (await toWireUndone(reverted)));
  if (reverted === null) return printNote(output, `Nothing to ${infinitive}.`);
  const { action, tasks, changes, kept } = reverted;
  const verb = `${sayVerb(output, past, infinitive)} ${ACTION_NOUNS[action]}:`;
  if (isOnlyCounted(output, tasks.length)) printText(output, `${verb} ${formatTaskCount(tasks.length)}`);
  else await printChanges(output, verb, tasks, changes);
  noteKept(output, kept);
}

function noteKept(output: TaskOutput, kept: Undone["kept"]): void {
  const verb = sayVerb(output, "Kept", "keep");
  if (isOnlyCounted(output, kept.length)) {
    const tasks = formatTaskCount(new Set(kept.map(({ id }) => id)).size);
    return printNote(output, `${verb} ${kept.length} fields of ${tasks}: they were changed again since.`);
  }
  for (const { id, field } of kept) {
    printNote(output, `${verb} ${fieldName(field)} of ${handleOf(id)}: it was changed again since.`);
  }
}

async function toWireUndone({ action, at, tasks, kept }: Undone) {
  const { toWire } = await loadWire();
  return { action, at: new Date(at).toISOString(), tasks: tasks.map(toWire), kept };
}
