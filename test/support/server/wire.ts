import { afterEach } from "bun:test";
import { connect } from "node:net";

/** The server's own deadline is longer, and no test waits for that. */
const REPLY_TIMEOUT_MS = 10_000;

/** A reply as it came over a connection. */
export type RawReply = { readonly status: number; readonly headers: Headers; readonly body: string };

/** A connection on which a test sends what no client of HTTP would. */
export type Wire = {
  readonly send: (part: string) => void;
  /** Sends as fast as the other side reads. */
  readonly sendAll: (part: string) => Promise<void>;
  /** The next reply. Rejects when it does not come soon or the connection ends before it is whole. */
  readonly reply: () => Promise<RawReply>;
  /** Resolves with what was not read as a reply, when the other side has ended the connection. Rejects when that takes long. */
  readonly closed: () => Promise<string>;
  readonly isClosed: () => boolean;
  /** Reads nothing until it is to go on. */
  readonly pause: () => void;
  readonly resume: () => void;
  readonly close: () => void;
};

/** Opens connections to a port of this machine that end with the test. */
export function useWires(): (port: number) => Promise<Wire> {
  const wires = new Set<Wire>();
  afterEach(() => {
    for (const wire of wires) wire.close();
    wires.clear();
  });
  return async (port) => {
    const wire = await open(port);
    wires.add(wire);
    return wire;
  };
}

/** The head of a request, with the empty line that ends it. */
export function head(line: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ Host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  return [`${line} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

/** A part of a chunked body (RFC 9112, 7.1). */
export function chunked(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}

/** Sends one byte of a text after the other until all are sent or the connection has ended. */
export async function drip(wire: Wire, text: string, pause: number): Promise<void> {
  for (const byte of text) {
    if (wire.isClosed()) return;
    wire.send(byte);
    await Bun.sleep(pause);
  }
}

async function open(port: number): Promise<Wire> {
  const inbox = createInbox();
  const { promise: connected, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect(port, "127.0.0.1", resolve);
  socket.setNoDelay(true);
  socket.on("data", (bytes) => inbox.add(bytes.toString("latin1")));
  // An end by the other side is an end, whether it is orderly or a reset.
  socket.on("end", inbox.end);
  socket.on("close", inbox.end);
  socket.on("error", (error) => {
    reject(error);
    inbox.end();
  });
  await connected;
  return {
    send: (part) => void socket.write(part),
    sendAll: async (part) => {
      if (socket.write(part)) return;
      const drained = Promise.withResolvers<void>();
      socket.once("drain", drained.resolve);
      await Promise.race([drained.promise, inbox.closed]);
    },
    reply: () => soon("a reply", inbox.reply()),
    closed: () => soon("the end of the connection", inbox.closed),
    isClosed: inbox.isClosed,
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    close: () => void socket.destroy(),
  };
}

/** What comes in, as replies. One character is one byte, so that lengths are what headers say. */
function createInbox() {
  const closed = Promise.withResolvers<string>();
  const waiting: { readonly resolve: (reply: RawReply) => void; readonly reject: (error: Error) => void }[] = [];
  let [text, isClosed] = ["", false];
  const deliver = () => {
    for (let cut = cutReply(text); cut && waiting.length > 0; cut = cutReply(text)) {
      text = cut.rest;
      waiting.shift()?.resolve(cut.reply);
    }
    if (!isClosed) return;
    for (const { reject } of waiting.splice(0)) reject(new Error(`the connection ended without a reply: ${text}`));
    closed.resolve(text);
  };
  return {
    add: (part: string) => {
      text += part;
      deliver();
    },
    end: () => {
      isClosed = true;
      deliver();
    },
    reply: () => {
      const { promise, ...unit } = Promise.withResolvers<RawReply>();
      waiting.push(unit);
      deliver();
      return promise;
    },
    closed: closed.promise,
    isClosed: () => isClosed,
  };
}

async function soon<Result>(what: string, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`${what} did not come in ${REPLY_TIMEOUT_MS} ms`)),
    REPLY_TIMEOUT_MS,
  );
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Replies of this server always say their length. */
function cutReply(text: string): { readonly reply: RawReply; readonly rest: string } | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = new Headers(lines.map((each): [string, string] => splitHeader(each)));
  const [from, to] = [end + 4, end + 4 + Number(headers.get("content-length") ?? 0)];
  if (text.length < to) return undefined;
  return { reply: { status: Number(line.split(" ")[1]), headers, body: text.slice(from, to) }, rest: text.slice(to) };
}

function splitHeader(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
