import type { Context } from "hono";
import { cors } from "hono/cors";

const PREFLIGHT_AGE_S = 600;

/**
 * Lets front ends of these origins call from browsers, which ask first
 * (https://fetch.spec.whatwg.org/#http-cors-protocol). Requests from outside a browser have no `Origin` and pass
 * unchanged.
 */
export function allowOrigins(origins: readonly string[]) {
  const allow = cors({
    origin: [...origins],
    allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: [
      "Authorization",
      "Content-Encoding",
      "Content-Type",
      "If-Match",
      "If-None-Match",
      "Todo-Protocol",
      "X-Request-Id",
    ],
    exposeHeaders: ["ETag", "Link", "Location", "Retry-After", "Todo-Protocol", "WWW-Authenticate", "X-Request-Id"],
    maxAge: PREFLIGHT_AGE_S,
  });
  return async (c: Context, answer: () => Promise<Response>): Promise<Response> => {
    if (origins.length === 0 || c.req.raw.headers.get("origin") === null) return answer();
    const preflight = await allow(c, async () => {
      c.res = await answer();
    });
    return preflight ?? c.res;
  };
}
