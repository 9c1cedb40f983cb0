import { pageAccount } from "../../../contract/web.ts";
import { logOut } from "../../../services/accounts/sessions.ts";
import { forgetSession, readSession } from "../../http/session-cookie.ts";
import { defineForPage } from "../../page-endpoint.ts";

export const logOutOfPage = defineForPage({
  method: "post",
  path: "/api/web/logout",
  operation: "logOutOfPage",
  summary: "Sign out of the page",
  description: "Ends the session of the account that the body names, and has the browser forget its cookie.",
  body: pageAccount,
  responses: { 204: { description: "There is no such session any more", headers: ["Set-Cookie"] } },
  handle: async ({ accounts, body, context }) => {
    const refreshToken = readSession(context, body.account) ?? "";
    context.deps.owner?.end(refreshToken);
    await logOut(accounts, refreshToken);
    return { status: 204, headers: { "set-cookie": forgetSession(context, body.account) } };
  },
});
