import { afterAll } from "bun:test";

/** Answers a request in place of a server, or passes it on and answers what that says. */
export type Answer = (request: Request, pass: () => Promise<Response>) => Response | Promise<Response>;

/** Starts servers that stand before others and answer as a test says. They end after the last test of the file. */
export function useProxies(): (target: string, answer: Answer) => string {
  const started: { readonly stop: (now: true) => Promise<void> }[] = [];
  afterAll(() => Promise.all(started.map((each) => each.stop(true))));
  return (target, answer) => {
    const server = Bun.serve({
      hostname: "127.0.0.1",
      port: 0,
      // Streams of hints are silent for long.
      idleTimeout: 0,
      fetch: (request) => answer(request, () => pass(request, target)),
    });
    started.push(server);
    return server.url.origin;
  };
}

/** An answer with another text. A server does not send again what has the tag that it knows, so it has none. */
export async function rewrite(answer: Response, change: (text: string) => string): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.delete("etag");
  headers.delete("content-length");
  return new Response(change(await answer.text()), { status: answer.status, headers });
}

async function pass(request: Request, target: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  headers.delete("host");
  // What is unpacked here must not be said to be packed.
  headers.set("accept-encoding", "identity");
  const { method, signal } = request;
  const body = method === "GET" ? null : await request.arrayBuffer();
  return fetch(target + pathname + search, { method, headers, signal, body, redirect: "manual" });
}
