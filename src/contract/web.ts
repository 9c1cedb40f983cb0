import { z } from "zod";
import type { PageGrant } from "../domain/accounts.ts";
import { toWireGrant, wireGrant } from "./account-replies.ts";

const account = z
  .string()
  .max(256)
  .meta({ description: "What the page calls the account: the member of the sign-in's reply" });

/** A sign-in of the page. Its refresh token is in a cookie, which no script can read. */
export const wirePageGrant = wireGrant
  .omit({ refresh_token: true })
  .extend({
    account,
    user: z.strictObject({
      id: z.string(),
      email: z.string().nullable().meta({ description: "null for the owner of the server's database" }),
    }),
  })
  .meta({ id: "PageGrant" });

export type WirePageGrant = z.output<typeof wirePageGrant>;

/** The account whose cookie is meant. A browser has one for each account that is signed in. */
export const pageAccount = z
  .strictObject({ account })
  .meta({ id: "PageAccount", examples: [{ account: "acct_019a9f3c-51c8-7000-8000-0000000000aa" }] });

export const pageCode = z
  .strictObject({ code: z.string().max(256) })
  .meta({ id: "PageCode", examples: [{ code: "todo_web_…" }] });

export const wirePageCode = z
  .strictObject({ code: z.string(), expires_in: z.int().meta({ description: "Seconds" }) })
  .meta({ id: "NewPageCode" });

/** What the page must know of its server before anybody is signed in. */
export const wirePageSettings = z
  .strictObject({
    version: z.string(),
    accounts: z
      .strictObject({ signup: z.enum(["open", "invite", "closed"]).meta({ description: "Who can make an account" }) })
      .nullable()
      .meta({ description: "null: the server has no accounts" }),
    token_url: z.url().nullable().meta({ description: "Where the page gets tokens of another issuer" }),
    signin_url: z.url().nullable().meta({ description: "Where people sign in to that issuer" }),
    owner: z.boolean().meta({ description: "Whether `todo web` signs in the owner of the server's database" }),
  })
  .meta({ id: "PageSettings" });

export type WirePageSettings = z.output<typeof wirePageSettings>;

export function toWirePageGrant({ user, email, ...grant }: PageGrant): WirePageGrant {
  const { refresh_token: _, ...rest } = toWireGrant({ ...grant, email: "" });
  return { ...rest, account: grant.account, user: { id: user, email } };
}
