import { z } from "zod";
import { endSession, listSessions as findSessions } from "../../../services/accounts/sessions.ts";
import { toWireSession, wireSession } from "../../../contract/account-replies.ts";
import { defineForAccount } from "../../account-endpoint.ts";
import { noBody, noQuery } from "../../endpoint.ts";
import { replyWith } from "../../http/reply.ts";

export const listSessions = defineForAccount({
  method: "get",
  path: "/api/auth/sessions",
  operation: "listSessions",
  summary: "List the devices that are signed in",
  query: noQuery,
  body: noBody,
  responses: { 200: { description: "Your devices, the last used first", schema: z.array(wireSession) } },
  handle: async ({ accounts, holder }) => {
    const sessions = await findSessions(accounts, holder.account);
    return replyWith(
      200,
      sessions.map((session) => toWireSession(session, holder.session)),
    );
  },
});

export const revokeSession = defineForAccount({
  method: "delete",
  path: "/api/auth/sessions/{id}",
  operation: "revokeSession",
  summary: "Lock a device out",
  description: "Its tokens are refused at once, by other servers on the same database within a second.",
  query: noQuery,
  body: noBody,
  responses: { 204: { description: "The device is signed out" } },
  errors: ["not_found"],
  handle: async ({ accounts, holder, id }) => {
    await endSession(accounts, holder.account, id);
    return { status: 204 };
  },
});
