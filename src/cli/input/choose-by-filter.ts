import { hasCode, TodoError, withHint } from "../../domain/errors.ts";
import type { Status } from "../../domain/query/query.ts";
import { isBlank, quoteShort } from "../../domain/task/text.ts";
import { findMatches } from "../../services/tasks/bulk/find-matches.ts";
import { readFilter } from "../../services/tasks/read-filter.ts";
import { noteNoSuchTasks } from "../output/nothing.ts";
import type { TaskOutput } from "../output/output.ts";
import { agree, type Choosing, type ChosenTasks, printNothing, type WhereFlags } from "./choose-tasks.ts";

/**
 * The tasks that all of the filters find. Nobody has seen their handles, so the user is asked about them, be it one, unless
 * the flags say `--yes` or how many they are. Answers and throws as `chooseTasks` does, and `conflict` for another number.
 */
export async function chooseByFilter(
  output: TaskOutput,
  filters: readonly string[],
  { expect, yes = false }: WhereFlags,
  choosing: Choosing,
): Promise<ChosenTasks | null> {
  const { compare, otherwise = "pending" } = choosing;
  const expected = readCount(expect);
  const where = await readFilters(output, filters, otherwise);
  const matches = await findMatches(await output.workspace(), where, { expect: expected, compare });
  const { tasks } = matches;
  if (tasks.length === 0) {
    await noteNoSuchTasks(output, where);
    await printNothing(output);
    return null;
  }
  const mayAsk = !yes && expected === undefined;
  if (!mayAsk) return { ...matches, isOne: false, mayAsk };
  const isAgreed = await agree(output, tasks, choosing).catch((error: unknown) => {
    if (!hasCode(error, "usage")) throw error;
    throw withHint(error, `To change them only while the filter finds as many: --expect ${tasks.length}`);
  });
  return isAgreed ? { ...matches, isOne: false, mayAsk } : null;
}

/** Several filters have to hold, each as a whole. A context is for lists, and does not narrow what is changed. */
function readFilters({ io, workspace }: TaskOutput, filters: readonly string[], otherwise: Status) {
  if (filters.some(isBlank)) throw blankFilter();
  const [first = "", ...within] = filters;
  return readFilter({ terms: [first], within, otherwise }, io.system, workspace);
}

/** A script with an unset variable must not change all that is open. */
function blankFilter(): TodoError {
  return new TodoError("usage", "--where is given an empty filter", {
    hints: ["To change all open tasks: --where status:pending"],
  });
}

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TodoError("usage", `--expect takes a number of tasks, not ${quoteShort(text)}`);
}
