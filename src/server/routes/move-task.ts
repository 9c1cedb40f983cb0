import type { z } from "zod";
import { taskMove, wireTask } from "../../contract/task-schema.ts";
import type { Place } from "../../domain/tree/order.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { moveTasks } from "../../services/tasks/tree/move-tasks.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithOutcome } from "../http/reply.ts";

export const moveTask = defineEndpoint({
  method: "post",
  path: "/api/tasks/{id}/move",
  access: "write",
  operation: "moveTask",
  summary: "Put a task in another place",
  description:
    "Under `parent` (null: at the root), and before or after a sibling, or first or last of them. Beside a task without `parent` it comes " +
    "under the parent of that one. Under another parent without a place it comes behind those that have a rank. It can be repeated.",
  query: noQuery,
  body: taskMove,
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: { 200: { description: "The task as it is now", schema: wireTask, headers: ["ETag"] } },
  handle: async ({ workspace, id, body, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const destination = { parent: body.parent, place: readPlace(body) };
    return replyWithOutcome(await moveTasks(workspace, find, destination, readIfMatch(header("if-match"))));
  },
});

function readPlace({ before, after, first, last }: z.infer<typeof taskMove>): Place | undefined {
  if (before !== undefined) return { kind: "before", id: before };
  if (after !== undefined) return { kind: "after", id: after };
  if (first) return { kind: "first" };
  return last ? { kind: "last" } : undefined;
}
