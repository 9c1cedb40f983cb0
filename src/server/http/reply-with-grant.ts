import type { Grant } from "../../domain/accounts.ts";
import { toWireGrant } from "../../contract/account-replies.ts";
import type { RequestContext } from "../request-context.ts";
import { replyWith, type Reply } from "./reply.ts";

/** What somebody gets who came in. The log then names them. */
export function replyWithGrant(status: number, grant: Grant, context: RequestContext): Reply {
  context.user = grant.account;
  return replyWith(status, toWireGrant(grant));
}
