import { TodoError } from "../../../domain/errors.ts";
import { wirePageSettings } from "../../../contract/web.ts";
import type { AccountServices } from "../../../services/accounts/account-deps.ts";
import { definePublic } from "../../endpoint.ts";
import { replyWith } from "../../http/reply.ts";

export const getPageSettings = definePublic({
  method: "get",
  path: "/app/config.json",
  operation: "getPageSettings",
  summary: "Say what the page can do here",
  responses: { 200: { description: "The settings", schema: wirePageSettings } },
  errors: ["not_found"],
  handle: async ({ web, version, accounts, owner }) => {
    if (web === null) throw new TodoError("not_found", "this server has no page");
    return replyWith(200, {
      version,
      accounts: accounts && { signup: await findSignup(accounts) },
      token_url: web.tokenUrl,
      signin_url: web.signInUrl,
      owner: owner !== null,
    });
  },
});

/** Who can sign up by now: the first account is anyone's to make. */
async function findSignup({ signup, accounts }: AccountServices): Promise<"open" | "invite" | "closed"> {
  if (signup !== "first") return signup;
  return (await accounts.hadAccounts()) ? "invite" : "open";
}
