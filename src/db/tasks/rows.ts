import { sql } from "drizzle-orm";
import { readTask } from "../../domain/task/registers.ts";
import type { Task } from "../../domain/task/task.ts";
import type { Dialect } from "../dialect.ts";

/** The columns of a task that are read, everything else is computed from its registers. */
export const TASK_COLUMNS = sql.raw("id, handle, revision, registers");

/** A 64-bit number is a text to some drivers. */
export type Count = number | string;

/** A row of these columns, with what the driver makes of a JSON column. */
export type StoredTask = {
  readonly id: string;
  readonly handle: string;
  readonly revision: Count;
  readonly registers: unknown;
};

/** The task in a row. */
export function decodeTask(dialect: Dialect, { id, handle, revision, registers }: StoredTask): Task {
  return readTask({ id, handle, revision: Number(revision), registers: dialect.decode(registers) });
}
