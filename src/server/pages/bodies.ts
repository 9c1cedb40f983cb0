import type { PageFile } from "./files.ts";

export type Encoding = "identity" | "gzip";

/** A file as it goes over the wire. */
export type Body = { readonly bytes: Uint8Array<ArrayBuffer>; readonly etag: string };

const bodies = new Map<string, Promise<Body>>();

/** A file in an encoding, made once in a process by its first request, because most processes never serve it. */
export function loadBody(file: PageFile, encoding: Encoding): Promise<Body> {
  const key = `${encoding} ${file.path} ${file.replace?.[1] ?? ""}`;
  const body = bodies.get(key) ?? makeBody(file, encoding);
  bodies.set(key, body);
  return body;
}

async function makeBody(file: PageFile, encoding: Encoding): Promise<Body> {
  const plain = await read(file);
  const bytes = encoding === "gzip" ? await compress(plain) : plain;
  return { bytes, etag: `"${new Bun.CryptoHasher("sha256").update(bytes).digest("base64url")}"` };
}

async function read({ path, replace }: PageFile): Promise<Uint8Array<ArrayBuffer>> {
  const file = Bun.file(path);
  if (!replace) return file.bytes();
  return new TextEncoder().encode((await file.text()).replaceAll(...replace));
}

/** Not with node:zlib: the bundler lifts imports to the start of the program, where this one costs every command 2 ms. */
async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}
