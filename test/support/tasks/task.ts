import type { Task } from "../../../src/domain/task/task.ts";

/** A task that has nothing but a title. */
export const TASK: Task = {
  id: "01a1f82f-1e80-7001-89c7-042307825391",
  handle: "wbbnznksrkdb",
  revision: 1,
  title: "Pay rent",
  description: null,
  dueDate: null,
  priority: null,
  project: null,
  tags: [],
  completedAt: null,
  createdAt: "2026-11-20T09:00:00.000Z",
  updatedAt: "2026-11-20T09:00:00.000Z",
  deletedAt: null,
};
