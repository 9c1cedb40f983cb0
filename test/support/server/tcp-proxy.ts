import { connect, createServer, type Server, type Socket } from "node:net";
import { drawPort } from "./ports.ts";

/**
 * What a proxy does to the connections it has and gets:
 * - `pass` forwards
 * - `delay` forwards in order, each piece that many milliseconds later
 * - `silent` accepts and forwards nothing, nor that a side has ended. What came in follows when the mode is another one
 * - `cutAfter` forwards that many bytes of a connection's answers, from when the mode is set, and ends the connection
 * - `reset` resets a connection when it begins, or when the next bytes come
 */
export type ProxyMode = "pass" | "silent" | "reset" | { readonly delay: number } | { readonly cutAfter: number };

/** A proxy in front of a port of this machine that makes the faults of a network. */
export type TcpProxy = {
  readonly port: number;
  mode: ProxyMode;
  /** How many connections are open. */
  readonly connections: () => number;
  /** Resets all connections. */
  readonly cut: () => void;
  /** Refuses new connections. Those that are there stay. */
  readonly refuse: () => void;
  /** Takes connections again, on the same port. */
  readonly listen: () => Promise<void>;
  /** Ends it with all its connections. */
  readonly stop: () => void;
};

/** Bytes that wait in one direction until the side that sends is to wait as well. */
const MAX_BYTES = 1_000_000;
const ATTEMPTS = 100;

/** One connection through the proxy. */
type Link = {
  readonly reset: () => void;
  /** Looks again at what may go on, because the mode is another one. */
  readonly restart: () => void;
};

/** Starts a proxy on a free port. */
export async function startTcpProxy({ target }: { readonly target: number }): Promise<TcpProxy> {
  const links = new Set<Link>();
  let mode: ProxyMode = "pass";
  const accept = (client: Socket): void => {
    if (mode === "reset") return void client.resetAndDestroy();
    const server = connect({ port: target, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    const link = openLink(
      client,
      server,
      () => mode,
      () => links.delete(link),
    );
    links.add(link);
  };
  const cut = (): void => {
    for (const link of links) link.reset();
  };
  const first = await listenSomewhere(accept, drawPort);
  const { port } = first;
  let { server } = first;
  return {
    port,
    get mode() {
      return mode;
    },
    set mode(next: ProxyMode) {
      mode = next;
      for (const link of links) link.restart();
    },
    connections: () => links.size,
    cut,
    refuse: () => void server.close(),
    listen: async () => {
      ({ server } = await listenSomewhere(accept, () => port));
    },
    stop: () => {
      server.close();
      cut();
    },
  };
}

async function listenSomewhere(
  accept: (client: Socket) => void,
  choosePort: () => number,
): Promise<{ readonly server: Server; readonly port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = choosePort();
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
    try {
      await promise;
      return { server, port };
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
      await Bun.sleep(10);
    }
  }
}

function openLink(client: Socket, server: Socket, modeOf: () => ProxyMode, onGone: () => void): Link {
  let answered = 0;
  const reset = (): void => {
    client.resetAndDestroy();
    server.destroy();
  };
  const send = (to: Socket, bytes: Buffer | null): void => {
    const mode = modeOf();
    if (bytes === null) return void to.end();
    if (mode === "reset") return reset();
    const left = to === client && typeof mode === "object" && "cutAfter" in mode ? mode.cutAfter - answered : Infinity;
    answered += to === client ? bytes.length : 0;
    if (bytes.length < left) return void to.write(bytes);
    client.end(bytes.subarray(0, left), () => client.destroy());
    server.destroy();
  };
  for (const socket of [client, server]) {
    // Whatever went wrong on one side is passed on to the other.
    socket.on("error", reset);
    socket.on("close", () => {
      if (client.destroyed && server.destroyed) onGone();
    });
  }
  const flows = [createFlow(client, server, send, modeOf), createFlow(server, client, send, modeOf)];
  const restart = (): void => {
    answered = 0;
    for (const pump of flows) pump();
  };
  return { reset, restart };
}

/** Carries what one side sends to the other. Answers a function that looks again at what may go on. */
function createFlow(
  from: Socket,
  to: Socket,
  send: (to: Socket, bytes: Buffer | null) => void,
  modeOf: () => ProxyMode,
): () => void {
  const waiting: { readonly bytes: Buffer | null; readonly due: number }[] = [];
  let held = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const pump = (): void => {
    clearTimeout(timer);
    for (let piece = waiting[0]; piece && mayGoOn(to, modeOf()); piece = waiting[0]) {
      const early = piece.due - performance.now();
      if (early > 0) {
        timer = setTimeout(pump, early);
        break;
      }
      waiting.shift();
      held -= piece.bytes?.length ?? 0;
      send(to, piece.bytes);
    }
    if (held > MAX_BYTES) from.pause();
    else from.resume();
  };
  const add = (bytes: Buffer | null): void => {
    waiting.push({ bytes, due: performance.now() + delayOf(modeOf()) });
    held += bytes?.length ?? 0;
    pump();
  };
  from.on("data", add);
  from.on("end", () => add(null));
  to.on("drain", pump);
  return pump;
}

function mayGoOn(to: Socket, mode: ProxyMode): boolean {
  return mode !== "silent" && !to.destroyed && !to.writableNeedDrain;
}

function delayOf(mode: ProxyMode): number {
  return typeof mode === "object" && "delay" in mode ? mode.delay : 0;
}
