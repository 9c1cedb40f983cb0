import { TodoError } from "../../domain/errors.ts";
import { OLDEST_PROTOCOL, PROTOCOL } from "../../domain/sync.ts";
import { exchange } from "../../services/sync/exchange.ts";
import { readWireSync, syncAnswer, syncRequest, toWireSync } from "../../services/wire-sync.ts";
import { defineEndpoint, noQuery } from "../endpoint.ts";
import { replyWith } from "../reply.ts";

const LARGEST_BODY = 1024 * 1024;

export const syncTasks = defineEndpoint({
  method: "post",
  path: "/api/sync",
  access: "write",
  operation: "syncTasks",
  summary: "Bring changes of a replica and take those of others",
  description:
    "One exchange, which may be repeated freely. Changes that are not allowed are named in `rejected` and hold up no other. The " +
    "body may be encoded by gzip or zstd.",
  query: noQuery,
  body: syncRequest,
  largestBody: LARGEST_BODY,
  answers: { 200: { description: "What the replica lacks", schema: syncAnswer } },
  fails: ["account_mismatch", "history_changed", "cursor_expired", "clock_skew", "unsupported_protocol"],
  handle: async ({ workspace: { user }, parts: { sync }, body }) => {
    if (body.protocol < OLDEST_PROTOCOL || body.protocol > PROTOCOL) {
      throw new TodoError("unsupported_protocol", `this server speaks ${OLDEST_PROTOCOL} to ${PROTOCOL}`);
    }
    if (body.user !== undefined && body.user !== user) {
      throw new TodoError("account_mismatch", "this replica follows another account");
    }
    return replyWith(200, toWireSync(user, await exchange({ sync, user }, readWireSync(body))));
  },
});
