import type { Endpoint } from "./endpoint.ts";
import { completeTask } from "./routes/complete-task.ts";
import { createTask } from "./routes/create-task.ts";
import { deleteTask } from "./routes/delete-task.ts";
import { getHealth } from "./routes/get-health.ts";
import { getIdentity } from "./routes/get-identity.ts";
import { getReadiness } from "./routes/get-readiness.ts";
import { getTask } from "./routes/get-task.ts";
import { listTasks } from "./routes/list-tasks.ts";
import { restoreTask } from "./routes/restore-task.ts";
import { patchTask, putTask } from "./routes/update-task.ts";

/** Every route of the API. The pages of the documentation are beside it, in docs/pages.ts. */
export const ENDPOINTS: readonly Endpoint[] = [
  getHealth,
  getReadiness,
  listTasks,
  createTask,
  getTask,
  putTask,
  patchTask,
  completeTask,
  deleteTask,
  restoreTask,
  getIdentity,
];
