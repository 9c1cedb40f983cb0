import { closeOccurrences } from "../../services/tasks/series/close-occurrences.ts";
import { TodoError } from "../../domain/errors.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { occurrenceChoice } from "../../contract/completion.ts";
import { wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithTask } from "../http/reply.ts";

export const detachOccurrence = defineEndpoint({
  method: "post",
  path: "/api/tasks/{id}/detach",
  access: "write",
  operation: "detachOccurrence",
  summary: "Make an occurrence of a task that repeats a task of its own",
  description:
    "The current one, or the one that is named. Only with `occurrence` it can be repeated: without it, each request detaches the next one.",
  query: noQuery,
  body: occurrenceChoice.optional(),
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: {
    200: {
      description: "The occurrence was closed or detached before; its task as it is now",
      schema: wireTask,
      headers: ["ETag", "Location", "Todo-Occurrence"],
    },
    201: {
      description: "The new task",
      schema: wireTask,
      headers: ["ETag", "Location", "Todo-Occurrence"],
    },
  },
  handle: async ({ workspace, deps, id, body, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const request = { action: "detach", occurrence: body?.occurrence } as const;
    const { changed, occurrences } = await closeOccurrences(workspace, find, request, readIfMatch(header("if-match")));
    const [closed] = [...(occurrences?.values() ?? [])];
    // A deleted account keeps a row, and writes that began earlier do nothing.
    if (!closed?.record) throw new TodoError("unauthorized", "the account was deleted");
    return replyWithTask(changed.length === 0 ? 200 : 201, closed.record, {
      location: `${deps.basePath}/api/tasks/${closed.recordId}`,
      "todo-occurrence": closed.occurrence,
    });
  },
});
