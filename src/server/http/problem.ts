import { codeOf, type ErrorCode, TodoError } from "../../domain/errors.ts";
import { OLDEST_PROTOCOL, PROTOCOL } from "../../ports/sync.ts";
import type { RequestContext } from "../request-context.ts";
import { PATCH_TYPES } from "./read-body.ts";
import { PROTOCOL_HEADER, PROTOCOLS } from "./protocol.ts";
import type { Reply } from "./reply.ts";
import { STATUSES, TITLES } from "./statuses.ts";

/** Replaces the error's own message, which may name a file of the server or reveal that a task exists. */
const DETAILS: Partial<Record<ErrorCode, string>> = {
  not_found: "There is nothing at this address.",
  locked: "The store is busy. Nothing was changed.",
  timed_out: "The request took too long. It may have been done all the same.",
  unavailable: "A part of the service is out of reach.",
  newer_store: "The store is being upgraded.",
  read_only_store: "The store can't be written at the moment.",
  full_disk: "The store is full. Nothing was changed.",
};

const RETRY_AFTER_S = 5;
const MAX_CAUSES = 5;

/** Turns anything thrown into a `TodoError`. Unknown errors become `internal`. */
export function toTodoError(error: unknown): TodoError {
  return error instanceof TodoError ? error : new TodoError("internal", "unexpected", { cause: error });
}

/** The one mapper of an error to its reply: a problem of RFC 9457. A 500 tells nothing but the id of the request. */
export function replyWithProblem(error: TodoError, { id, request }: RequestContext): Reply {
  const status = STATUSES[error.code];
  const problem = { type: "about:blank", title: TITLES[status], status };
  const said =
    status === 500
      ? { ...problem, code: "internal", request_id: id }
      : {
          ...problem,
          code: error.code,
          detail: DETAILS[error.code] ?? error.message,
          ...(error.issues.length > 0 && { errors: error.issues }),
          ...(error.serverTime !== undefined && { server_time: new Date(error.serverTime).toISOString() }),
          ...(error.quota && { quota: error.quota }),
          ...(error.matched !== undefined && { matched: error.matched }),
          ...(status === 426 && { oldest_protocol: OLDEST_PROTOCOL, newest_protocol: PROTOCOL }),
        };
  return {
    status,
    json: JSON.stringify(said),
    headers: { "content-type": "application/problem+json", ...problemHeaders(error, status, request) },
  };
}

function problemHeaders(
  { code, retryAfter, missingScope }: TodoError,
  status: number,
  { method, headers }: Request,
): Record<string, string> {
  switch (status) {
    case 401:
      // Only a client that sent a token is told that it was invalid (RFC 6750, section 3.1).
      return { "www-authenticate": headers.has("authorization") ? 'Bearer error="invalid_token"' : "Bearer" };
    case 403:
      // Another token helps only if this one's scope is too small (RFC 6750, section 3.1).
      return missingScope ? { "www-authenticate": `Bearer error="${code}", scope="${missingScope}"` } : {};
    case 413:
      // The rest of the body is not read, so the connection can't be used again.
      return { connection: "close" };
    case 415:
      return method === "PATCH" ? { "accept-patch": PATCH_TYPES } : {};
    case 426:
      // A protocol in Upgrade needs Connection too (RFC 9110, sections 7.8 and 15.5.22).
      return { ...PROTOCOL_HEADER, upgrade: PROTOCOLS, connection: "upgrade" };
    case 429:
    case 503:
      return {
        "retry-after": String(retryAfter ?? RETRY_AFTER_S),
        // The rest of the body may never come, and its sender would hold the connection until then.
        ...(code === "timed_out" && { connection: "close" }),
      };
    default:
      return {};
  }
}

/** What the log says of an error: where the server crashed, or why a token was refused. */
export function describeFailure(error: TodoError): { readonly error?: string; readonly refused?: string } {
  if (STATUSES[error.code] >= 500) return { error: describeCrash(error) };
  return error.refusal === undefined ? {} : { refused: error.refusal };
}

/** Kind and place of a crash. Messages are left out: a driver's may hold statements and values. */
export function describeCrash(error: TodoError): string {
  const causes: string[] = [];
  for (let at: unknown = error; at instanceof Error && causes.length < MAX_CAUSES; at = at.cause) {
    const place = at.stack
      ?.replace(at.message, "")
      .split("\n")
      .find((line) => line.trimStart().startsWith("at "));
    causes.push(`${codeOf(at) ?? at.name}${place ? ` ${place.trim()}` : ""}`);
  }
  return causes.join(" < ");
}
