import { deleteTask as removeTask } from "../../services/tasks/one-task.ts";
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
    await removeTask(workspace, id, readIfMatch(header("if-match")));
    return { status: 204 };
  },
});
