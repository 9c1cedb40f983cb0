import {
  DEVICE_LIFETIME_MS,
  DEVICE_POLL_INTERVAL_MS,
  pollDeviceSignIn,
  startDeviceSignIn,
} from "../../../services/accounts/device-sign-in.ts";
import { DEVICE_GRANT_TYPE, formatUserCode } from "../../../domain/accounts.ts";
import { wireDeviceOrder, wireDeviceRefusal, wireGrant } from "../../../contract/account-replies.ts";
import { deviceOrder, devicePoll } from "../../../contract/accounts.ts";
import { defineOpen } from "../../account-endpoint.ts";
import { readBaseUrl } from "../../http/base-url.ts";
import { replyWith } from "../../http/reply.ts";
import { replyWithGrant } from "../../http/reply-with-grant.ts";

export const startDevice = defineOpen({
  method: "post",
  path: "/api/auth/device",
  operation: "startDevice",
  summary: "Ask to let a device in",
  description: "RFC 8628. Somebody who is signed in lets it in at `verification_uri`.",
  body: deviceOrder,
  form: true,
  responses: { 200: { description: "The codes", schema: wireDeviceOrder } },
  handle: async ({ accounts, body, limits, networks, context }) => {
    limits.devices.consume(networks);
    const page = `${readBaseUrl(context)}/device`;
    const { deviceCode, userCode } = await startDeviceSignIn(accounts, body.device);
    const shown = formatUserCode(userCode);
    return replyWith(200, {
      device_code: deviceCode,
      user_code: shown,
      verification_uri: page,
      verification_uri_complete: `${page}?user_code=${shown}`,
      expires_in: DEVICE_LIFETIME_MS / 1000,
      interval: DEVICE_POLL_INTERVAL_MS / 1000,
    });
  },
});

export const pollDevice = defineOpen({
  method: "post",
  path: "/api/auth/device/token",
  operation: "pollDevice",
  summary: "Ask whether the device was let in",
  description: `RFC 8628. \`grant_type\` is \`${DEVICE_GRANT_TYPE}\`.`,
  body: devicePoll,
  form: true,
  responses: {
    200: { description: "It was: the device is signed in", schema: wireGrant },
    400: { description: "It was not, or not yet", schema: wireDeviceRefusal },
  },
  handle: async ({ accounts, body, context }) => {
    if (body.grant_type !== DEVICE_GRANT_TYPE) return replyWith(400, { error: "unsupported_grant_type" });
    const polled = await pollDeviceSignIn(accounts, body.device_code);
    if (!("error" in polled)) return replyWithGrant(200, polled, context);
    const { error, description } = polled;
    return replyWith(400, { error, ...(description !== undefined && { error_description: description }) });
  },
});
