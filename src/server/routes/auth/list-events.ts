import { z } from "zod";
import { authLogQuery, toWireAuthEvent, wireAuthEvent } from "../../../contract/auth-events.ts";
import { defineForAccount } from "../../account-endpoint.ts";
import { noBody } from "../../endpoint.ts";
import { replyWith } from "../../http/reply.ts";

export const listEvents = defineForAccount({
  method: "get",
  path: "/api/auth/log",
  operation: "listEvents",
  summary: "List what happened to your account",
  description: "Sign-ins, failures, changes of passwords and tokens, and from where, for 180 days.",
  query: authLogQuery,
  body: noBody,
  responses: { 200: { description: "The events, the newest first", schema: z.array(wireAuthEvent) } },
  handle: async ({ accounts, holder, query, context }) => {
    // What this client did a moment ago may still be on its way to the database.
    await context.deps.accounts?.events.settled();
    const page = { now: accounts.system.now(), limit: query.limit };
    return replyWith(200, (await accounts.accounts.listEvents(holder.account, page)).map(toWireAuthEvent));
  },
});
