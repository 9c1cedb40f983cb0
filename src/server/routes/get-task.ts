import { findTask } from "../../services/tasks/find-tasks.ts";
import { includeQuery, wireTaskWithIncludes } from "../../contract/include.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { isKnown } from "../http/etag.ts";
import { toWireWithIncludes } from "../http/includes.ts";
import { replyWithTask } from "../http/reply.ts";

export const getTask = defineEndpoint({
  method: "get",
  path: "/api/tasks/{id}",
  access: "read",
  operation: "getTask",
  summary: "Read a task",
  query: includeQuery,
  body: noBody,
  conditional: "If-None-Match",
  responses: {
    200: { description: "The task", schema: wireTaskWithIncludes, headers: ["ETag"] },
    304: { description: "The task is still what If-None-Match says", headers: ["ETag"] },
  },
  handle: async ({ workspace, id, query: { include }, header, deps }) => {
    if (include) await deps.waitForTurn(workspace.user);
    const task = await findTask(workspace, id);
    const reply = replyWithTask(200, task);
    // The entity tag says nothing of what is computed from other tasks, so it can't tell that that is still known.
    if (include) return { ...reply, json: JSON.stringify((await toWireWithIncludes(workspace, [task], include))[0]) };
    return isKnown(header("if-none-match"), reply.headers.etag) ? { status: 304, headers: reply.headers } : reply;
  },
});
