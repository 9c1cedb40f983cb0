import { eventually, type Server } from "../server/server.ts";
import type { useFaultyServers } from "../server/faulty-servers.ts";

/** What a gate keeps back: requests before the server has them, or answers of what it has done. */
type Held = "nothing" | "requests" | "answers";

/** Stands between devices and a server, and keeps exchanges back when it is told to. */
export function createGate(servers: ReturnType<typeof useFaultyServers>) {
  const waiting: (() => void)[] = [];
  const forwarded: Promise<Response>[] = [];
  let held: Held = "nothing";
  const pass = async (what: Held) => {
    if (held === what) await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const forward = async (server: Server, request: Request): Promise<Response> => {
    const { method, headers, url } = request;
    const [body, { pathname }] = [await request.text(), new URL(url)];
    const isSync = pathname === "/api/sync";
    if (isSync) await pass("requests");
    const reply = await fetch(server.url + pathname, { method, headers, ...(body !== "" && { body }) });
    const text = await reply.text();
    if (isSync) await pass("answers");
    return new Response(text, { status: reply.status });
  };
  return {
    /** The address at which the server is reached through this gate. */
    reach: async (server: Server) => {
      const answer = (request: Request) => {
        const answered = forward(server, request);
        forwarded.push(answered);
        return answered;
      };
      return servers.answering(answer).origin;
    },
    /** Keeps back from now on. What is kept back already stays so. */
    hold: (what: Held) => {
      held = what;
    },
    /** Resolves when something is kept back. */
    untilHeld: () => eventually("something is kept back", () => waiting.length > 0),
    /** Lets go on what is kept back, and waits until it is answered. */
    release: async () => {
      for (const resume of waiting.splice(0)) resume();
      await Promise.all(forwarded.splice(0));
    },
  };
}
