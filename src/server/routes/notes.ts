import { newNote } from "../../contract/note-schema.ts";
import { wireTask } from "../../contract/task-schema.ts";
import { findTask } from "../../services/tasks/find-tasks.ts";
import { addNote, removeNote } from "../../services/tasks/note-tasks.ts";
import { defineEndpoint, noBody, noQuery } from "../endpoint.ts";
import { readIfMatch } from "../http/etag.ts";
import { replyWithOutcome } from "../http/reply.ts";

const RESPONSES = { 200: { description: "The task as it is now", schema: wireTask, headers: ["ETag"] } } as const;

export const createNote = defineEndpoint({
  method: "post",
  path: "/api/tasks/{id}/notes",
  access: "write",
  operation: "createNote",
  summary: "Add a note to a task",
  description: "With an `id` of your own it can be repeated. A note with that id gets the text.",
  query: noQuery,
  body: newNote,
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: RESPONSES,
  handle: async ({ workspace, id, body, header }) => {
    const find = async () => [await findTask(workspace, id)];
    const note = { text: body.text, id: body.id ?? workspace.system.newId() };
    return replyWithOutcome(await addNote(workspace, find, note, readIfMatch(header("if-match"))));
  },
});

export const deleteNote = defineEndpoint({
  method: "delete",
  path: "/api/tasks/{id}/notes/{note}",
  access: "write",
  operation: "deleteNote",
  summary: "Remove a note from a task",
  description: "Can be repeated: a note that is not there is removed already.",
  query: noQuery,
  body: noBody,
  conditional: "If-Match",
  errors: ["quota_exceeded"],
  responses: RESPONSES,
  handle: async ({ workspace, id, note, header }) => {
    const find = async () => [await findTask(workspace, id)];
    return replyWithOutcome(await removeNote(workspace, find, note, readIfMatch(header("if-match"))));
  },
});
