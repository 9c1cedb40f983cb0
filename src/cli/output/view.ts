import type { Task } from "../../domain/task/task.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { countPages, formatTable, printTasks } from "./print.ts";
import type { PlaceRow } from "./sections.ts";

/**
 * Prints tasks whole. For a person they stand in sections if `placeRow` makes some, and go through the pager if they do
 * not fit. Answers how many there were, or how many the pager read.
 */
export async function printView(
  output: TaskOutput,
  list: () => AsyncIterable<readonly Task[]>,
  { usePager, placeRow }: { readonly usePager: boolean; readonly placeRow?: PlaceRow },
): Promise<number> {
  let shown = 0;
  const pages = () => countPages(list(), (count) => (shown = count));
  if (!isForReading(output)) await printTasks(output, pages());
  else {
    const [{ printPaged }, { formatSections }] = await Promise.all([import("./pager.ts"), import("./sections.ts")]);
    const format = () => (placeRow ? formatSections(output, pages(), placeRow) : formatTable(output, pages()));
    await printPaged(output, format, { usePager });
  }
  return shown;
}
