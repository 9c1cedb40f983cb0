import type { WireSession } from "../../../contract/account-replies.ts";
import type { WirePageGrant, WirePageSettings } from "../../../contract/web.ts";
import { readPageGrant, readPageSettings, readSessions } from "../../../contract/read-page-replies.ts";
import { createForeignReplyError, readProblem } from "../../../contract/read-problem.ts";
import { TodoError } from "../../../domain/errors.ts";
import { type ForeignToken, readForeignToken } from "./foreign-token.ts";

export type Credentials = { readonly email: string; readonly password: string; readonly invite?: string };

const TIMEOUT_MS = 20_000;

/** Throws `unavailable` without a network, and what the server refuses. All functions here do. */
export function fetchConfig(): Promise<WirePageSettings> {
  return request("app/config.json", { method: "GET", cache: "no-store" }, readPageSettings);
}

export function signIn(credentials: Credentials): Promise<WirePageGrant> {
  return post("api/web/login", { ...credentials, device: nameBrowser() }, readPageGrant);
}

export function signUp(credentials: Credentials): Promise<WirePageGrant> {
  return post("api/web/register", { ...credentials, device: nameBrowser() }, readPageGrant);
}

/** Throws `unauthorized` if the account is not signed in any more. */
export function refresh(account: string): Promise<WirePageGrant> {
  return post("api/web/refresh", { account }, readPageGrant);
}

export async function signOut(account: string): Promise<void> {
  await post("api/web/logout", { account }, readNothing);
}

/** Exchanges the code with which `todo web` opened the page. */
export function redeemCode(code: string): Promise<WirePageGrant> {
  return post("api/web/code", { code }, readPageGrant);
}

/** Asks another server for a token, such as the front end's Better Auth. It knows the person by a cookie of its own. */
export async function fetchForeignToken(url: string): Promise<ForeignToken> {
  const response = await send(url, { method: "GET", credentials: "include" });
  if (response.status === 401) throw new TodoError("unauthorized", "nobody is signed in there");
  const token = readForeignToken(await response.json().catch(() => null));
  if (!response.ok || !token) throw new TodoError("unavailable", "the server that signs people in gives no token");
  return token;
}

export function listSessions(token: string): Promise<readonly WireSession[]> {
  return authorized("GET", "api/auth/sessions", token, readSessions);
}

/** Locks a device out. */
export async function revokeSession(token: string, id: string): Promise<void> {
  await authorized("DELETE", `api/auth/sessions/${encodeURIComponent(id)}`, token, readNothing);
}

/** All other devices are signed out then. */
export async function changePassword(token: string, current: string, next: string): Promise<void> {
  const body = { current_password: current, new_password: next };
  await authorized("POST", "api/auth/password", token, readNothing, body);
}

/** Deletes the account with all its tasks on the server. */
export async function deleteAccount(token: string, password: string): Promise<void> {
  await authorized("DELETE", "api/me", token, readNothing, { password });
}

function authorized<Reply>(method: string, path: string, token: string, read: ReadReply<Reply>, body?: object) {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body && { "content-type": "application/json" }),
  };
  return request(path, { method, headers, ...(body && { body: JSON.stringify(body) }) }, read);
}

function post<Reply>(path: string, body: object, read: ReadReply<Reply>): Promise<Reply> {
  const headers = { "content-type": "application/json" };
  return request(path, { method: "POST", headers, body: JSON.stringify(body) }, read);
}

/** Reads the JSON of a reply, which is undefined if it has none. Returns undefined for what the server does not say. */
type ReadReply<Reply> = (json: unknown) => Reply | undefined;

async function request<Reply>(path: string, init: RequestInit, read: ReadReply<Reply>): Promise<Reply> {
  const response = await send(path, init);
  const json: unknown = response.status === 204 ? undefined : await response.json().catch(() => null);
  if (!response.ok) throw readProblem(json, response);
  const reply = read(json);
  if (reply === undefined) throw createForeignReplyError(response.status);
  return reply;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(new URL(path, document.baseURI), { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new TodoError("unavailable", "the server can't be reached", { cause });
  }
}

function readNothing(json: unknown): null | undefined {
  return json === undefined ? null : undefined;
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
