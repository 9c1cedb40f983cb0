import type { PageSource } from "./page-file.ts";

export type Encoding = "identity" | "gzip" | "br";

/** A file as it goes over the wire. */
export type Body = { readonly bytes: Uint8Array<ArrayBuffer>; readonly etag: string };

const bodies = new Map<string, Promise<Body>>();

/** The codings that a file is to be had in, the better one first. They shrink three megabytes to one. */
export function codingsOf({ source, type }: { readonly source: PageSource; readonly type: string }) {
  if (source.kind === "packed") return ["br", "gzip"] as const;
  // Pictures are compressed already.
  return type === "image/png" ? [] : (["gzip"] as const);
}

/** A file in an encoding, made once in a process by its first request, because most processes never serve it. */
export function loadBody(source: PageSource, encoding: Encoding): Promise<Body> {
  const key = `${encoding} ${nameSource(source)}`;
  const body = bodies.get(key) ?? makeBody(source, encoding);
  bodies.set(key, body);
  return body;
}

function nameSource(source: PageSource): string {
  return source.kind === "packed" ? source.gzip : `${source.path} ${source.replace?.[1] ?? ""}`;
}

async function makeBody(source: PageSource, encoding: Encoding): Promise<Body> {
  const bytes = source.kind === "packed" ? await readPacked(source, encoding) : await readPlain(source, encoding);
  return { bytes, etag: `"${new Bun.CryptoHasher("sha256").update(bytes).digest("base64url")}"` };
}

/** Hardly any browser asks for the plain bytes, so the program doesn't carry them. */
async function readPacked({ br, gzip }: PageSource & { kind: "packed" }, encoding: Encoding) {
  if (encoding === "br") return Bun.file(br).bytes();
  const packed = await Bun.file(gzip).bytes();
  return encoding === "gzip" ? packed : pass(packed, new DecompressionStream("gzip"));
}

async function readPlain({ path, replace }: PageSource & { kind: "plain" }, encoding: Encoding) {
  const file = Bun.file(path);
  const plain = replace ? new TextEncoder().encode((await file.text()).replaceAll(...replace)) : await file.bytes();
  return encoding === "gzip" ? pass(plain, new CompressionStream("gzip")) : plain;
}

/** Not with node:zlib: the bundler lifts imports to the start of the program, where this one costs every command 2 ms. */
async function pass(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const passed = new Blob([bytes]).stream().pipeThrough(through);
  return new Uint8Array(await new Response(passed).arrayBuffer());
}
