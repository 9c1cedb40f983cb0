import type { Exchange } from "./exchange.ts";
import type { Reply } from "./reply.ts";

/** Headers of every reply that don't depend on it (OWASP HTTP Headers Cheat Sheet, REST Security Cheat Sheet). */
const BASE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** A reply as HTTP. A body is JSON where the reply says nothing else. */
export function render({ status, json, headers }: Reply, { id, request }: Exchange): Response {
  if (json === undefined) {
    return new Response(null, { status, headers: { ...BASE_HEADERS, "x-request-id": id, ...headers } });
  }
  // The router takes the body away from an answer to HEAD, and with it the length.
  const length = request.method === "HEAD" && { "content-length": String(Buffer.byteLength(json)) };
  const type = { "content-type": "application/json" };
  return new Response(json, {
    status,
    headers: { ...BASE_HEADERS, "x-request-id": id, ...type, ...headers, ...length },
  });
}

/** Gives a response that was made elsewhere the headers of every reply, where it has none of its own. */
export function complete(response: Response, requestId: string): void {
  for (const [name, value] of Object.entries({ ...BASE_HEADERS, "x-request-id": requestId })) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
}
