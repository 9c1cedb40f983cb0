import type { DeviceRequest, Polled } from "../../ports/accounts.ts";
import { TodoError } from "../../domain/errors.ts";
import { describeQuota } from "../../domain/quotas.ts";
import type { AccountDeps } from "./account-deps.ts";
import { draftSession, grant } from "./grants.ts";
import { type Grant } from "../../domain/accounts.ts";
import { hashSecret, makeDeviceCode, makeUserCode } from "./opaque-secrets.ts";

/** How long a device may wait, and how long between two of its questions. */
export const DEVICE_LIFETIME_MS = 10 * 60_000;
export const DEVICE_POLL_INTERVAL_MS = 5000;

/** A session lets devices in so long after its sign-in. One that was stolen is older as a rule, and must not make others. */
const MAX_SIGN_IN_AGE_MS = 15 * 60_000;

const ATTEMPTS = 5;

/** The reason why a device gets no session, in the words of RFC 8628, 3.5 and RFC 6749, 5.2. */
export type DeviceRefusal = {
  readonly error: "authorization_pending" | "slow_down" | "access_denied" | "expired_token" | "invalid_grant";
  /** For people. */
  readonly description?: string;
};

export type StartedDevice = { readonly deviceCode: string; readonly userCode: string };

/** Creates the two codes of a device that wants to sign in (RFC 8628, 3.2). */
export async function startDeviceSignIn({ accounts, system }: AccountDeps, device: string): Promise<StartedDevice> {
  const createdAt = system.now();
  const deviceCode = makeDeviceCode();
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const userCode = makeUserCode();
    const request = { device, userCode, createdAt, expiresAt: createdAt + DEVICE_LIFETIME_MS, decision: null };
    const isNew = await accounts.createDeviceRequest({
      ...request,
      hash: hashSecret(deviceCode),
      pollIntervalMs: DEVICE_POLL_INTERVAL_MS,
    });
    if (isNew) return { deviceCode, userCode };
  }
  throw new TodoError("unavailable", "no code is free", { retryAfter: 5 });
}

/** A poll by a device (RFC 8628, 3.4). It gets one session, once. */
export async function pollDeviceSignIn(deps: AccountDeps, deviceCode: string): Promise<Grant | DeviceRefusal> {
  const { session, refreshToken } = await draftSession(deps);
  const polled = await deps.accounts.pollDeviceRequest(hashSecret(deviceCode), {
    ...session,
    slowDownMs: DEVICE_POLL_INTERVAL_MS,
    max: deps.quotas.devices,
  });
  if (!polled) return { error: "invalid_grant" };
  const { request } = polled;
  if (polled.session) {
    const { account } = polled.session;
    deps.record({ kind: "sign_in", outcome: "ok", account, subject: request.device });
    return grant(deps, polled.session, refreshToken);
  }
  return explainRefusal(polled, { now: session.usedAt, devices: deps.quotas.devices });
}

function explainRefusal(
  { request, polledAt, pollIntervalMs, isSurplus }: Polled,
  { now, devices }: { readonly now: number; readonly devices: number },
): DeviceRefusal {
  if (request.decision === "denied") return { error: "access_denied" };
  if (request.expiresAt <= now) return { error: "expired_token" };
  // The account that approved it was disabled since.
  if (request.decision === "approved" && !isSurplus) return { error: "access_denied" };
  if (polledAt !== null && now < polledAt + pollIntervalMs) return { error: "slow_down" };
  if (!isSurplus) return { error: "authorization_pending" };
  return { error: "access_denied", description: describeQuota({ name: "devices", limit: devices, used: devices }) };
}

/** The device that waits with this user code. Throws `not_found`, and `conflict` if it was decided before. */
export async function findDevice(
  { accounts, system, record }: AccountDeps,
  account: string,
  userCode: string | null,
): Promise<DeviceRequest> {
  const request = userCode === null ? null : await accounts.findDeviceRequest(userCode, system.now());
  if (!request) {
    record({ kind: "device_guess", outcome: "failed", account });
    throw new TodoError("not_found", "no device waits with this code");
  }
  if (request.decision !== null) throw usedCode();
  return request;
}

/** Approves or refuses a device, once. Throws as `findDevice` does, and `forbidden` if the sign-in is too long ago to approve. */
export async function decideDevice(
  deps: AccountDeps,
  { account, session }: { readonly account: string; readonly session: string },
  { userCode, isApproved }: { readonly userCode: string | null; readonly isApproved: boolean },
): Promise<void> {
  const { accounts, system, record } = deps;
  const request = await findDevice(deps, account, userCode);
  if (isApproved) await requireRecentSignIn(deps, session);
  const decision = isApproved ? "approved" : "denied";
  const order = { userCode: request.userCode, account, session, decision, now: system.now() } as const;
  if (!(await accounts.decideDeviceRequest(order))) throw usedCode();
  record({ kind: isApproved ? "device_approve" : "device_deny", outcome: "ok", account, subject: request.device });
}

async function requireRecentSignIn({ accounts, system }: AccountDeps, id: string): Promise<void> {
  const now = system.now();
  const found = await accounts.findSession(id, now);
  if (found && now - found.session.createdAt < MAX_SIGN_IN_AGE_MS) return;
  throw new TodoError("forbidden", "sign in again to let a device in");
}

function usedCode(): TodoError {
  return new TodoError("conflict", "this code was used before");
}
