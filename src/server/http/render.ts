import { compress } from "./compress.ts";
import type { RequestContext, ServerDeps } from "../request-context.ts";
import type { Reply } from "./reply.ts";

/** Headers of every reply, the same for all (OWASP HTTP Headers Cheat Sheet, REST Security Cheat Sheet). */
const BASE_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
} as const;

/** Browsers that came by TLS stay with TLS for a year (RFC 6797). */
const TLS_HEADERS = { ...BASE_HEADERS, "strict-transport-security": "max-age=31536000" } as const;

/** Not a name of this machine: what else is developed on it has the same name, and mostly no TLS. */
const PUBLIC_TLS = /^https:\/\/(?!(?:[\w-]+\.)*localhost\.?(?:$|[:/])|127\.|\[::1\])/;

type Body = string | Uint8Array<ArrayBuffer>;

/**
 * Characters or bytes of bodies that are sent as a stream. Bun 1.4.4 sends a reply that fits into its buffer of 16 KB
 * at once. For a larger late reply it sends each header by itself, in forty pieces. That halves the throughput of lists
 * from a database on a server (https://github.com/oven-sh/bun/pull/41341). For a body of megabytes it hardly matters.
 */
const STREAMED = { from: 15_000, to: 250_000 };

/** What a reply needs to know of its request and its server. */
type Rendering = Pick<RequestContext, "id" | "request" | "user"> & {
  readonly deps: Pick<ServerDeps, "publicUrl" | "waitForTurn">;
};

/** Renders a reply as HTTP. The body is JSON unless the reply says otherwise. */
export function render(reply: Reply, { id, request, user, deps }: Rendering): Response {
  const common = chooseHeaders(deps);
  const { status, json, chunks, open, headers } = reply;
  const type = { "content-type": "application/json" };
  if (chunks) {
    return new Response(
      streamChunks(chunks, () => deps.waitForTurn(user ?? "")),
      {
        status,
        headers: { ...common, "x-request-id": id, ...type, ...headers },
      },
    );
  }
  if (json === undefined) {
    const stream = open && request.method !== "HEAD" ? open() : null;
    return new Response(stream, { status, headers: { ...common, "x-request-id": id, ...headers } });
  }
  if (reply.compressed) {
    const { body, headers: coding } = compress(json, request);
    const all = { ...common, "x-request-id": id, ...type, ...headers, ...coding };
    return new Response(isStreamed(body) ? streamBody(body) : body, { status, headers: all });
  }
  // The router removes the body of an answer to HEAD, and the length with it.
  const length = request.method === "HEAD" && { "content-length": String(Buffer.byteLength(json)) };
  return new Response(isStreamed(json) ? streamBody(json) : json, {
    status,
    headers: { ...common, "x-request-id": id, ...type, ...headers, ...length },
  });
}

function chooseHeaders({ publicUrl }: Pick<ServerDeps, "publicUrl">) {
  return publicUrl !== null && PUBLIC_TLS.test(publicUrl) ? TLS_HEADERS : BASE_HEADERS;
}

function isStreamed({ length }: Body): boolean {
  return length > STREAMED.from && length < STREAMED.to;
}

/** A stream of one chunk. */
function streamBody(body: Body): ReadableStream {
  return new ReadableStream({
    type: "direct",
    pull: (controller) => {
      void controller.write(body);
      controller.close();
    },
  });
}

/**
 * A stream of texts. Each one is made when there is room for it, in a turn of its own: a database in a file answers without a turn
 * of the event loop, and nothing else would be answered until the end.
 */
function streamChunks(chunks: AsyncGenerator<string>, waitForTurn: () => Promise<void>): ReadableStream {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      await waitForTurn();
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await chunks.return(undefined)),
  });
}

/** Adds the common headers to a response that was made elsewhere. Its own headers stay. */
export function complete(response: Response, { id, deps }: RequestContext): void {
  for (const [name, value] of Object.entries({ ...chooseHeaders(deps), "x-request-id": id })) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
}
