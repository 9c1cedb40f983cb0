import type { Precondition } from "../../services/tasks/change-tasks.ts";
import { editTasks } from "../../services/tasks/edit-tasks.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { fromWire } from "../../contract/task.ts";
import { taskChanges, wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { requireSame } from "../http/read-only-members.ts";
import { replyWithOutcome } from "../http/reply.ts";

const WORDING = {
  patch: {
    summary: "Change some fields of a task",
    description:
      "Fields that are given change, those that are absent stay, null clears (RFC 7396, whose media type is taken too).",
  },
  put: {
    summary: "Save a task that was read before",
    description:
      "What GET gave may be sent back whole. A member that can't be set must be as it is. Like PATCH it leaves alone what is absent, so " +
      "that an incomplete body wipes nothing.",
  },
} as const;

export const putTask = defineUpdate("put");
export const patchTask = defineUpdate("patch");

/** A partial PUT must never wipe what it does not name, so it means the same as PATCH. */
function defineUpdate(method: "put" | "patch") {
  return defineEndpoint({
    method,
    path: "/api/tasks/{id}",
    access: "write",
    operation: `${method}Task`,
    ...WORDING[method],
    query: noQuery,
    body: taskChanges,
    conditional: "If-Match",
    errors: ["quota_exceeded"],
    responses: {
      200: { description: "The task as it is now", schema: wireTask, headers: ["ETag", "Todo-Occurrence"] },
    },
    handle: async ({ workspace, id, body, header }) => {
      const { completed, cancelled, started } = body;
      const edit = { ...fromWire(body), completed, cancelled, started };
      const find = async () => [await findTask(workspace, id)];
      const requires = requireAll(readIfMatch(header("if-match")), requireSame(body));
      return replyWithOutcome(await editTasks(workspace, find, edit, requires));
    },
  });
}

/** One precondition of several, of which the first that fails throws. Undefined if there are none. */
function requireAll(...preconditions: readonly (Precondition | undefined)[]): Precondition | undefined {
  const given = preconditions.filter((each) => each !== undefined);
  return given.length === 0 ? undefined : (task) => given.forEach((require) => require(task));
}
