import { z } from "zod";
import type { Endpoint } from "../../src/server/endpoint.ts";
import { STATUSES } from "../../src/server/http/statuses.ts";

const WORDS: Readonly<Record<number, string>> = {
  400: "The request is not as it must be; `errors` says where",
  401: "No token, or not a valid one",
  403: "The token is good, but not for this, or `quota` says what there is too much of",
  404: "There is nothing like that of yours",
  409: "Something else is there already, a handle fits several tasks, or the history is another one",
  410: "The cursor is older than what the server still has",
  412: "The task is not the version that If-Match says",
  413: "The body has more bytes than the route takes: 64 KB, or 1 MB with changes of a replica",
  415: "The body is of another type than those here, or not in UTF-8",
  421: "The server listens on its own machine alone, and the request names another host",
  422: "A clock in it is too far ahead of the server's",
  426: "The server speaks other versions of the protocol",
  429: "Too many requests",
  500: "Something broke; only the id of the request is told",
  503: "The store or the key set is out of reach, or the request took too long",
};

const RETRY_AFTER = z.string().meta({ description: "Seconds to wait" });
// Every proxy must drop it (RFC 9110, 7.8), so a client can't rely on it.
const UPGRADE = z.string().optional().meta({ description: "The versions that the server speaks" });
const AUTHENTICATE = z.string().meta({ description: "`Bearer`, with an `error` where a token was sent" });

/** What the errors of a route follow from. */
export type Route = Pick<Endpoint, "access" | "path" | "body" | "conditional" | "errors">;

/** The errors that a route can answer: those that follow from what it takes, and its own. */
export function listProblems({ access, path, body, conditional, errors = [] }: Route) {
  const takesBody = !(body instanceof z.ZodUndefined);
  const statuses = new Set<number>([413, 421, 429, 500, 503, ...errors.map((code) => STATUSES[code])]);
  if (access !== "public" || takesBody) statuses.add(400);
  if (access !== "public") statuses.add(401);
  if (!["public", "token"].includes(access) || isAboutAccounts(path)) statuses.add(403);
  if (path.startsWith("/api/tasks/{id}")) statuses.add(404).add(409);
  if (takesBody) statuses.add(415);
  if (conditional === "If-Match") statuses.add(412);
  return [...statuses]
    .toSorted((one, other) => one - other)
    .map((status) => ({ status, description: WORDS[status] ?? "", headers: describeHeaders(status) }));
}

/** A server without a secret refuses all of these. */
function isAboutAccounts(path: string): boolean {
  return path.startsWith("/api/auth/");
}

function describeHeaders(status: number) {
  if (status === 429 || status === 503) return z.object({ "Retry-After": RETRY_AFTER });
  if (status === 426) return z.object({ Upgrade: UPGRADE });
  return status === 401 ? z.object({ "WWW-Authenticate": AUTHENTICATE }) : undefined;
}
