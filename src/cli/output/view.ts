import type { Condition } from "../../domain/query/query.ts";
import type { Task } from "../../domain/task/task.ts";
import { countTasks } from "../../services/tasks/list-tasks.ts";
import { createTable, type FormatEntries, formatList, type Pages } from "./list-lines.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { type Additions, countPages, printChunks, printTasks, printText } from "./print.ts";
import type { Sections } from "./sections.ts";
import type { ColumnName } from "./task-columns.ts";

/** How the tasks of a list look. */
export type ListLook = {
  readonly usePager: boolean;
  /** The columns that somebody chose, if anybody did. */
  readonly columns?: readonly ColumnName[] | undefined;
  /** The text of each task, such as `{title} {due}`, in the place of a table. */
  readonly template?: string | undefined;
};

/** Prints how many tasks meet all conditions: a number in every format. */
export async function printCount(output: TaskOutput, where: readonly Condition[]): Promise<void> {
  printText(output, String(await countTasks(await output.workspace(), where)));
}

/** Prints tasks whole, on a terminal through the pager if they do not fit. Answers how many there were, or how many the pager read. */
export async function printView(
  output: TaskOutput,
  list: () => Pages<Task>,
  look: ListLook,
  sections: Sections = inNoSection,
  describe?: Additions["describe"],
): Promise<number> {
  let shown = 0;
  const pages = () => countPages(list(), (count) => (shown = count));
  if (look.template !== undefined) {
    const { createTemplate } = await import("./template.ts");
    await printChunks(output, createTemplate(look.template)(output, pages()));
  } else if (output.format !== "text") await printTasks(output, pages(), { describe });
  else {
    const create = await chooseTable(look);
    const format = () => formatList(output, sections(pages()), create(output));
    if (!isForReading(output)) await printChunks(output, format());
    else await (await import("./pager.ts")).printPaged(output, format, look);
  }
  return shown;
}

const inNoSection: Sections = async function* (pages) {
  for await (const tasks of pages) yield tasks.map((task) => ({ task }));
};

/** What makes the table. The one that somebody has to choose is loaded for them. */
async function chooseTable({ columns }: ListLook): Promise<(output: TaskOutput) => FormatEntries> {
  if (columns === undefined) return createTable;
  const { createColumnTable } = await import("./column-table.ts");
  return (output) => createColumnTable(output, columns);
}
