import { readTask } from "../../domain/task/read-task.ts";
import type { Task } from "../../domain/task/task.ts";
import { columns, type Row } from "../columns.ts";
import type { Dialect } from "../dialect.ts";
import type { TaskTables } from "../tables/tasks.ts";

/** The columns of a task that are read, everything else is computed from its registers. */
export const TASK = columns<TaskTables["tasks"]>()("id", "handle", "revision", "registers");

export type TaskRow = Row<typeof TASK>;

/** The task in a row. */
export function decodeTask(dialect: Dialect, { id, handle, revision, registers }: TaskRow): Task {
  return readTask({ id, handle, revision: Number(revision), registers: dialect.decode(registers) });
}
