import type { Fields } from "../../domain/task/registers.ts";
import type { Task } from "../../domain/task/task.ts";
import { stopFields } from "../../domain/task/time.ts";
import type { Workspace } from "../workspace.ts";

/** A decision on a task: its new fields. */
type Decided = { readonly task: Task; readonly fields: Fields };

/** Whether a started task stops: it was stopped, closed or deleted. */
export function stopsTime({ task, fields }: Decided): boolean {
  const { started_at: startedAt, completed_at: completedAt, deleted_at: deletedAt } = fields;
  return task.startedAt !== null && (startedAt === null || completedAt != null || deletedAt != null);
}

/** The same decisions. Each that stops a started task counts its time, for the device that is asked. */
export async function countTime<Each extends Decided>(
  { store, system }: Workspace,
  decided: readonly Each[],
): Promise<readonly Each[]> {
  if (!decided.some(stopsTime)) return decided;
  const node = await store.node();
  return decided.map((each) =>
    stopsTime(each) ? { ...each, fields: { ...each.fields, ...stopFields(each.task, system.now(), node) } } : each,
  );
}
