import { ERROR_CODES, type ErrorCode, TodoError } from "../../domain/errors.ts";
import { shorten } from "../../domain/task/text.ts";
import { type ReadReply, readProblem } from "../../contract/server-replies.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "../config/resolve-server.ts";
import { describeFault, describeForeignReply, type Fault } from "./faults.ts";
import { requirePrivateAddress } from "./private-address.ts";
import { CODINGS, unpack } from "./unpack.ts";

/** A server answers in less, or with an error. */
const REPLY_TIMEOUT_MS = 20_000;
/** The replies that this program asks for are much smaller, but for those of sync. */
const MAX_REPLY_BYTES = 4_000_000;
/** What is repeated of a problem. Servers of this program say less. */
const MAX_ISSUES = 25;
const MAX_SAID_CHARACTERS = 500;
/** Minimum length in characters of a body that is worth compressing. */
const LONG_BODY = 1000;
/** Bun's option that leaves a reply in its coding. */
const PACKED = { decompress: false };
const NO_CONTENT = 204;
const UNSUPPORTED_MEDIA_TYPE = 415;

/** A request. `token` is sent to this server only. */
export type Ask = {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly json?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Maximum bytes of the reply, if the default is too small. */
  readonly maxReplyBytes?: number;
  /** Aborts the request. */
  readonly signal?: AbortSignal;
};

/** The characters of an HTTP header. No token has others. */
const TOKEN = /^[\x21-\x7e]+$/;

/** A reply. `value` is its parsed JSON, or undefined if its status allows no body. */
export type HttpReply = { readonly status: number; readonly value: unknown; readonly retryAfter: number | undefined };

/** Asks a server and answers the parsed reply. Throws the server's refusals, and `unavailable`. */
export async function askServer<Value>(io: Io, server: string, read: ReadReply<Value>, ask: Ask): Promise<Value> {
  const answered = await send(io, server, ask);
  if (answered.status >= 400) throw explainProblem(server, answered);
  const value = read(answered.value);
  if (value !== undefined) return value;
  throw notOurs(server, answered.status);
}

/**
 * Sends a request and follows no redirect. Throws `unavailable` if the reply is not a todo server's, and `unauthorized`
 * if the token is malformed.
 */
export async function send(io: Io, server: string, ask: Ask): Promise<HttpReply> {
  const timeout = AbortSignal.timeout(ask.timeoutMs ?? REPLY_TIMEOUT_MS);
  const signal = ask.signal ? AbortSignal.any([ask.signal, timeout]) : timeout;
  const attempt = (mayCompress: boolean) =>
    fetchText(io, server, ask, { ...describeRequest(io, server, ask, mayCompress), signal });
  const reply = await attempt(true);
  // A proxy may refuse compressed bodies (RFC 9110, 15.5.16). The request has not reached the server then.
  const { status, text, retryAfter } = reply.status === UNSUPPORTED_MEDIA_TYPE ? await attempt(false) : reply;
  if (status === NO_CONTENT) return { status, value: undefined, retryAfter };
  try {
    return { status, value: JSON.parse(text), retryAfter };
  } catch {
    throw notOurs(server, status);
  }
}

/** A request in `fetch`'s form. Throws `unauthorized` if the token is malformed. */
export function describeRequest(
  io: Io,
  server: string,
  { method, json, token, headers }: Omit<Ask, "path">,
  mayCompress = true,
): RequestInit {
  if (token !== undefined && !TOKEN.test(token)) throw new TodoError("unauthorized", "the token is not valid");
  const body = json === undefined ? undefined : JSON.stringify(json);
  const isLong = mayCompress && body !== undefined && body.length > LONG_BODY;
  return {
    method,
    redirect: "error",
    // Plain text to this machine or at home must not go through a company's proxy.
    ...(server.startsWith("http:") && { proxy: false }),
    headers: {
      accept: "application/json",
      "accept-encoding": CODINGS,
      "user-agent": `todo/${io.version}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(isLong && { "content-encoding": "zstd" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: isLong ? Bun.zstdCompressSync(body) : body }),
  };
}

/** Fetches a path of a server. Every request goes through here. Throws `unavailable` for an unsafe network. */
export async function fetchFrom(io: Io, server: string, path: string, init: RequestInit): Promise<Response> {
  await requirePrivateAddress(io, server);
  return io.fetch(server + path, init);
}

async function fetchText(io: Io, server: string, { path, maxReplyBytes = MAX_REPLY_BYTES }: Ask, init: RequestInit) {
  try {
    const response = await fetchFrom(io, server, path, { ...init, ...PACKED });
    const text = await readText(response, maxReplyBytes);
    const wait = /^\d{1,9}$/.exec(response.headers.get("retry-after") ?? "");
    return { status: response.status, text, retryAfter: wait ? Number(wait[0]) : undefined };
  } catch (cause) {
    if (cause instanceof TodoError) throw cause;
    throw unavailable(server, describeFault(cause, server, io), cause);
  }
}

/** The text of a reply. A long one is cut, which makes it invalid JSON, and the rest is not read. */
async function readText({ body, headers }: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) return "";
  }
  return new TextDecoder().decode(unpack(Buffer.concat(chunks), headers.get("content-encoding"), maxBytes));
}

/** The error in a reply that refuses. */
export function explainProblem(server: string, { status, value, retryAfter }: HttpReply): TodoError {
  const problem = readProblem(value);
  if (!problem) return notOurs(server, status);
  const { code, detail, title, errors = [], server_time: time } = problem;
  const more = errors.filter(({ message }) => message !== detail);
  const said = more.slice(0, MAX_ISSUES).map(({ path, message }) => (path === "" ? message : `${path}: ${message}`));
  return new TodoError(toCode(code), `${hostOf(server)}: ${shorten(detail ?? title, MAX_SAID_CHARACTERS)}`, {
    hints: [
      ...said.map((text) => shorten(text, MAX_SAID_CHARACTERS)),
      ...(retryAfter ? [`Try again in ${retryAfter} seconds.`] : []),
    ],
    issues: errors,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(time !== undefined && { serverTime: Date.parse(time) }),
  });
}

/** A crash of the server is not a bug of this program. An unknown code comes from a newer server. */
function toCode(code: string): ErrorCode {
  return ERROR_CODES.find((known) => known === code && known !== "internal") ?? "unavailable";
}

function notOurs(server: string, status: number): TodoError {
  return unavailable(server, describeForeignReply(status));
}

function unavailable(server: string, { problem, hint }: Fault, cause?: unknown): TodoError {
  return new TodoError("unavailable", `${hostOf(server)} ${problem}`, { hints: [hint], cause });
}
