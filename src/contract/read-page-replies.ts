import type { WireSession } from "./account-replies.ts";
import { isObject } from "../domain/is-object.ts";
import type { WirePageGrant, WirePageSettings } from "./web.ts";

// Replies of the routes that the page asks itself, read without a library of schemas, which it has no room for. undefined for a shape
// that this program does not know.

export function readPageGrant(json: unknown): WirePageGrant | undefined {
  return isGrant(json) ? json : undefined;
}

export function readPageSettings(json: unknown): WirePageSettings | undefined {
  return isSettings(json) ? json : undefined;
}

export function readSessions(json: unknown): readonly WireSession[] | undefined {
  return Array.isArray(json) && json.every(isSession) ? json : undefined;
}

function isGrant(json: unknown): json is WirePageGrant {
  if (!isObject(json) || !isObject(json["user"])) return false;
  const { access_token: token, expires_in: seconds, account, user } = json;
  return (
    typeof token === "string" &&
    typeof seconds === "number" &&
    typeof account === "string" &&
    typeof user["id"] === "string" &&
    isTextOrNull(user["email"])
  );
}

function isSettings(json: unknown): json is WirePageSettings {
  if (!isObject(json)) return false;
  const { version, accounts, token_url: tokens, signin_url: door, owner } = json;
  const isAccounts = accounts === null || (isObject(accounts) && typeof accounts["signup"] === "string");
  return typeof version === "string" && isAccounts && [tokens, door].every(isTextOrNull) && typeof owner === "boolean";
}

function isSession(json: unknown): json is WireSession {
  if (!isObject(json)) return false;
  const { id, device, current, created_at: created, last_used_at: used, expires_at: end } = json;
  const isNamed = typeof id === "string" && typeof device === "string" && typeof current === "boolean";
  return isNamed && [created, used, end].every(isMoment);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}

function isMoment(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}
