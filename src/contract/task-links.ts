import type { Task } from "../domain/task/task.ts";
import type { Waiting } from "../domain/tree/dependencies.ts";
import type { SubtaskCount, TreeItem } from "../domain/tree/tree.ts";
import { toWire, type WireTask } from "./task.ts";

/** Whether a task has to wait. Such members are computed from other tasks, so they are never part of an entity tag. */
export type WireBlocked = {
  blocked: boolean;
  /** The ids of the open tasks that have to be done first. */
  blocked_by: string[];
};

export type WireTreeItem = WireTask & WireBlocked & { depth: number; subtasks: SubtaskCount };

/** A task in a tree. The depth of a root is 1. */
export function toWireTreeItem({ task, depth, count }: TreeItem<Task>, waiting: Waiting | undefined): WireTreeItem {
  return { ...toWire(task), depth, subtasks: count, ...toWireBlocked(waiting?.waitsFor ?? []) };
}

export function toWireBlocked(waitsFor: readonly string[]): WireBlocked {
  return { blocked: waitsFor.length > 0, blocked_by: [...waitsFor] };
}
