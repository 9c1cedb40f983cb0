import { codeOf, ERROR_CODES, type ErrorCode, TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import { type ReadReply, readProblem } from "../../contract/server-replies.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "../config/resolve-server.ts";

/** A server answers in less, or with an error. */
const REPLY_TIMEOUT_MS = 20_000;
/** Bytes. What this program asks for is smaller by far. */
const MAX_REPLY_BYTES = 4_000_000;
/** Characters of a body from which on it is worth being compressed. */
const LONG_BODY = 1000;
const NO_CONTENT = 204;
const UNSUPPORTED_MEDIA_TYPE = 415;

/** A request. `token` goes with it to this origin and to no other. */
export type Ask = {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly json?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** With which it is given up. */
  readonly signal?: AbortSignal;
};

/** What an HTTP header can carry. Nothing else is a token. */
const TOKEN = /^[\x21-\x7e]+$/;

/** A reply. `value` is what its JSON says, undefined where its status says that there is no body. */
export type Answered = { readonly status: number; readonly value: unknown; readonly retryAfter: number | undefined };

/** Asks a server and answers what the reply says. Throws what the server refuses with, and `unavailable`. */
export async function askServer<Value>(io: Io, origin: string, read: ReadReply<Value>, ask: Ask): Promise<Value> {
  const answered = await send(io, origin, ask);
  if (answered.status >= 400) throw explainProblem(origin, answered);
  const value = read(answered.value);
  if (value !== undefined) return value;
  throw notOurs(origin, answered.status);
}

/**
 * Sends a request, which no redirect takes elsewhere. Throws `unavailable` for what is no reply of a todo server, and
 * `unauthorized` for what can't be a token.
 */
export async function send(io: Io, origin: string, ask: Ask): Promise<Answered> {
  const timeout = AbortSignal.timeout(ask.timeoutMs ?? REPLY_TIMEOUT_MS);
  const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
  const attempt = (mayCompress: boolean) =>
    fetchText(io, origin, ask.path, { ...describeRequest(io, origin, ask, mayCompress), signal });
  const reply = await attempt(true);
  // What stands before the server may not take compressed bodies (RFC 9110, 15.5.16). The request has not arrived then.
  const { status, text, retryAfter } = reply.status === UNSUPPORTED_MEDIA_TYPE ? await attempt(false) : reply;
  if (status === NO_CONTENT) return { status, value: undefined, retryAfter };
  try {
    return { status, value: JSON.parse(text), retryAfter };
  } catch {
    throw notOurs(origin, status);
  }
}

/** A request as `fetch` takes it. Throws `unauthorized` for what can't be a token. */
export function describeRequest(
  io: Io,
  origin: string,
  { method, json, token, headers }: Omit<Ask, "path">,
  mayCompress = true,
): RequestInit {
  if (token !== undefined && !TOKEN.test(token)) throw new TodoError("unauthorized", "the token is not valid");
  const body = json === undefined ? undefined : JSON.stringify(json);
  const isLong = mayCompress && body !== undefined && body.length > LONG_BODY;
  return {
    method,
    redirect: "error",
    // What goes to this machine in plain text is nothing for the proxy of a company.
    ...(isLoopback(new URL(origin).hostname) && { proxy: false }),
    headers: {
      accept: "application/json",
      "user-agent": `todo/${io.version}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(isLong && { "content-encoding": "zstd" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: isLong ? Bun.zstdCompressSync(body) : body }),
  };
}

async function fetchText(io: Io, origin: string, path: string, init: RequestInit) {
  try {
    const response = await io.fetch(origin + path, init);
    const text = await readText(response);
    const wait = /^\d{1,9}$/.exec(response.headers.get("retry-after") ?? "");
    return { status: response.status, text, retryAfter: wait ? Number(wait[0]) : undefined };
  } catch (cause) {
    throw new TodoError("unavailable", `${hostOf(origin)} ${describeFault(cause)}`, {
      hints: ["Check the URL and your network. Your tasks here are not touched."],
      cause,
    });
  }
}

/** The text of a reply. A long one is cut, which leaves no JSON, and the rest of it is not waited for. */
async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_REPLY_BYTES) return "";
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function describeFault(cause: unknown): string {
  if (cause instanceof Error && cause.name === "TimeoutError") return "does not answer";
  return codeOf(cause) === "UnexpectedRedirect" ? "redirects to another address" : "can't be reached";
}

/** The error of a reply that refuses. */
export function explainProblem(origin: string, { status, value, retryAfter }: Answered): TodoError {
  const problem = readProblem(value);
  if (!problem) return notOurs(origin, status);
  const { code, detail, title, errors = [], server_time: time } = problem;
  const said = errors.map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return new TodoError(toCode(code), `${hostOf(origin)}: ${detail ?? title}`, {
    hints: [...said, ...(retryAfter ? [`Try again in ${retryAfter} seconds.`] : [])],
    issues: errors,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(time !== undefined && { serverTime: Date.parse(time) }),
  });
}

/** What broke over there is not a bug over here, nor is what only a newer server knows. */
function toCode(code: string): ErrorCode {
  return ERROR_CODES.find((known) => known === code && known !== "internal") ?? "unavailable";
}

function notOurs(origin: string, status: number): TodoError {
  return new TodoError("unavailable", `${hostOf(origin)} does not answer like a todo server (status ${status})`, {
    hints: ["Check the URL. A network that asks for a login first answers like this, too."],
  });
}
