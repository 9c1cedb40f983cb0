import type { Count } from "../columns.ts";
import type { Account, DeviceRequest, PersonalToken, Session } from "../../ports/accounts.ts";

export type AccountRow = {
  readonly id: string;
  readonly email: string;
  readonly password_hash: string;
  readonly created_at: Count;
  readonly disabled_at: Count | null;
};

export type SessionRow = {
  readonly id: string;
  readonly account_id: string;
  readonly device: string;
  readonly created_at: Count;
  readonly used_at: Count;
  readonly expires_at: Count;
};

export type TokenRow = {
  readonly id: string;
  readonly account_id: string;
  readonly name: string;
  readonly last8: string;
  readonly scopes: string;
  readonly created_at: Count;
  readonly expires_at: Count | null;
  readonly used_at: Count | null;
};

export type DeviceRow = {
  readonly user_code: string;
  readonly device: string;
  readonly created_at: Count;
  readonly expires_at: Count;
  readonly decision: DeviceRequest["decision"];
};

export function toCount(count: Count | null): number | null {
  return count === null ? null : Number(count);
}

export function decodeAccount(row: AccountRow): Account {
  return {
    id: row.id,
    email: row.email,
    passwordHash: row.password_hash,
    createdAt: Number(row.created_at),
    disabledAt: toCount(row.disabled_at),
  };
}

export function decodeSession(row: SessionRow): Session {
  return {
    id: row.id,
    account: row.account_id,
    device: row.device,
    createdAt: Number(row.created_at),
    usedAt: Number(row.used_at),
    expiresAt: Number(row.expires_at),
  };
}

export function decodeToken(row: TokenRow): PersonalToken {
  return {
    id: row.id,
    account: row.account_id,
    name: row.name,
    last8: row.last8,
    scopes: row.scopes.split(" ").filter((scope) => scope !== ""),
    createdAt: Number(row.created_at),
    expiresAt: toCount(row.expires_at),
    usedAt: toCount(row.used_at),
  };
}

export function decodeDeviceRequest(row: DeviceRow): DeviceRequest {
  return {
    device: row.device,
    userCode: row.user_code,
    createdAt: Number(row.created_at),
    expiresAt: Number(row.expires_at),
    decision: row.decision,
  };
}
