import { editTasks } from "../../services/tasks/edit-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { fromWire } from "../../contract/task.ts";
import { taskChanges, wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithOutcome } from "../http/reply.ts";

export const putTask = defineUpdate("put");
export const patchTask = defineUpdate("patch");

/** A partial PUT must never wipe what it does not name, so it means the same as PATCH. */
function defineUpdate(method: "put" | "patch") {
  return defineEndpoint({
    method,
    path: "/api/tasks/{id}",
    access: "write",
    operation: `${method}Task`,
    summary: "Change a task",
    description: "Fields that are given change, those that are absent stay, null clears. PUT and PATCH mean the same.",
    query: noQuery,
    body: taskChanges,
    conditional: "If-Match",
    responses: { 200: { description: "The task as it is now", schema: wireTask, headers: ["ETag"] } },
    handle: async ({ workspace, id, body: { completed, ...changes }, header }) => {
      const edit = { ...fromWire(changes), completed };
      const find = async () => [await findTask(workspace, id)];
      return replyWithOutcome(await editTasks(workspace, find, edit, readIfMatch(header("if-match"))));
    },
  });
}
