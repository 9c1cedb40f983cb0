import { expect } from "bun:test";
import { STATUS_CODES } from "node:http";
import document from "../../../openapi.json";
import { ENDPOINTS } from "../../../src/server/endpoints.ts";
import { wireProblem } from "../../../src/contract/replies.ts";
import type { Replied } from "./api.ts";

type Described = { readonly responses: Readonly<Record<string, unknown>> };

const PATHS: Readonly<Record<string, Readonly<Record<string, Described>>>> = document.paths;

/** Headers that depend on the data: the next page, and the occurrence of a task that repeats. */
const NOT_ALWAYS: ReadonlySet<string> = new Set(["Link", "Todo-Occurrence"]);

/** Reads a reply and compares it with what the document and the declared shapes say of it. Fails the test where they differ. */
export async function checkReply(method: string, path: string, response: Response): Promise<Replied> {
  const text = await response.text();
  const { status, headers } = response;
  const reply = { status, headers, body: text === "" ? undefined : JSON.parse(text) };
  expect(headers.get("x-request-id")).toMatch(/^[\w.:-]{1,128}$/);
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  const [pathname = ""] = path.split("?");
  if (pathname.startsWith("/api")) expect(headers.get("cache-control")).toBe("no-store");
  // HEAD answers what GET does, without the body.
  const verb = method === "HEAD" ? "get" : method.toLowerCase();
  const endpoint = ENDPOINTS.find((each) => each.method === verb && fits(each.path, pathname));
  if (endpoint) {
    expect(Object.keys(PATHS[endpoint.path]?.[endpoint.method]?.responses ?? {})).toContain(String(status));
  }
  // A status can be that of an answer and of a problem.
  const isProblem = headers.get("content-type") === "application/problem+json";
  const answer = isProblem ? undefined : endpoint?.responses[status];
  const expected = (answer?.headers ?? []).filter((name) => !NOT_ALWAYS.has(name));
  for (const name of expected) expect(headers.get(name)).toBeString();
  if (method === "HEAD") expect(text).toBe("");
  else if (!answer) checkProblem(reply);
  else if (answer.schema) {
    expect(headers.get("content-type")).toBe("application/json");
    expect(answer.schema.parse(reply.body)).toEqual(reply.body);
  } else expect(text).toBe("");
  if (!answer) checkProblemHeaders(reply);
  return reply;
}

/** The statuses of replies in ascending order, for those that came at once. */
export function statusesOf(replies: readonly Replied[]): number[] {
  return replies.map(({ status }) => status).toSorted((one, other) => one - other);
}

function fits(template: string, path: string): boolean {
  const parts = template.split(/\{\w+\}/).map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join("[^/]+")}/?$`).test(path);
}

/** What every error says, and no error says more. */
function checkProblem({ status, body }: Replied): void {
  expect(wireProblem.parse(body)).toEqual(body);
  expect(body).toMatchObject({ type: "about:blank", title: STATUS_CODES[status], status });
  if (status === 500) {
    expect(Object.keys(body).toSorted()).toEqual(["code", "request_id", "status", "title", "type"]);
  } else {
    expect(body.detail).toMatch(/\S/);
  }
  if (body.errors) expect(body.errors).not.toEqual([]);
}

function checkProblemHeaders({ status, headers }: Replied): void {
  expect(headers.get("content-type")).toBe("application/problem+json");
  if (status === 401) expect(headers.get("www-authenticate")).toStartWith("Bearer");
  if (status === 405) expect(headers.get("allow")).toBeString();
  if (status === 429 || status === 503) expect(headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
}
