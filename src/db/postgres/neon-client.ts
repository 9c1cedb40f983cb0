import { neon, neonConfig } from "@neondatabase/serverless";
import { codeOf, TodoError } from "../../domain/errors.ts";
import type { PostgresAddress } from "./address.ts";
import type { Client } from "./client.ts";
import { classifyState, type Failure } from "./errors.ts";
import type { Written } from "../statement.ts";

/** Characters of values in one request. Neon takes 64 MB (https://neon.com/docs/serverless/serverless-driver). */
const MAX_BODY_CHARACTERS = 40_000_000;

/** PostgreSQL through Neon's driver: each unit of work is one HTTP request, so there is no connection to hold. */
export function createNeonClient({ url }: PostgresAddress, endpoint: string): Client {
  if (endpoint !== "standard") redirectRequests(url.hostname, endpoint);
  const sql = neon(url.href, { disableWarningInBrowsers: true });
  return {
    query: async ({ text, params }, timeoutMs) => sql.query(text, params, limitFetch(timeoutMs)),
    transaction: async (statements, { timeoutMs, progress }) => {
      refuseLarge(statements);
      progress.isCommitting = true;
      const queries = statements.map(({ text, params }) => sql.query(text, params));
      const answers = await sql.transaction(queries, { isolationLevel: "ReadCommitted", ...limitFetch(timeoutMs) });
      if (answers.length !== statements.length) throw new Error("not every statement was answered");
      return answers;
    },
    classify,
    close: () => Promise.resolve(),
  };
}

/** The driver has one setting for all databases and reads it at each request, so that it can't be passed to one client. */
function redirectRequests(to: string, endpoint: string): void {
  const others = neonConfig.fetchEndpoint;
  neonConfig.fetchEndpoint = (host, port, options) => {
    if (host === to) return endpoint;
    return typeof others === "string" ? others : others(host, port, options);
  };
}

function refuseLarge(statements: readonly Written[]): void {
  const lengths = statements.flatMap(({ params }) => params.map((param) => String(param).length));
  if (lengths.reduce((sum, length) => sum + length, 0) <= MAX_BODY_CHARACTERS) return;
  throw new TodoError("too_large", "this is more than Neon accepts in one request", {
    hints: ["Import it in parts, each of less than 50,000 tasks."],
  });
}

/** Redirects are refused, because their target would get the password. */
function limitFetch(timeoutMs: number) {
  return { fetchOptions: { signal: AbortSignal.timeout(timeoutMs), redirect: "error" } };
}

/**
 * The driver reports the server's SQLSTATE, or has the error of `fetch` as its source. Neon checks passwords itself,
 * without a state.
 */
function classify(error: unknown): Failure {
  const state = codeOf(error);
  if (state !== undefined && /^[0-9A-Z]{5}$/.test(state)) return classifyState(state);
  if (error instanceof Error && /password authentication failed/.test(error.message)) {
    return { state: "28P01", isUndone: true };
  }
  const source = error instanceof Error && "sourceError" in error ? error.sourceError : error;
  const code = codeOf(source);
  if (code === "ECONNREFUSED" || code === "ENOTFOUND") return { state: "refused", isUndone: true };
  if (source instanceof Error && source.name === "TimeoutError") return { state: "timeout", isUndone: false };
  // All other errors come from the way to the database: a proxy's status, a reset, a truncated answer.
  return { state: "http", isUndone: false };
}
