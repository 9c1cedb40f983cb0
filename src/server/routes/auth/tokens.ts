import { z } from "zod";
import { createPersonalToken, removePersonalToken } from "../../../services/accounts/personal-tokens.ts";
import { toWireToken, wireNewToken, wireToken } from "../../../contract/account-replies.ts";
import { tokenOrder } from "../../../contract/accounts.ts";
import { defineForAccount } from "../../account-endpoint.ts";
import { noBody, noQuery } from "../../endpoint.ts";
import { limitPasswordGuesses } from "../../limits/limit-password-guesses.ts";
import { replyWith } from "../../http/reply.ts";

export const listTokens = defineForAccount({
  method: "get",
  path: "/api/auth/tokens",
  operation: "listTokens",
  summary: "List your personal tokens",
  query: noQuery,
  body: noBody,
  responses: { 200: { description: "Your tokens, the oldest first", schema: z.array(wireToken) } },
  handle: async ({ accounts, holder }) =>
    replyWith(200, (await accounts.accounts.listTokens(holder.account)).map(toWireToken)),
});

export const createToken = defineForAccount({
  method: "post",
  path: "/api/auth/tokens",
  operation: "createToken",
  summary: "Make a personal token for a program",
  description: "It needs the password once more, because a token outlives the session.",
  query: noQuery,
  body: tokenOrder,
  responses: { 201: { description: "The token, which is never shown again", schema: wireNewToken } },
  errors: ["quota_exceeded"],
  handle: async (call) => {
    const { accounts, holder, body } = call;
    const guess = { by: { id: holder.account }, kind: "token_create", wrong: "forbidden" } as const;
    const create = () => createPersonalToken(accounts, holder.account, body);
    const { token, text } = await limitPasswordGuesses(call, guess, create);
    return replyWith(201, { ...toWireToken(token), token: text });
  },
});

export const revokeToken = defineForAccount({
  method: "delete",
  path: "/api/auth/tokens/{id}",
  operation: "revokeToken",
  summary: "End a personal token",
  query: noQuery,
  body: noBody,
  responses: { 204: { description: "The token is good for nothing any more" } },
  errors: ["not_found"],
  handle: async ({ accounts, holder, id }) => {
    await removePersonalToken(accounts, holder.account, id);
    return { status: 204 };
  },
});
