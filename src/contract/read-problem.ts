import { type ErrorCode, ERROR_CODES, type FieldIssue, TodoError } from "../domain/errors.ts";
import { shorten } from "../domain/task/text.ts";
import { isObject } from "../domain/is-object.ts";

/** Whoever answers may say anything, and it is shown. */
const MAX_SAID_CHARACTERS = 300;
const MAX_ISSUES = 20;
/** A timer of a browser that waits for much longer does not wait at all. */
const MAX_RETRY_AFTER_S = 3600;

/** A reply that refuses. */
type Refusal = { readonly status: number; readonly headers: { readonly get: (name: string) => string | null } };

/** The error in a reply that refuses, without a library of schemas, which the page has no room for. */
export function readProblem(json: unknown, { status, headers }: Refusal): TodoError {
  if (!isObject(json) || typeof json["code"] !== "string") return createForeignReplyError(status);
  const { code, detail, title, errors, server_time: time } = json;
  const said = [detail, title].find((each) => typeof each === "string") ?? `the server answers with status ${status}`;
  const seconds = Number(headers.get("retry-after"));
  return new TodoError(toCode(code), shorten(said, MAX_SAID_CHARACTERS), {
    issues: Array.isArray(errors) ? errors.filter(isIssue).slice(0, MAX_ISSUES) : [],
    ...(seconds > 0 && { retryAfter: Math.min(seconds, MAX_RETRY_AFTER_S) }),
    ...(typeof time === "string" && { serverTime: Date.parse(time) }),
  });
}

/** Somebody else has answered, such as the page on which a network wants to be paid, or a broken server. */
export function createForeignReplyError(status: number): TodoError {
  return new TodoError("unavailable", `the server does not answer like one of todo (status ${status})`);
}

/** A crash of the server is not a bug of this program. An unknown code comes from a newer server. */
function toCode(code: unknown): ErrorCode {
  return ERROR_CODES.find((known) => known === code && known !== "internal") ?? "unavailable";
}

function isIssue(value: unknown): value is FieldIssue {
  return isObject(value) && typeof value["path"] === "string" && typeof value["message"] === "string";
}
