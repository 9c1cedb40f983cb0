import type { Grant, PageGrant } from "../../domain/accounts.ts";
import { toWirePageGrant } from "../../contract/web.ts";
import type { RequestContext } from "../request-context.ts";
import { type Reply, replyWith } from "./reply.ts";
import { keepSession } from "./session-cookie.ts";

/** Replies with the tokens of a sign-in of the page: the refresh token goes into a cookie. The log then names the user. */
export function replyToPage(status: number, grant: PageGrant, context: RequestContext): Reply {
  context.user = grant.user;
  const cookie = keepSession(context, grant.account, grant.refreshToken);
  return { ...replyWith(status, toWirePageGrant(grant)), headers: { "set-cookie": cookie } };
}

/** The same for an account. */
export function replyToAccount(status: number, grant: Grant, context: RequestContext): Reply {
  return replyToPage(status, { ...grant, user: grant.account }, context);
}
