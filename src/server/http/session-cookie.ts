import { isLoopback } from "../../domain/loopback.ts";
import { SESSION_LIFETIME_MS } from "../../services/accounts/grants.ts";
import type { RequestContext } from "../request-context.ts";
import { readBaseUrl } from "./base-url.ts";

const NAME = "todo-session";
/** Of the hash of an account, so that a browser can have sessions of several. */
const ACCOUNT_CHARACTERS = 12;
/** No other page, and no script. A browser sends it for requests of this very page alone. */
const ATTRIBUTES = "Path=/; HttpOnly; SameSite=Strict";

/** The header that keeps a refresh token of the page in the browser, for as long as the session lives. */
export function keepSession(context: RequestContext, account: string, refreshToken: string): string {
  return writeCookie(context, account, refreshToken, SESSION_LIFETIME_MS / 1000);
}

/** The header that makes the browser forget it. */
export function forgetSession(context: RequestContext, account: string): string {
  return writeCookie(context, account, "", 0);
}

/** The refresh token that the browser has for an account, or undefined without one. */
export function readSession(context: RequestContext, account: string): string | undefined {
  const beginning = `${nameCookie(account, isSecured(context))}=`;
  const pairs = (context.request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(beginning))?.slice(beginning.length);
}

function writeCookie(context: RequestContext, account: string, value: string, maxAgeS: number): string {
  const secured = isSecured(context);
  return `${nameCookie(account, secured)}=${value}; ${ATTRIBUTES}; Max-Age=${maxAgeS}${secured ? "; Secure" : ""}`;
}

/** With the prefix a browser takes it only by TLS, from this very host and for all of its paths (RFC 6265bis, 4.1.3.2). */
function nameCookie(account: string, secured: boolean): string {
  const hash = new Bun.CryptoHasher("sha256").update(account).digest("hex").slice(0, ACCOUNT_CHARACTERS);
  return `${secured ? "__Host-" : ""}${NAME}-${hash}`;
}

/**
 * False on this machine without TLS, where Safari keeps no secured cookie. The browser knows better than a server behind a proxy
 * which address the page has, and says it as the origin.
 */
function isSecured(context: RequestContext): boolean {
  const origin = URL.parse(context.request.headers.get("origin") ?? "") ?? new URL(readBaseUrl(context));
  return origin.protocol !== "http:" || !isLoopback(origin.hostname);
}
