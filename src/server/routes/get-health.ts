import { wireHealth } from "../../contract/replies.ts";
import { definePublic } from "../endpoint.ts";
import { replyWith } from "../http/reply.ts";

export const getHealth = definePublic({
  method: "get",
  path: "/health",
  operation: "getHealth",
  summary: "Say that the process is up",
  responses: { 200: { description: "The process is up", schema: wireHealth } },
  handle: ({ version }) => replyWith(200, { status: "ok", version }),
});
