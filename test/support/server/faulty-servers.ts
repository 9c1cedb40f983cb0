import { afterEach } from "bun:test";
import type { Socket } from "bun";

const CERTIFICATES = `${import.meta.dir}/certificates`;

/** The certificate of the authority that has signed the others. */
export const AUTHORITY = Bun.file(`${CERTIFICATES}/ca.crt`);

/** A server of this machine, and what it was asked. */
export type FaultyServer = {
  readonly origin: string;
  readonly requests: readonly { readonly method: string; readonly path: string; readonly headers: Headers }[];
};

/** Starts servers that answer every request alike. They end with the test. */
export function useFaultyServers() {
  const stopping: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stopping.splice(0)) stop();
  });
  return {
    /** One that speaks HTTP. */
    answering: (answer: (request: Request) => Response | Promise<Response>): FaultyServer => {
      const requests: { method: string; path: string; headers: Headers }[] = [];
      const server = Bun.serve({
        hostname: "127.0.0.1",
        port: 0,
        idleTimeout: 0,
        fetch: (request) => {
          const { method, url, headers } = request;
          requests.push({ method, path: new URL(url).pathname, headers });
          return answer(request);
        },
      });
      stopping.push(() => void server.stop(true));
      return { origin: `http://localhost:${server.port}`, requests };
    },
    /** One that shows a certificate of the folder `certificates`. */
    certified: (name: string): FaultyServer => {
      const file = (ending: string) => Bun.file(`${CERTIFICATES}/${name}.${ending}`);
      const fetch = () => Response.json([]);
      const server = Bun.serve({ port: 0, tls: { key: file("key"), cert: file("crt") }, fetch });
      stopping.push(() => void server.stop(true));
      return { origin: `https://localhost:${server.port}`, requests: [] };
    },
    /** One that does something with a connection when the first bytes come. Answers its port. */
    speaking: (speak: (socket: Socket) => void): number => {
      const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: speak } });
      stopping.push(() => server.stop(true));
      return server.port;
    },
  };
}
