import type { Grant } from "../../domain/accounts.ts";
import { toWireGrant } from "../../contract/account-replies.ts";
import type { Exchange } from "../exchange.ts";
import { replyWith, type Reply } from "./reply.ts";

/** What somebody gets who came in. The log then names them. */
export function replyWithGrant(status: number, grant: Grant, exchange: Exchange): Reply {
  exchange.user = grant.account;
  return replyWith(status, toWireGrant(grant));
}
