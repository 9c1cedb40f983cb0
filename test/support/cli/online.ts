import { jest } from "bun:test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { type AccountApi, EMAIL, PASSWORD, type Setting, useAccountApis } from "../server/account-api.ts";
import { useScratch } from "../disks/scratch.ts";
import { type Setup, type Terminal, useTerminals } from "./terminal.ts";

/** Where people reach the server. It calls itself otherwise, as one behind a proxy does. */
export const SITE = "https://todo.example.com";

const IDLE_TURNS = 5;

/** A request that a command sent. */
export type Asked = {
  readonly url: string;
  readonly method: string;
  /** Without the origin. */
  readonly path: string;
  readonly token: string | undefined;
  /** As text, whatever it is encoded by. */
  readonly body: string;
  /** As it is. */
  readonly sent: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | null;
};

/** What comes back for a request. `pass` asks the server. */
export type Network = (asked: Asked, pass: () => Promise<Response>) => Promise<Response>;

/** A server with accounts, and devices whose commands reach it. */
export type Online = ReturnType<typeof createOnline>;

/** A terminal with a folder of its own for settings and credentials. */
export type Device = Terminal & {
  /** Where credentials are kept. */
  readonly path: string;
  readonly credentials: () => Record<string, Record<string, string>>;
  /** Writes the credential of a server. */
  readonly keep: (entry: Readonly<Record<string, string>>, origin?: string) => void;
  readonly config: () => unknown;
  readonly configure: (settings: Readonly<Record<string, string>>) => void;
  /** What is on standard input from now on, a line each. */
  readonly type: (...lines: readonly string[]) => void;
  /** The text of a new personal token: types the password, and gives the name and flags to `todo token create`. */
  readonly makeToken: (...words: readonly string[]) => Promise<string>;
};

/** Opens servers in this process. Nothing is made up but the wire. */
export function useOnline(): (setting?: Setting) => Promise<Online> {
  const openApi = useAccountApis();
  const openTerminal = useTerminals();
  const scratch = useScratch();
  const openDevice = (setup: Partial<Setup>) => createDevice(scratch(crypto.randomUUID()), openTerminal, setup);
  return async (setting) => createOnline(await openApi(setting), openDevice);
}

function createOnline(api: AccountApi, openDevice: (setup: Partial<Setup>) => Device) {
  const asked: Asked[] = [];
  const devices: Device[] = [];
  const state: { network: Network; busy: number } = { network: (_, pass) => pass(), busy: 0 };

  const fetch: Setup["fetch"] = async (url, init) => {
    const one = read(url, init);
    asked.push(one);
    state.busy += 1;
    try {
      return await state.network(one, () => askServer(api, one));
    } finally {
      state.busy -= 1;
    }
  };
  const goOn = (ms: number) => {
    api.clock.now += ms;
    for (const { setup } of devices) setup.now += ms;
  };
  const device = (setup: Partial<Setup> = {}): Device => {
    const opened = openDevice({ now: api.clock.now, fetch, ...setup });
    devices.push(opened);
    return opened;
  };
  return {
    api,
    /** All requests until now. */
    asked,
    state,
    fetch,
    device,
    /** Time passes for the server and for all devices. */
    goOn,
    paths: () => asked.map(({ method, path }) => `${method} ${path}`),
    /** A device on which somebody just made an account. */
    signUp: async (email = EMAIL, setup: Partial<Setup> = {}): Promise<Device> => {
      const opened = device(setup);
      opened.type(email, PASSWORD);
      await opened.print("signup", SITE);
      return opened;
    },
    /** One more device of theirs. */
    logIn: async (email = EMAIL, setup: Partial<Setup> = {}): Promise<Device> => {
      const opened = device(setup);
      opened.type(email, PASSWORD);
      await opened.print("login", SITE, "--password");
      return opened;
    },
    /** Does work whose pauses take no time: while the server has nothing to do, the clocks go on to the end of the next one. */
    hurry: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      jest.useFakeTimers({ now: api.clock.now });
      try {
        const working = { isDone: false };
        const result = work().finally(() => (working.isDone = true));
        result.catch(() => undefined);
        for (let idle = 0; !working.isDone; idle += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          if (state.busy > 0) idle = 0;
          // Some turns later whatever an answer brought about is done, but for pauses.
          if (idle < IDLE_TURNS || jest.getTimerCount() === 0) continue;
          const before = Date.now();
          jest.advanceTimersToNextTimer();
          goOn(Date.now() - before);
          idle = 0;
        }
        return await result;
      } finally {
        jest.useRealTimers();
      }
    },
  };
}

function createDevice(
  folder: string,
  openTerminal: (setup: Partial<Setup>) => Terminal,
  setup: Partial<Setup>,
): Device {
  const settings = `${folder}/todo/config.json`;
  const path = `${folder}/todo/credentials.json`;
  mkdirSync(`${folder}/todo`, { recursive: true });
  const terminal = openTerminal({ ...setup, env: { XDG_CONFIG_HOME: folder, ...setup.env } });
  const type = (...lines: readonly string[]) => {
    terminal.setup.stdin = lines.map((line) => `${line}\n`).join("");
  };
  const credentials = (): Record<string, Record<string, string>> => JSON.parse(terminal.kept.get(path) ?? "{}");
  return {
    ...terminal,
    path,
    credentials,
    keep: (entry, origin = SITE) => void terminal.kept.set(path, JSON.stringify({ ...credentials(), [origin]: entry })),
    config: () => (existsSync(settings) ? JSON.parse(readFileSync(settings, "utf8")) : undefined),
    configure: (values) => writeFileSync(settings, JSON.stringify(values)),
    type,
    makeToken: async (...words) => {
      type(PASSWORD);
      return (await terminal.print("token", "create", ...words)).trim();
    },
  };
}

function read(url: string, { method = "GET", headers: given, body, signal }: RequestInit): Asked {
  const headers = new Headers(given);
  const authorization = headers.get("authorization") ?? undefined;
  const { origin } = new URL(url);
  const token = authorization?.replace(/^Bearer /, "");
  const sent = typeof body === "string" || body instanceof Uint8Array ? Buffer.from(body) : Buffer.alloc(0);
  const isCompressed = headers.get("content-encoding") === "zstd";
  return {
    url,
    method,
    path: url.slice(origin.length),
    token,
    body: (isCompressed ? Bun.zstdDecompressSync(sent) : sent).toString(),
    sent,
    headers: Object.fromEntries(headers),
    signal: signal ?? null,
  };
}

/** Of others nobody breaks off a request in here. */
function isStream({ accept = "" }: Asked["headers"]): boolean {
  return accept === "text/event-stream";
}

function askServer(api: AccountApi, { url, method, path, headers, sent, signal }: Asked): Promise<Response> {
  if (!url.startsWith(`${SITE}/`)) throw new Error("there is no such host");
  const text = sent.byteLength > 0 ? { text: new Uint8Array(sent) } : {};
  return api.send(method, path, { as: null, headers, ...(isStream(headers) && signal && { signal }), ...text });
}
