import { closeOccurrences } from "../../services/tasks/series/close-occurrences.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { occurrenceChoice } from "../../contract/completion.ts";
import { wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithOutcome } from "../http/reply.ts";

export const skipOccurrence = defineEndpoint({
  method: "post",
  path: "/api/tasks/{id}/skip",
  access: "write",
  operation: "skipOccurrence",
  summary: "Pass over an occurrence of a task that repeats",
  description:
    "The current one, or the one that is named. Only with `occurrence` it can be repeated: without it, each request skips the next one. " +
    "`Todo-Occurrence` says which one it was.",
  query: noQuery,
  body: occurrenceChoice.optional(),
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: {
    200: { description: "The task as it is now", schema: wireTask, headers: ["ETag", "Todo-Occurrence"] },
  },
  handle: async ({ workspace, id, body, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const request = { action: "skip", occurrence: body?.occurrence } as const;
    return replyWithOutcome(await closeOccurrences(workspace, find, request, readIfMatch(header("if-match"))));
  },
});
