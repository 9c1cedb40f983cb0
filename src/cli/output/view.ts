import type { Task } from "../../domain/task/task.ts";
import { createTable, formatList } from "./list-lines.ts";
import { isForReading, type TaskOutput } from "./output.ts";
import { countPages, printChunks, printTasks } from "./print.ts";
import type { Sections } from "./sections.ts";

type ViewOptions = {
  readonly usePager: boolean;
  /** Absent if the list has none. */
  readonly sections?: Sections | undefined;
};

/** Prints tasks whole, on a terminal through the pager if they do not fit. Answers how many there were, or how many the pager read. */
export async function printView(
  output: TaskOutput,
  list: () => AsyncIterable<readonly Task[]>,
  { usePager, sections = inNoSection }: ViewOptions,
): Promise<number> {
  let shown = 0;
  const pages = () => countPages(list(), (count) => (shown = count));
  if (output.format !== "text") await printTasks(output, pages());
  else {
    const format = () => formatList(output, sections(pages()), createTable(output));
    if (!isForReading(output)) await printChunks(output, format());
    else await (await import("./pager.ts")).printPaged(output, format, { usePager });
  }
  return shown;
}

const inNoSection: Sections = async function* (pages) {
  for await (const tasks of pages) yield tasks.map((task) => ({ task }));
};
