import type { Grant } from "../../domain/accounts.ts";
import { toWireGrant } from "../../contract/account-replies.ts";
import type { RequestContext } from "../request-context.ts";
import { replyWith, type Reply } from "./reply.ts";

/** Replies with the tokens of a sign-in. The log then names the user. */
export function replyWithGrant(status: number, grant: Grant, context: RequestContext): Reply {
  context.user = grant.account;
  return replyWith(status, toWireGrant(grant));
}
