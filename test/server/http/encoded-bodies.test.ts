import { describe, expect, test } from "bun:test";
import { type Ask, useApis } from "../../support/server/api.ts";
import { arriving } from "../../support/sync/following.ts";

const openApi = useApis();

const LIMIT = 1024 * 1024;
const MEBIBYTE = 1024 * 1024;
const HELLO = JSON.stringify({ protocol: 1, replica: "laptop" });

const CODINGS = [
  ["gzip", (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(Bun.gzipSync(bytes))],
  ["zstd", (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(Bun.zstdCompressSync(bytes))],
] as const;

function post(text: Ask["text"], coding?: string, as = `user-${crypto.randomUUID()}`) {
  const headers = coding === undefined ? {} : { "content-encoding": coding };
  return openApi().ask("POST", "/api/sync", { as, headers, ...(text !== undefined && { text }) });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The bytes in pieces, without their number before them. */
function inPieces(bytes: Uint8Array<ArrayBuffer>, size: number): ReadableStream {
  let start = 0;
  return new ReadableStream({
    pull: (controller) => {
      if (start >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(start, start + size));
      start += size;
    },
  });
}

describe("the size of a body of changes", () => {
  test("can be a mebibyte and not a byte more", async () => {
    for (const [bytes, status] of [
      [LIMIT, 200],
      [LIMIT + 1, 413],
    ] as const) {
      const text = HELLO.padEnd(bytes, " ");
      expect((await post(text)).status).toBe(status);
      expect((await post(inPieces(bytesOf(text), 65_536))).status).toBe(status);
    }
  });

  test("stays 64 KB on other routes, whatever it is encoded by", async () => {
    const text = new Uint8Array(Bun.gzipSync(bytesOf('{"title":"x"}'.padEnd(65_537, " "))));
    const { status } = await openApi().ask("POST", "/api/tasks", { text, headers: { "content-encoding": "gzip" } });
    expect(status).toBe(413);
  });

  test("does not break the server where half a million arrays are in each other", async () => {
    for (const text of ["[".repeat(LIMIT), "[".repeat(LIMIT / 2) + "]".repeat(LIMIT / 2)]) {
      expect((await post(text)).status).toBe(400);
    }
  });
});

describe.each(CODINGS)("a body encoded by %s", (coding, encode) => {
  test("is read, in one piece and in many", async () => {
    const as = `user-${crypto.randomUUID()}`;
    const changes = Array.from({ length: 100 }, () => arriving({ title: "Zażółć 🦊" }));
    const encoded = encode(bytesOf(JSON.stringify({ protocol: 1, replica: "laptop", changes })));
    expect((await post(encoded, coding, as)).body).toMatchObject({ accepted: 100, rejected: [] });
    expect((await post(inPieces(encoded, 7), coding, as)).body).toMatchObject({ accepted: 100 });
    expect((await post(encoded, ` ${coding.toUpperCase()} `, as)).status).toBe(200);
  });

  test("can have a mebibyte when it is decoded, and not a byte more", async () => {
    expect((await post(encode(bytesOf(HELLO.padEnd(LIMIT, " "))), coding)).status).toBe(200);
    expect((await post(encode(bytesOf(HELLO.padEnd(LIMIT + 1, " "))), coding)).status).toBe(413);
  });

  test("that is 100 megabytes when it is decoded is refused without them", async () => {
    const bomb = encode(new Uint8Array(100 * MEBIBYTE).fill(0x20));
    expect(bomb.length).toBeLessThan(LIMIT / 4);
    Bun.gc(true);
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 1);
    const { status } = await post(bomb, coding);
    most = Math.max(most, process.memoryUsage().rss);
    clearInterval(watch);
    expect(status).toBe(413);
    expect(most - before).toBeLessThan(50 * MEBIBYTE);
  });

  test.each<[string, (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>]>([
    ["that ends too early", (bytes) => bytes.slice(0, -5)],
    ["that is nothing", () => new Uint8Array()],
    ["that is not encoded", () => bytesOf(HELLO)],
    ["whose middle is damaged", (bytes) => bytes.map((byte, at) => (at > 10 && at < 16 ? byte ^ 0xff : byte))],
  ])("%s is refused as input", async (_, damage) => {
    const encoded = damage(encode(bytesOf(JSON.stringify({ protocol: 1, replica: crypto.randomUUID() }))));
    const { status, body } = await post(encoded, coding);
    expect([status, body.code]).toEqual([400, "invalid_input"]);
  });

  test("that is no JSON, no UTF-8 or of another type is refused as one that is not encoded", async () => {
    expect((await post(encode(bytesOf("{")), coding)).status).toBe(400);
    expect((await post(encode(new Uint8Array([0x22, 0xff, 0x22])), coding)).status).toBe(400);
    const headers = { "content-encoding": coding, "content-type": "text/plain" };
    const typed = await openApi().ask("POST", "/api/sync", { headers, text: encode(bytesOf(HELLO)) });
    expect(typed.status).toBe(415);
  });
});

test.each<[string, Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>]>([
  // An empty stored block (RFC 1951, 3.2.4) behind the head of RFC 1952, 2.3, and a skippable frame (RFC 8878, 3.1.2).
  ["gzip", new Uint8Array([31, 139, 8, 0, 0, 0, 0, 0, 0, 3]), new Uint8Array([0, 0, 0, 255, 255])],
  ["zstd", new Uint8Array(), new Uint8Array([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0])],
])("a body of %s that says nothing for ever is refused after a mebibyte", async (coding, head, nothing) => {
  const piece = new Uint8Array(Buffer.concat(Array.from({ length: 10_000 }, () => nothing)));
  let length = 0;
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(head),
    pull: (controller) => {
      length += piece.length;
      if (length > 10 * MEBIBYTE) controller.close();
      else controller.enqueue(piece);
    },
  });
  expect((await post(body, coding)).status).toBe(413);
  expect(length).toBeLessThan(2 * MEBIBYTE);
});

describe("another coding of a body", () => {
  test.each(["br", "deflate", "compress", "gzip, gzip", "gzip, identity", "x", ""])("%j is 415", async (coding) => {
    const { status, body } = await post(HELLO, coding);
    expect([status, body.code]).toEqual([415, "unsupported_media_type"]);
  });

  test("called identity is none", async () => {
    expect((await post(HELLO, "identity")).status).toBe(200);
  });
});
