import { logOut as endSession } from "../../../services/accounts/sessions.ts";
import { refresh } from "../../../contract/accounts.ts";
import { defineOpen } from "../../account-endpoint.ts";

export const logOut = defineOpen({
  method: "post",
  path: "/api/auth/logout",
  operation: "logOut",
  summary: "Sign out",
  description:
    "Ends the session of a refresh token, also if that was used before. Its access tokens end with it. " +
    "What was never issued ends nothing, and is answered alike.",
  body: refresh,
  responses: { 204: { description: "There is no such session any more" } },
  handle: async ({ accounts, body }) => {
    await endSession(accounts, body.refresh_token);
    return { status: 204 };
  },
});
