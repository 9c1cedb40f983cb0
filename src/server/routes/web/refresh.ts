import type { PageGrant } from "../../../domain/accounts.ts";
import { pageAccount, wirePageGrant } from "../../../contract/web.ts";
import { readOwnerToken } from "../../../services/accounts/opaque-secrets.ts";
import { overSession, renewSession } from "../../../services/accounts/sessions.ts";
import type { AccountCall } from "../../account-endpoint.ts";
import { replyToPage } from "../../http/reply-to-page.ts";
import { readSession } from "../../http/session-cookie.ts";
import { requireOwner } from "../../limits/require-owner.ts";
import { defineForPage } from "../../page-endpoint.ts";

export const refreshPage = defineForPage({
  method: "post",
  path: "/api/web/refresh",
  operation: "refreshPage",
  summary: "Renew a session of the page",
  description: "As `POST /api/auth/refresh`, for the cookie of the account that the body names.",
  body: pageAccount,
  responses: {
    200: { description: "A new access token and the next cookie", schema: wirePageGrant, headers: ["Set-Cookie"] },
  },
  errors: ["unauthorized"],
  handle: async ({ accounts, body, context }) => {
    const refreshToken = readSession(context, body.account);
    if (refreshToken === undefined) throw overSession();
    const granted = await renew({ accounts, context }, refreshToken);
    // A cookie that is under the name of another account was put there by somebody else.
    if (granted.account !== body.account) throw overSession();
    return replyToPage(200, granted, context);
  },
});

async function renew(
  { accounts, context }: Pick<AccountCall<unknown>, "accounts" | "context">,
  refreshToken: string,
): Promise<PageGrant> {
  const { owner } = context.deps;
  if (owner !== null && readOwnerToken(refreshToken) !== null) {
    await requireOwner(context);
    return owner.renew(refreshToken);
  }
  const granted = await renewSession(accounts, refreshToken);
  return { ...granted, user: granted.account };
}
