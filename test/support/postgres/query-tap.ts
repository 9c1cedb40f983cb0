import { connect, createServer, type Server, type Socket } from "node:net";

/** A connection whose client has just said what a test waits for. Where nothing is done to it, that is passed on. */
export type Held = {
  /** Resets the connection. What the client said is lost. */
  readonly reset: () => void;
  /**
   * Passes on what the client said, and resolves when the answer has come, of which only so many bytes reach the client before
   * the connection is reset.
   */
  readonly loseAnswer: (bytes?: number) => Promise<void>;
};

export type Act = (held: Held) => unknown;

/** A proxy in front of a port of this machine that acts on what clients say. */
export type QueryTap = {
  readonly port: number;
  /** Does something to the next connection whose client says these words, before they are passed on. Resolves when it is done. */
  readonly once: (words: string, act: Act) => Promise<void>;
  /** How many acts still wait for their words. */
  readonly waiting: () => number;
  /** How often clients said these words. */
  readonly count: (words: string) => number;
  /** The ports from which its connections come to the server. */
  readonly ports: () => number[];
  /** Ends it with all its connections. */
  readonly stop: () => void;
};

type Watch = { readonly words: string; readonly act: Act; readonly done: () => void };

/** The watch that is for what a client says, if there is one. No other connection meets it then. */
type Hear = (said: string) => Watch | undefined;

/** Starts a tap on a free port. Words are found where a client sends them in one piece, as it does with small statements. */
export async function startQueryTap(target: number): Promise<QueryTap> {
  const heard: string[] = [];
  const links = new Map<Socket, Socket>();
  let watches: readonly Watch[] = [];
  const hear: Hear = (said) => {
    heard.push(said);
    const found = watches.find(({ words }) => said.includes(words));
    watches = watches.filter((watch) => watch !== found);
    return found;
  };
  const { server, port } = await listen((client) => {
    const behind = connect({ port: target, host: "127.0.0.1", noDelay: true });
    links.set(client, behind);
    client.on("close", () => links.delete(client));
    link(client, behind, hear);
  });
  return {
    port,
    once: (words, act) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      watches = [...watches, { words, act, done: resolve }];
      return promise;
    },
    waiting: () => watches.length,
    count: (words) => heard.filter((said) => said.includes(words)).length,
    ports: () => [...links.values()].flatMap(({ localPort }) => localPort ?? []),
    stop: () => {
      server.close();
      for (const client of links.keys()) client.destroy();
    },
  };
}

function link(client: Socket, behind: Socket, hear: Hear): void {
  /** Of the answer to come, how many bytes are passed on. */
  let kept: number | undefined;
  let onAnswer = (): void => undefined;
  const reset = (): void => {
    client.resetAndDestroy();
    behind.destroy();
  };
  const answer = (bytes: Buffer): void => {
    if (kept === undefined) return void client.write(bytes);
    // The reset would take what was not yet sent with it.
    client.write(bytes.subarray(0, kept), reset);
    onAnswer();
  };
  const loseAnswer = (said: Buffer, bytes: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    [kept, onAnswer] = [bytes, resolve];
    behind.write(said);
    return promise;
  };
  const act = async (said: Buffer, watch: Watch): Promise<void> => {
    await watch.act({ reset, loseAnswer: (bytes = 0) => loseAnswer(said, bytes) });
    if (kept === undefined) behind.write(said);
    watch.done();
  };
  const say = (said: Buffer): void => {
    const watch = hear(said.toString("latin1"));
    if (watch) void act(said, watch);
    else behind.write(said);
  };
  client.on("data", say);
  behind.on("data", answer);
  for (const socket of [client, behind]) socket.on("error", reset);
  client.on("close", () => behind.destroy());
  behind.on("close", () => client.destroy());
}

async function listen(accept: (client: Socket) => void): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer({ noDelay: true }, accept);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the tap has no port");
  return { server, port: address.port };
}
