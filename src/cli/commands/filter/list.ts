import { listFilters } from "../../../services/filters/list-filters.ts";
import type { Invocation } from "../../invocation.ts";
import { toFilterJson } from "../../output/filters.ts";
import { printColumns } from "../../output/columns.ts";
import { printJson, printNote, printText } from "../../output/print.ts";

/** Prints the saved filters by name, `--quiet` only the names. */
export async function filterList(invocation: Invocation): Promise<void> {
  const { format } = invocation;
  const filters = await listFilters(await invocation.workspace());
  if (format === "json") return printJson(invocation, filters.map(toFilterJson));
  if (format === "quiet") return filters.forEach(({ name }) => printText(invocation, name));
  if (filters.length === 0) {
    return printNote(invocation, "No filter is saved. Save one with: todo filter save NAME FILTER");
  }
  printColumns(
    invocation,
    filters.map(({ name, text, problem }) => [name, text, problem ? `can't be used: ${problem.message}` : ""]),
  );
}
