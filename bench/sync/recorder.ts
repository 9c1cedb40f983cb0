/** An exchange as it was on the wire: its request, and how many bytes the two bodies had. */
export type Recorded = {
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly sent: number;
  readonly received: number;
};

/** Stands before a server and passes all on as it is, with what it is encoded by. Keeps the exchanges of replicas. */
export function startRecorder(target: string) {
  let recorded: Recorded[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: async ({ method, url, headers, body }) => {
      const { pathname, search } = new URL(url);
      const sent = body === null ? new Uint8Array() : await new Response(body).bytes();
      const passed = new Headers(headers);
      passed.delete("host");
      const init = { method, headers: passed, decompress: false, ...(sent.length > 0 && { body: sent }) };
      const response = await fetch(target + pathname + search, init);
      const received = await response.bytes();
      if (pathname === "/api/sync")
        recorded.push({ headers: passed, body: sent, sent: sent.length, received: received.length });
      return new Response(received, response);
    },
  });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    /** The exchanges since this was asked last. */
    take: (): Recorded[] => {
      const taken = recorded;
      recorded = [];
      return taken;
    },
    stop: () => server.stop(true),
  };
}
