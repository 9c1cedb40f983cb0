import { deleteTasks } from "../../services/tasks/delete-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { deletionQuery } from "../../contract/query.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";

export const deleteTask = defineEndpoint({
  method: "delete",
  path: "/api/tasks/{id}",
  access: "write",
  operation: "deleteTask",
  summary: "Delete a task",
  description: "It can be brought back with restore. Tasks below it come to the root, unless they are deleted too.",
  query: deletionQuery,
  body: noBody,
  conditional: "If-Match",
  responses: { 204: { description: "The task is deleted" } },
  handle: async ({ workspace, id, query, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const subtasks = query.subtasks === "delete" ? "include" : "keep";
    await deleteTasks(workspace, find, readIfMatch(header("if-match")), subtasks);
    return { status: 204 };
  },
});
