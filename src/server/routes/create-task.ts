import { createTask as makeTask } from "../../services/tasks/add-tasks.ts";
import { fromWire } from "../../contract/task.ts";
import { newTask, wireTask } from "../../contract/task-schema.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { replyWithTask } from "../http/reply.ts";

export const createTask = defineEndpoint({
  method: "post",
  path: "/api/tasks",
  access: "write",
  operation: "createTask",
  summary: "Make a task",
  description:
    "With an id of your own (a UUID) the request can be repeated: it makes one task, however often it arrives.",
  query: noQuery,
  body: newTask,
  responses: {
    200: {
      description: "This request came before; the task as it is now",
      schema: wireTask,
      headers: ["ETag", "Location"],
    },
    201: { description: "The new task", schema: wireTask, headers: ["ETag", "Location"] },
  },
  errors: ["conflict", "quota_exceeded"],
  handle: async ({ workspace, deps, body: { id, ...body } }) => {
    const { task, created } = await makeTask(workspace, { ...fromWire(body), id, title: body.title });
    return replyWithTask(created ? 201 : 200, task, { location: `${deps.basePath}/api/tasks/${task.id}` });
  },
});
