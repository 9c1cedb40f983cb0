import { z } from "zod";
import type { Task } from "../../domain/task/task.ts";
import { listPages } from "../../services/tasks/list-tasks.ts";
import { wireProfile } from "../../contract/profile-schema.ts";
import { toWireProfile } from "../../contract/profile.ts";
import { wireTask } from "../../contract/task-schema.ts";
import { toWire } from "../../contract/task.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";

/** Other requests are answered between two pages, so the largest tasks should not take long to write. */
const PAGE_TASKS = 50;

export const exportTasks = defineEndpoint({
  method: "get",
  path: "/api/me/export",
  access: "read",
  operation: "exportTasks",
  summary: "Take all your tasks with you",
  description:
    "Deleted ones too, the oldest first, one a line, as `todo import` reads them. At the end comes what is yours and no task's, if there is any.",
  query: noQuery,
  body: noBody,
  responses: { 200: { description: "All your tasks", schema: z.array(z.union([wireTask, wireProfile])) } },
  handle: async ({ workspace }) => {
    const pages = listPages(workspace, { where: [] }, PAGE_TASKS);
    const headers = { "content-disposition": 'attachment; filename="todo-tasks.json"' };
    const profile = toWireProfile(await workspace.store.profile(workspace.user));
    return { status: 200, chunks: writeArray(pages, profile), headers };
  },
});

async function* writeArray(
  pages: AsyncIterable<readonly Task[]>,
  profile: ReturnType<typeof toWireProfile>,
): AsyncGenerator<string> {
  let opening = "[\n";
  for await (const tasks of pages) {
    if (tasks.length === 0) continue;
    yield opening + tasks.map((task) => JSON.stringify(toWire(task))).join(",\n");
    opening = ",\n";
  }
  if (profile) {
    yield opening + JSON.stringify(profile);
    opening = ",\n";
  }
  yield opening === "[\n" ? "[]\n" : "\n]\n";
}
