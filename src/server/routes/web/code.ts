import { TodoError } from "../../../domain/errors.ts";
import { pageCode, wirePageCode, wirePageGrant } from "../../../contract/web.ts";
import { type OwnerSessions, PAGE_CODE_LIFETIME_MS } from "../../../services/accounts/owner-sessions.ts";
import { LOCAL_USER } from "../../../services/workspace.ts";
import { defineEndpoint, noBody, noQuery } from "../../endpoint.ts";
import { replyToPage } from "../../http/reply-to-page.ts";
import { replyWith } from "../../http/reply.ts";
import { requireOwner } from "../../limits/require-owner.ts";
import { defineForPage } from "../../page-endpoint.ts";
import type { RequestContext } from "../../request-context.ts";

export const createPageCode = defineEndpoint({
  method: "post",
  path: "/api/web/codes",
  operation: "createPageCode",
  summary: "Make a code that opens the page",
  description:
    "For the owner of the server's database, who has no account: `todo web` asks for one. It is good once, for a minute.",
  access: "write",
  query: noQuery,
  body: noBody,
  responses: { 201: { description: "The code", schema: wirePageCode } },
  handle: async ({ identity, context }) => {
    const owner = requireOwnerSessions(context);
    if (identity.user !== LOCAL_USER) throw new TodoError("forbidden", "only the owner of the database can do this");
    return replyWith(201, { code: owner.createCode(), expires_in: PAGE_CODE_LIFETIME_MS / 1000 });
  },
});

export const openPage = defineForPage({
  method: "post",
  path: "/api/web/code",
  operation: "openPage",
  summary: "Sign in to the page with a code",
  description:
    "For the owner of the server's database, on the machine of the server. The session ends with the server.",
  body: pageCode,
  responses: { 200: { description: "The owner is signed in", schema: wirePageGrant, headers: ["Set-Cookie"] } },
  errors: ["unauthorized"],
  handle: async ({ body, context }) => {
    const owner = requireOwnerSessions(context);
    await requireOwner(context);
    return replyToPage(200, await owner.open(body.code), context);
  },
});

function requireOwnerSessions({ deps }: RequestContext): OwnerSessions {
  if (deps.web !== null && deps.owner !== null) return deps.owner;
  throw new TodoError("forbidden", "this server signs nobody in with a code: it has no page, or others reach it");
}
