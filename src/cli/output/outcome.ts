import { type Outcome, shortenHandles } from "../../services/tasks/tasks.ts";
import { describeTask, printChanged, printNote, printTasks } from "./print.ts";
import type { Session } from "../session.ts";

/** Prints what a command did to tasks and, beside it, which were so already. JSON names them all. */
export async function printOutcome(
  session: Session,
  { changed, unchanged }: Outcome,
  words: { readonly verb: string; readonly already: string },
): Promise<void> {
  if (session.format !== "text") return printTasks(session, [[...changed, ...unchanged]]);
  if (changed.length > 0) await printChanged(session, words.verb, changed);
  if (unchanged.length === 0) return;
  const shorten = await shortenHandles(await session.workspace(), unchanged);
  for (const task of unchanged) printNote(session, `${describeTask(session, task, shorten(task))}: ${words.already}`);
}
