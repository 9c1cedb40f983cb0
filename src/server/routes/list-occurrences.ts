import { z } from "zod";
import { occurrencesQuery, wireOccurrence } from "../../contract/occurrences-schema.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { listOccurrences as readOccurrences } from "../../services/tasks/series/list-occurrences.ts";
import { defineEndpoint, noBody } from "../endpoint.ts";
import { replyWith } from "../http/reply.ts";

/** Every occurrence is later. */
const BEGINNING = "0000-01-01";

export const listOccurrences = defineEndpoint({
  method: "get",
  path: "/api/tasks/{id}/occurrences",
  access: "read",
  operation: "listOccurrences",
  summary: "List the occurrences of a task that repeats",
  description:
    "What was done, skipped or detached, then the current one and what is to come, at most 1,000. Counted from completion, what is to " +
    "come is not known. Of a task that never repeated there are none.",
  query: occurrencesQuery,
  body: noBody,
  responses: { 200: { description: "In their order", schema: z.array(wireOccurrence) } },
  handle: async ({ workspace, id, query: { from = BEGINNING, to } }) => {
    const task = await findTask(workspace, id);
    const span = { from, to: to ?? aYearFrom(workspace.system.today()) };
    return replyWith(200, await readOccurrences(workspace, task, span));
  },
});

function aYearFrom(day: string): string {
  return Temporal.PlainDate.from(day).add({ years: 1 }).toString();
}
