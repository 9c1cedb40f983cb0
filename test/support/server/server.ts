import type { LogEntry } from "../../../src/server/request-context.ts";
import type { Ended, Home, Order } from "../cli/home.ts";

/** Settings of a server that may be asked as often as a test likes. */
export const UNLIMITED = { TODO_USER_LIMIT: "0", TODO_ADDRESS_LIMIT: "0" };

/** The ids of requests that only ask whether the log is written up to them. */
const PROBE = "probe-";

export type Start = {
  /** What stands behind `todo serve`. */
  readonly args?: readonly string[];
  readonly env?: Order["env"];
  /** A command that runs the program that is given to it, with its arguments. */
  readonly wrap?: readonly string[];
};

export type Ask = {
  readonly token?: string;
  /** A value that is sent as JSON. */
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** `body` is the JSON of the reply, undefined where there is none. */
export type Answered = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
};

/** `todo serve` as a process of its own that listens. It is killed after the test at the latest. */
export type Server = Awaited<ReturnType<typeof startServer>>;

/** Starts a server on a free port and waits until it listens. `env` comes beside what every server gets. */
export async function startServer(home: Home, start: Start = {}) {
  const launched = launch(home, start);
  const url = /^Listening on (http:\/\/\S+)\n$/.exec(await launched.opening())?.[1];
  if (url === undefined) throw new Error(`the server does not listen: ${JSON.stringify(await launched.ended())}`);
  const { child, ended, err } = launched;
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid,
    /** Resolves when the process is gone, however that came. */
    ended,
    /** Sends a signal without waiting for what it does. */
    signal: (signal: NodeJS.Signals) => child.kill(signal),
    /** Sends a signal and waits until the process is gone. */
    kill: (signal: NodeJS.Signals) => {
      child.kill(signal);
      return ended();
    },
    /** The log until now. A line is written a turn after its request is answered. */
    log: () => readLog(err()),
    /** The log with all that was answered until now. */
    wholeLog: async () => {
      const { headers } = await request(`${url}/health`, "GET", {
        headers: { "x-request-id": PROBE + crypto.randomUUID() },
      });
      const isLogged = () => readLog(err()).some((line) => line.request === headers.get("x-request-id"));
      await eventually("the log is written", isLogged);
      return readLog(err()).filter((line) => !line.request.startsWith(PROBE));
    },
    ask: (method: string, path: string, ask: Ask = {}) => request(url + path, method, ask),
  };
}

/** Starts a server that must not start and answers how it ended. One that listens all the same is killed. */
export async function refuseServer(home: Home, start: Start = {}): Promise<Ended> {
  const { opening, child, ended } = launch(home, start);
  if ((await opening()) !== "") child.kill("SIGKILL");
  return ended();
}

function launch(home: Home, { args = ["--port", "0"], env, wrap = [] }: Start) {
  const [command, ...rest] = [...wrap, home.binary, "serve", ...args];
  const child = home.start({ ...(command !== undefined && { command }), args: rest, env: { ...UNLIMITED, ...env } });
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  return {
    child,
    /** The first line of standard output, or nothing where it ends before. */
    opening: () => Promise.race([out.firstLine, out.end]),
    err: err.now,
    ended: async (): Promise<Ended> => {
      await child.exited;
      return { exitCode: child.exitCode, signal: child.signalCode, out: await out.end, err: await err.end };
    },
  };
}

type LogLine = LogEntry & { readonly at: string };

/** The entries of a log, one a line. Fails the test where a line is none. */
function readLog(text: string): LogLine[] {
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line));
}

export async function request(url: string, method: string, { token, json, headers }: Ask): Promise<Answered> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? undefined : JSON.parse(text),
  };
}

/** A token of the owner of the home's database. */
export async function tokenOf(home: Home, env: Order["env"] = {}): Promise<string> {
  const { exitCode, out, err } = await home.run({ args: ["auth", "token", "--local"], env });
  if (exitCode !== 0) throw new Error(err);
  return out.trimEnd();
}

/** Waits for what happens by itself soon. Fails the test when it does not. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not happen within ${timeoutMs} ms: ${what}`);
    await Bun.sleep(10);
  }
}

/** Reads a stream to its end, so that the process is never held up by a full pipe. */
function collect(stream: ReadableStream<Uint8Array>) {
  const first = Promise.withResolvers<string>();
  let text = "";
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes("\n")) first.resolve(text);
    }
    return text;
  };
  return { firstLine: first.promise, end: read(), now: () => text };
}
