import { TodoError } from "../../domain/errors.ts";
import { decodeUtf8 } from "../../domain/task/text.ts";

/** Default maximum in bytes. A task with every field at its limit is smaller. */
export const MAX_BODY_BYTES = 65_536;
const MAX_JSON_DEPTH = 32;
const JSON_TYPE = "application/json";
/** The type of a change to a task (RFC 7396). */
const MERGE_PATCH_TYPE = "application/merge-patch+json";
/** The types that PATCH takes, as in the header Accept-Patch (RFC 5789, 3.1). */
export const PATCH_TYPES = `${MERGE_PATCH_TYPE}, ${JSON_TYPE}`;
const CHARSET = /^\s*charset\s*=/i;
const UTF_8 = /^\s*charset\s*=\s*("?)utf-8\1\s*$/i;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * The JSON value of a body, or undefined if it is empty. Throws `too_large` before reading more than `largest` bytes,
 * `unsupported_media_type`, and `invalid_input` if it is not UTF-8, not JSON or too deep.
 */
export async function readJson(request: Request, largest = MAX_BODY_BYTES): Promise<unknown> {
  const bytes = await readBytes(request, largest);
  if (bytes.byteLength === 0) return undefined;
  if (!isJson(request)) {
    throw new TodoError("unsupported_media_type", "the body must be application/json in UTF-8");
  }
  const value = parse(decodeUtf8("the body", bytes));
  if (isDeeper(value, MAX_JSON_DEPTH)) throw flawed(`the body is nested deeper than ${MAX_JSON_DEPTH} levels`);
  return value;
}

/** Whether a body says that it is JSON in UTF-8. What other parameters of the type say makes no difference. */
function isJson({ method, headers }: Request): boolean {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  const name = type.trim().toLowerCase();
  if (name !== JSON_TYPE && !(name === MERGE_PATCH_TYPE && method === "PATCH")) return false;
  return parameters.every((parameter) => !CHARSET.test(parameter) || UTF_8.test(parameter));
}

/** The fields of a form. Throws `too_large`, and `invalid_input` if it is not UTF-8 or names a field twice. */
export async function readForm(request: Request): Promise<Readonly<Record<string, string>>> {
  const pairs = [...new URLSearchParams(decodeUtf8("the body", await readBytes(request, MAX_BODY_BYTES)))];
  const fields = Object.fromEntries(pairs);
  if (Object.keys(fields).length < pairs.length) throw flawed("a field is given more than once");
  return fields;
}

/** Throws `too_large` if the declared length is too large. Called on every route, so that nobody waits for the body. */
export function refuseLarge(request: Request, largest: number): void {
  const length = request.headers.get("content-length");
  if (length !== null && Number(length) > largest) throw tooLarge(largest);
}

async function readBytes(request: Request, largest: number): Promise<Uint8Array> {
  try {
    return await readAll(request, largest);
  } catch (error) {
    if (error instanceof TodoError) throw error;
    throw new TodoError("invalid_input", "the body is incomplete", { cause: error });
  }
}

async function readAll(request: Request, largest: number): Promise<Uint8Array> {
  if (request.body === null) return new Uint8Array();
  const decoded = decodeBody(request, request.body, largest);
  if (decoded === request.body && request.headers.has("content-length")) {
    return new Uint8Array(await request.arrayBuffer());
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of decoded.pipeThrough(limitLength(largest))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The decoded body, because Bun does not decode it. A small body can decode to any length. */
function decodeBody({ headers }: Request, body: ReadableStream<Bytes>, largest: number): ReadableStream<Bytes> {
  const coding = headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding === "identity") return body;
  if (coding === "gzip" || coding === "zstd") {
    return body.pipeThrough(limitLength(largest)).pipeThrough(new DecompressionStream(coding));
  }
  throw new TodoError("unsupported_media_type", "the body may be encoded by gzip or zstd");
}

/** Passes at most `largest` bytes, then fails with `too_large`. */
function limitLength(largest: number): TransformStream<Bytes, Bytes> {
  let length = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      length += chunk.byteLength;
      if (length > largest) throw tooLarge(largest);
      controller.enqueue(chunk);
    },
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw flawed("the body is not JSON", cause);
  }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

function flawed(message: string, cause?: unknown): TodoError {
  return new TodoError("invalid_input", message, { issues: [{ path: "", message }], cause });
}

function tooLarge(largest: number): TodoError {
  return new TodoError("too_large", `a body can have ${largest} bytes`);
}
