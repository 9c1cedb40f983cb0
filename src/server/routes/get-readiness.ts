import { TodoError } from "../../domain/errors.ts";
import { wireHealth } from "../../contract/replies.ts";
import { definePublic } from "../endpoint.ts";
import { replyWith } from "../http/reply.ts";

export const getReadiness = definePublic({
  method: "get",
  path: "/ready",
  operation: "getReadiness",
  summary: "Say that requests can be answered",
  responses: { 200: { description: "The store answers and has the schema of this version", schema: wireHealth } },
  handle: async ({ store, version, isDraining }) => {
    if (isDraining()) throw new TodoError("unavailable", "the server is stopping");
    await store.ping();
    return replyWith(200, { status: "ok", version });
  },
});
