import { hasCode, TodoError } from "../../domain/errors.ts";
import type { Condition } from "../../domain/query/query.ts";
import { inZone } from "../../ports/time-zone.ts";
import { type FilterWords, readFilter } from "../../services/tasks/read-filter.ts";
import type { Workspace } from "../../services/workspace.ts";

/** A filter in a request, and the zone in which its dates are meant. An empty one has no terms. */
export type RequestFilter = Pick<FilterWords, "otherwise"> & { readonly filter: string; readonly tz: string };

/** The conditions of a filter in a request. Throws `invalid_input` with the place of what is wrong, also for a task that is not there. */
export function readRequestFilter(
  workspace: Workspace,
  { filter, tz, otherwise = "pending" }: RequestFilter,
): Promise<Condition[]> {
  const terms = filter.trim() === "" ? [] : [filter];
  return refuseNamed(readFilter({ terms, otherwise }, inZone(workspace.system, tz), async () => workspace));
}

/** The same answer. What a filter names and is not there, or is several, makes it a wrong input: the address itself is right. */
export async function refuseNamed<Answer>(reading: Promise<Answer>): Promise<Answer> {
  try {
    return await reading;
  } catch (error) {
    if (!hasCode(error, "not_found", "ambiguous") || !error.excerpt) throw error;
    const { message, hints, issues, excerpt } = error;
    throw new TodoError("invalid_input", message, { hints, issues, excerpt, cause: error });
  }
}
