import { findTask } from "../../services/tasks/find-tasks.ts";
import { wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { isKnown } from "../http/etag.ts";
import { replyWithTask } from "../http/reply.ts";

export const getTask = defineEndpoint({
  method: "get",
  path: "/api/tasks/{id}",
  access: "read",
  operation: "getTask",
  summary: "Read a task",
  query: noQuery,
  body: noBody,
  conditional: "If-None-Match",
  responses: {
    200: { description: "The task", schema: wireTask, headers: ["ETag"] },
    304: { description: "The task is still what If-None-Match says", headers: ["ETag"] },
  },
  handle: async ({ workspace, id, header }) => {
    const reply = replyWithTask(200, await findTask(workspace, id));
    return isKnown(header("if-none-match"), reply.headers.etag) ? { status: 304, headers: reply.headers } : reply;
  },
});
