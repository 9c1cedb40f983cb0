const PREFLIGHT_AGE_S = 600;
const METHODS = "GET,POST,PUT,PATCH,DELETE";
/** Headers of a request that the API reads. */
const REQUEST_HEADERS = [
  "Authorization",
  "Content-Encoding",
  "Content-Type",
  "If-Match",
  "If-None-Match",
  "Todo-Protocol",
  "X-Request-Id",
];
/** Headers of a reply that say something to a page. */
const REPLY_HEADERS = [
  "Allow",
  "Accept-Patch",
  "Content-Disposition",
  "ETag",
  "Link",
  "Location",
  "Retry-After",
  "Todo-Occurrence",
  "Todo-Protocol",
  "WWW-Authenticate",
  "X-Request-Id",
];
/** Of the header in which a browser names the headers of a request. No page needs more. */
const MAX_ASKED_CHARACTERS = 2048;
/** A header's name (RFC 9110, 5.6.2), but for the `*` that would stand for any. */
const HEADER_NAME = /^[!#$%&'+\-.^_`|~\w]+$/;

/** Answers a request, and lets pages of some origins read the answer. */
export type AllowOrigins = (request: Request, answer: () => Promise<Response>) => Promise<Response>;

/**
 * Lets front ends of these origins call from browsers, which ask first
 * (https://fetch.spec.whatwg.org/#http-cors-protocol). Requests from outside a browser have no `Origin` and pass
 * unchanged.
 */
export function allowOrigins(origins: readonly string[]): AllowOrigins {
  return async (request, answer) => {
    const origin = request.headers.get("origin");
    if (origins.length === 0 || origin === null) return answer();
    const isPreflight = request.method === "OPTIONS";
    const response = isPreflight ? new Response(null, { status: 204 }) : await answer();
    const isAllowed = origins.includes(origin);
    const allowing = isAllowed ? { ...readableBy(origin), ...(isPreflight && allowRequest(request)) } : {};
    for (const [name, value] of Object.entries(allowing)) response.headers.set(name, value);
    response.headers.append("vary", isPreflight ? "Origin, Access-Control-Request-Headers" : "Origin");
    return response;
  };
}

/**
 * The headers of a reply that a page of the origin may read. It may send credentials too, as many clients always do.
 * That allows nothing: a cookie is no token here, and the routes that read one take requests of this server's own page alone.
 */
function readableBy(origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": REPLY_HEADERS.join(","),
  };
}

/** The answer to a browser that asks before a request. */
function allowRequest({ headers }: Request): Record<string, string> {
  const asked = headers.get("access-control-request-headers") ?? "";
  return {
    "access-control-allow-methods": METHODS,
    "access-control-allow-headers": [...REQUEST_HEADERS, ...readNames(asked)].join(","),
    "access-control-max-age": String(PREFLIGHT_AGE_S),
  };
}

/**
 * The names of headers that a page wants to send. Tracers such as Sentry and OpenTelemetry add some to each request, and
 * would break it. Which ones come makes no difference to this server.
 */
function readNames(asked: string): string[] {
  if (asked.length > MAX_ASKED_CHARACTERS) return [];
  return asked
    .split(",")
    .map((name) => name.trim())
    .filter((name) => HEADER_NAME.test(name));
}
