import { codeOf } from "../../domain/errors.ts";

/** The codings of a reply that are understood, for the header Accept-Encoding. */
export const CODINGS = "zstd, gzip";

/**
 * The bytes of a reply without their coding, or none if they are more than `maxBytes`. Bun's own `fetch` prints a line of its own
 * for bytes that are not in their coding, and unpacks any amount. Throws zlib's error.
 */
export function unpack(bytes: Uint8Array, coding: string | null, maxBytes: number): Uint8Array {
  // An import would be lifted to the start of the program, where it costs every command 2 ms.
  const { gunzipSync, zstdDecompressSync } = process.getBuiltinModule("node:zlib");
  const unpackBytes = coding === "zstd" ? zstdDecompressSync : coding === "gzip" ? gunzipSync : undefined;
  if (!unpackBytes) return bytes;
  try {
    return unpackBytes(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (codeOf(error) === "ERR_BUFFER_TOO_LARGE") return new Uint8Array();
    throw error;
  }
}
