import { restoreTasks } from "../../services/tasks/delete-tasks.ts";
import { findAnyTask } from "../../services/tasks/find-tasks.ts";
import { wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithOutcome } from "../http/reply.ts";

export const restoreTask = defineEndpoint({
  method: "post",
  path: "/api/tasks/{id}/restore",
  access: "write",
  operation: "restoreTask",
  summary: "Take a deletion back",
  query: noQuery,
  body: noBody,
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: { 200: { description: "The task as it is now", schema: wireTask, headers: ["ETag"] } },
  handle: async ({ workspace, id, header }) => {
    const find = async () => [await findAnyTask(workspace, id)];
    return replyWithOutcome(await restoreTasks(workspace, find, readIfMatch(header("if-match"))));
  },
});
