import type { Task } from "../../../domain/task/task.ts";
import type { Workspace } from "../../workspace.ts";
import { listPages } from "../list-tasks.ts";

/** The records of a task that repeats, from an occurrence on, also those that were taken back. */
export async function findRecords(workspace: Workspace, series: string, from: string): Promise<Task[]> {
  const records: Task[] = [];
  for await (const page of listPages(workspace, { where: [{ kind: "record_of", series: [series], from }] })) {
    records.push(...page);
  }
  return records;
}

/** The last records of a task that repeats, the latest completion first. */
export async function findLastRecords({ store, user }: Workspace, series: string, limit: number): Promise<Task[]> {
  const where = [{ kind: "record_of", series: [series] } as const, { kind: "status", status: "completed" } as const];
  const { tasks } = await store.find(user, { where, sort: "completed", reverse: true, limit });
  return [...tasks];
}

/** The completed parts of a task. */
export async function findTickedChildren({ store, user }: Workspace, id: string): Promise<readonly Task[]> {
  const where = [{ kind: "child_of", parents: [id] } as const, { kind: "status", status: "completed" } as const];
  const { tasks } = await store.find(user, { where });
  return tasks;
}
