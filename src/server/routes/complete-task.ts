import type { z } from "zod";
import { cancelTasks, completeTasks, reopenTasks, toggleTasks } from "../../services/tasks/complete-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { completion, wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithOutcome } from "../http/reply.ts";

export const completeTask = defineEndpoint({
  method: "patch",
  path: "/api/tasks/{id}/complete",
  access: "write",
  operation: "completeTask",
  summary: "Complete or cancel a task, or reopen it",
  description:
    "Without a body it turns the state round. With `completed` it sets it, and can be repeated. With `cancelled` the task is closed " +
    "without being done. With `subtasks` the open tasks below a completed one are completed with it.",
  query: noQuery,
  body: completion.optional(),
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: { 200: { description: "The task as it is now", schema: wireTask, headers: ["ETag"] } },
  handle: async ({ workspace, id, body, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const requires = readIfMatch(header("if-match"));
    const subtasks = body?.subtasks === "complete" ? "include" : "keep";
    return replyWithOutcome(await chooseChange(body ?? {})(workspace, find, requires, { subtasks }));
  },
});

function chooseChange({ completed, cancelled }: z.infer<typeof completion>) {
  if (cancelled) return cancelTasks;
  if (completed === undefined) return toggleTasks;
  return completed ? completeTasks : reopenTasks;
}
