import type { z } from "zod";
import { cancelTasks, completeTasks, reopenTasks, toggleTasks } from "../../services/tasks/complete-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { completion } from "../../contract/completion.ts";
import { wireTask } from "../../contract/task-schema.ts";
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
    "without being done. With `subtasks` the open tasks below a completed one are completed with it. A task that repeats stays open: one " +
    "occurrence is completed, and `Todo-Occurrence` says which one. Name it with `occurrence`, and the request can be repeated: without " +
    "it, the current one is meant, and each request completes the next one. Further ahead than one period it has to be named.",
  query: noQuery,
  body: completion.optional(),
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: { 200: { description: "The task as it is now", schema: wireTask, headers: ["ETag", "Todo-Occurrence"] } },
  handle: async ({ workspace, id, body, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const requires = readIfMatch(header("if-match"));
    const subtasks = body?.subtasks === "complete" ? "include" : "keep";
    const options = { subtasks, occurrence: body?.occurrence } as const;
    return replyWithOutcome(await chooseChange(body ?? {})(workspace, find, requires, options));
  },
});

function chooseChange({ completed, cancelled }: z.infer<typeof completion>) {
  if (cancelled) return cancelTasks;
  if (completed === undefined) return toggleTasks;
  return completed ? completeTasks : reopenTasks;
}
