import { decideDevice as decide, findDevice } from "../../../services/accounts/device-sign-in.ts";
import { readUserCode } from "../../../services/accounts/opaque-secrets.ts";
import { toWireDeviceRequest, wireDeviceRequest } from "../../../contract/account-replies.ts";
import { deviceDecision, deviceQuery } from "../../../contract/accounts.ts";
import { defineForAccount, type Holder } from "../../account-endpoint.ts";
import { noBody, noQuery } from "../../endpoint.ts";
import { limitFailedAttempts } from "../../limits/limit-failed-attempts.ts";
import { replyWith } from "../../http/reply.ts";

export const showDevice = defineForAccount({
  method: "get",
  path: "/api/auth/device",
  operation: "showDevice",
  summary: "Say which device waits with a code",
  query: deviceQuery,
  body: noBody,
  responses: { 200: { description: "The device", schema: wireDeviceRequest } },
  errors: ["not_found", "conflict"],
  handle: async ({ accounts, holder, limits, query }) => {
    const userCode = readUserCode(query.user_code);
    const request = await limitFailedAttempts(limits.guesses, guessOf(holder), () =>
      findDevice(accounts, holder.account, userCode),
    );
    return replyWith(200, toWireDeviceRequest(request));
  },
});

export const decideDevice = defineForAccount({
  method: "post",
  path: "/api/auth/device/decision",
  operation: "decideDevice",
  summary: "Let a device in, or refuse it",
  description:
    "To let one in, the sign-in must be less than 15 minutes ago: a session that was stolen must not make others.",
  query: noQuery,
  body: deviceDecision,
  responses: { 204: { description: "The device will be told" } },
  errors: ["not_found", "conflict"],
  handle: async ({ accounts, holder, limits, body }) => {
    const decision = { userCode: readUserCode(body.user_code), isApproved: body.approve };
    await limitFailedAttempts(limits.guesses, guessOf(holder), () => decide(accounts, holder, decision));
    return { status: 204 };
  },
});

/** Wrong user codes count against the account (RFC 8628, 5.1). */
function guessOf({ account }: Holder) {
  return { key: account, wrong: "not_found" } as const;
}
