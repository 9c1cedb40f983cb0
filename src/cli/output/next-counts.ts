import type { Condition } from "../../domain/query/query.ts";
import { countNext, type NextCounts } from "../../services/tasks/next-tasks.ts";
import { noteNoSuchTasks, noteNothingToDo } from "./nothing.ts";
import type { TaskOutput } from "./output.ts";
import { printNote } from "./print.ts";
import { wrapText } from "./wrap.ts";

/** What a list of what to do next has shown. */
type Shown = {
  readonly filter: readonly Condition[];
  readonly isFiltered: boolean;
  readonly count: number;
};

/** Tells a person below a list of what to do next how many more tasks are ready, and how many are not and why. */
export async function noteNext(output: TaskOutput, { filter, isFiltered, count }: Shown): Promise<void> {
  const counts = await countNext(await output.workspace(), filter);
  const facts = listFacts({ ...counts, ready: counts.ready - count });
  const [first] = facts;
  if (first === undefined) {
    if (count > 0) return;
    return isFiltered ? noteNoSuchTasks(output, filter) : noteNothingToDo(output);
  }
  const nothing = count > 0 ? "" : `${isFiltered ? "No such task" : "Nothing"} is ready. `;
  // What was asked for beside being ready can't be said again in a line.
  const see = isFiltered ? "" : ` See: todo list ${first.term}`;
  const line = `${nothing}${facts.map(({ text }) => text).join(", ")}.${see}`;
  printNote(output, wrapText(line, output.io.out.columns()).join("\n"));
}

/** `12 more are ready`, `4 are blocked`, `1 waits`: what there is, and the term that finds it. */
function listFacts({
  ready,
  blocked,
  waiting,
  planned,
}: NextCounts): { readonly text: string; readonly term: string }[] {
  const facts = [
    { count: ready, one: "more is ready", many: "more are ready", term: "is:ready" },
    { count: blocked, one: "is blocked", many: "are blocked", term: "is:blocked" },
    { count: waiting, one: "waits", many: "wait", term: "is:waiting" },
    { count: planned, one: "is planned for later", many: "are planned for later", term: "scheduled.after:today" },
  ];
  return facts
    .filter(({ count }) => count > 0)
    .map(({ count, one, many, term }) => ({ text: `${count} ${count === 1 ? one : many}`, term }));
}
