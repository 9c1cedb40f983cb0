import { deleteTasks } from "../../services/tasks/delete-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";

export const deleteTask = defineEndpoint({
  method: "delete",
  path: "/api/tasks/{id}",
  access: "write",
  operation: "deleteTask",
  summary: "Delete a task",
  description: "It can be brought back with restore.",
  query: noQuery,
  body: noBody,
  conditional: "If-Match",
  responses: { 204: { description: "The task is deleted" } },
  handle: async ({ workspace, id, header }) => {
    await deleteTasks(workspace, async () => [await findTask(workspace, id)], readIfMatch(header("if-match")));
    return { status: 204 };
  },
});
