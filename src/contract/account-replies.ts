import { z } from "zod";
import type { DeviceRequest, PersonalToken, Session } from "../ports/accounts.ts";
import { formatUserCode, type Grant } from "../domain/accounts.ts";

const moment = z.iso.datetime();

/** The token response (RFC 6749, 5.1), and the user it is for. */
export const wireGrant = z
  .strictObject({
    access_token: z.string(),
    token_type: z.literal("Bearer"),
    expires_in: z.int().meta({ description: "Seconds" }),
    refresh_token: z.string(),
    session_id: z.guid(),
    user: z.strictObject({ id: z.string(), email: z.string() }),
  })
  .meta({ id: "Grant" });

export const wireSession = z
  .strictObject({
    id: z.guid(),
    device: z.string(),
    created_at: moment,
    last_used_at: moment,
    expires_at: moment,
    current: z.boolean().meta({ description: "Whether this request came from it" }),
  })
  .meta({ id: "Session" });

export type WireSession = z.output<typeof wireSession>;

export const wireToken = z
  .strictObject({
    id: z.guid(),
    name: z.string(),
    last8: z.string(),
    scopes: z.array(z.string()),
    created_at: moment,
    last_used_at: moment.nullable(),
    expires_at: moment.nullable(),
  })
  .meta({ id: "PersonalToken" });

export const wireNewToken = wireToken
  .extend({ token: z.string().meta({ description: "Shown this once" }) })
  .meta({ id: "NewPersonalToken" });

export const wireDeviceOrder = z
  .strictObject({
    device_code: z.string(),
    user_code: z.string(),
    verification_uri: z.url(),
    verification_uri_complete: z.url(),
    expires_in: z.int(),
    interval: z.int(),
  })
  .meta({ id: "StartedDevice" });

/** RFC 6749, 5.2 and RFC 8628, 3.5. */
export const wireDeviceRefusal = z
  .strictObject({
    error: z.enum([
      "authorization_pending",
      "slow_down",
      "access_denied",
      "expired_token",
      "invalid_grant",
      "unsupported_grant_type",
    ]),
    error_description: z.string().optional(),
  })
  .meta({ id: "DeviceRefusal" });

export const wireDeviceRequest = z
  .strictObject({ user_code: z.string(), device: z.string(), created_at: moment, expires_at: moment })
  .meta({ id: "DeviceRequest" });

export function toWireGrant(grant: Grant): z.output<typeof wireGrant> {
  return {
    access_token: grant.accessToken,
    token_type: "Bearer",
    expires_in: grant.expiresIn,
    refresh_token: grant.refreshToken,
    session_id: grant.session,
    user: { id: grant.account, email: grant.email },
  };
}

export function toWireSession(session: Session, current: string): WireSession {
  return {
    id: session.id,
    device: session.device,
    created_at: toMoment(session.createdAt),
    last_used_at: toMoment(session.usedAt),
    expires_at: toMoment(session.expiresAt),
    current: session.id === current,
  };
}

export function toWireToken(token: PersonalToken): z.output<typeof wireToken> {
  return {
    id: token.id,
    name: token.name,
    last8: token.last8,
    scopes: [...token.scopes],
    created_at: toMoment(token.createdAt),
    last_used_at: token.usedAt === null ? null : toMoment(token.usedAt),
    expires_at: token.expiresAt === null ? null : toMoment(token.expiresAt),
  };
}

export function toWireDeviceRequest(request: DeviceRequest): z.output<typeof wireDeviceRequest> {
  return {
    user_code: formatUserCode(request.userCode),
    device: request.device,
    created_at: toMoment(request.createdAt),
    expires_at: toMoment(request.expiresAt),
  };
}

/** Unix milliseconds as the wire writes them. */
function toMoment(at: number): string {
  return new Date(at).toISOString();
}
