import type { WireSession } from "../../../contract/account-replies.ts";
import type { WirePageGrant, WirePageSettings } from "../../../contract/web.ts";
import { type ErrorCode, ERROR_CODES, TodoError } from "../../../domain/errors.ts";

export type Credentials = { readonly email: string; readonly password: string; readonly invite?: string };

const TIMEOUT_MS = 20_000;

/** Throws `unavailable` without a network, and what the server refuses. All functions here do. */
export function fetchConfig(): Promise<WirePageSettings> {
  return request("app/config.json", { method: "GET", cache: "no-store" });
}

export function signIn(credentials: Credentials): Promise<WirePageGrant> {
  return post("api/web/login", { ...credentials, device: nameBrowser() });
}

export function signUp(credentials: Credentials): Promise<WirePageGrant> {
  return post("api/web/register", { ...credentials, device: nameBrowser() });
}

/** Throws `unauthorized` if the account is not signed in any more. */
export function refresh(account: string): Promise<WirePageGrant> {
  return post("api/web/refresh", { account });
}

export async function signOut(account: string): Promise<void> {
  await post("api/web/logout", { account });
}

/** Exchanges the code with which `todo web` opened the page. */
export function redeemCode(code: string): Promise<WirePageGrant> {
  return post("api/web/code", { code });
}

/** Asks another server for a token, such as the front end's Better Auth. It knows the person by a cookie of its own. */
export async function fetchForeignToken(url: string): Promise<string> {
  const { token } = await request<{ readonly token: string }>(url, { method: "GET", credentials: "include" });
  return token;
}

export function listSessions(token: string): Promise<readonly WireSession[]> {
  return authorized("api/auth/sessions", "GET", token);
}

/** Locks a device out. */
export async function revokeSession(token: string, id: string): Promise<void> {
  await authorized(`api/auth/sessions/${encodeURIComponent(id)}`, "DELETE", token);
}

/** All other devices are signed out then. */
export async function changePassword(token: string, current: string, next: string): Promise<void> {
  await authorized("api/auth/password", "POST", token, { current_password: current, new_password: next });
}

/** Deletes the account with all its tasks on the server. */
export async function deleteAccount(token: string, password: string): Promise<void> {
  await authorized("api/me", "DELETE", token, { password });
}

function authorized<Reply>(path: string, method: string, token: string, body?: object): Promise<Reply> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body && { "content-type": "application/json" }),
  };
  return request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

function post<Reply>(path: string, body: object): Promise<Reply> {
  const headers = { "content-type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function request<Reply>(path: string, init: RequestInit): Promise<Reply> {
  let response: Response;
  try {
    response = await fetch(new URL(path, document.baseURI), { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new TodoError("unavailable", "The server can't be reached.", { cause });
  }
  if (response.status === 204) return response.json().catch(() => ({}));
  const reply = await response.json().catch(() => ({}));
  if (!response.ok) throw toError(response, reply);
  return reply;
}

type Problem = { readonly code?: string; readonly detail?: string; readonly errors?: readonly ProblemPart[] };
type ProblemPart = { readonly path: string; readonly message: string };

function toError({ status, headers }: Response, { code, detail, errors = [] }: Problem): TodoError {
  const known =
    ERROR_CODES.find((each): each is ErrorCode => each === code) ?? (status === 401 ? "unauthorized" : "unavailable");
  const wait = Number(headers.get("retry-after"));
  return new TodoError(known, detail ?? `The server answers with status ${status}.`, {
    issues: [...errors],
    ...(wait > 0 && { retryAfter: wait }),
  });
}

/** What the session is called where the person sees their devices: `Firefox on Linux`. */
function nameBrowser(): string {
  const { userAgent } = navigator;
  const find = (names: readonly (readonly [string, string])[]) => names.find(([mark]) => userAgent.includes(mark))?.[1];
  const browser = find([
    ["Firefox/", "Firefox"],
    ["Edg/", "Edge"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
  ]);
  const system = find([
    ["Android", "Android"],
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Mac OS", "Mac"],
    ["Windows", "Windows"],
    ["Linux", "Linux"],
  ]);
  return `${browser ?? "Browser"}${system === undefined ? "" : ` on ${system}`}`;
}
